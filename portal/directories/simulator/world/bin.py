"""The recycle bin of the cloud directory: 30 days, then an object is gone for good."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from portal.directories.simulator.world.entries import CloudObject
from portal.directories.simulator.world.state import LogEntry, State


def soft_delete(state: State, one: CloudObject, now: datetime, who: str, **more: Any) -> LogEntry:
    one.deleted_at = now
    return _note(state, one, now, who, "deleted", "live", "deleted", more)


def restore(state: State, one: CloudObject, now: datetime, who: str, **more: Any) -> LogEntry:
    """Back from the bin; what was synchronized is then marked as no longer so (False), until it is taken over."""
    one.deleted_at = None
    one.restored_at = now
    if one.sync:
        one.sync = False
    return _note(state, one, now, who, "restored", "deleted", "live", more)


def purge(state: State, one: CloudObject, now: datetime, who: str, **more: Any) -> LogEntry:
    del state.cloud[one.id]
    for other in state.cloud.values():
        for name in ("manager", "members"):
            other.put(name, *(value for value in other.all(name) if value != one.id))
    return _note(state, one, now, who, "purged", "deleted", "purged", more)


def _note(
    state: State, one: CloudObject, now: datetime, who: str, what: str, before: str, after: str, more: dict[str, Any]
) -> LogEntry:
    return state.note(now, who, what, target=one.id, name=one.get("displayName"), before=before, after=after, **more)
