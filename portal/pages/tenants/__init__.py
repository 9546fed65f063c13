"""The pages of a tenant: its sync errors, their diagnosis and fix, its record, and the demo's directory."""
