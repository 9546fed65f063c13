"""Export to the cloud: validation, matching, conflicts, and the refusals that become sync errors."""
