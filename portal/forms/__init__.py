"""Scoping forms, what support asks before a case: read from their JSON, shown by condition, checked, summed up; all pure."""
