"""The pages of support and content staff, below `/{locale}/{cloud}/staff/`; they see no tenant's data."""
