"""Chance acts on a tenant, step by step, beside a small model of what every error's status must be."""
