"""The fix: what stands in its way, its plan, and its steps."""
