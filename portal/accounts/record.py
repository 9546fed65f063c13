"""The record: who did what, when; lines are only ever added."""

from __future__ import annotations

from typing import Any

from portal import clock
from portal.accounts.models import Person, RecordEntry, Tenant

# Who acts when no person does.
PORTAL = "portal"


def note(
    tenant: Tenant,
    *,
    what: str,
    who: Person | None = None,
    about: str = "",
    error: int | None = None,
    fix: int | None = None,
    details: dict[str, Any] | None = None,
) -> RecordEntry:
    """Add a line. `error` and `fix` are ids; `details` JSON values. Join it to the transaction of the act it tells of."""
    return RecordEntry.objects.create(
        tenant=tenant,
        at=clock.now(),
        who=who.name if who else PORTAL,
        person=who,
        what=what,
        about=about[:400],
        error_id=error,
        fix_id=fix,
        details=details or {},
    )
