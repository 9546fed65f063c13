"""What the simulator shows: objects, the report of sync errors, and evidence for the questions."""
