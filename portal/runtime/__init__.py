"""Runs the portal on one machine: an embedded PostgreSQL, and the supervisor that keeps it, the web and the worker alive."""
