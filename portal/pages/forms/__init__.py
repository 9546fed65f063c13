"""Pages of scoping forms: filled in step by step, with or without JavaScript, and never stored."""
