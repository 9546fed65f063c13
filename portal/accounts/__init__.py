"""Tenants, people and their roles, and the record of who did what."""
