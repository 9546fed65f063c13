"""Fixes: asked for, claimed, run step by step under a lease, journalled, and settled by a later cycle."""
