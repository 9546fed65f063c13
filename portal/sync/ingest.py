"""Stores what a report says: new errors, those that stay, changed types, what came back, and what a complete report clears."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from portal import clock
from portal.accounts.models import Tenant
from portal.directories import wire
from portal.directories.eligibility import eligibility
from portal.directories.faults import Fault, Report
from portal.directories.identity import identity_key, spelled
from portal.directories.objects import ObjectRef
from portal.sync.folding import fold
from portal.sync.models import CategoryCount, ErrorEvent, SyncError

BATCH = 1000
UPDATED = (
    "category", "type", "attribute", "value", "source", "incoming_key", "existing_key", "incoming_name", "existing_name",
    "searched", "eligibility", "is_eligible", "fault", "types", "seen_at", "sweep_by", "last_cycle", "cleared_in",
    "came_back_in",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What a report changed, by the ids of errors."""

    new: frozenset[int]
    still: frozenset[int]
    cleared: frozenset[int]
    came_back: frozenset[int]
    recategorized: frozenset[int]

    def counts(self) -> dict[str, int]:
        names = {"new": self.new, "still": self.still, "cleared": self.cleared, "came_back": self.came_back}
        return {name: len(ids) for name, ids in names.items()}

    @property
    def moves_counts(self) -> bool:
        return bool(self.new or self.cleared or self.came_back or self.recategorized)


def store(tenant: Tenant, number: int, report: Report) -> Changes:
    """Store `report` as that of cycle `number`; the same report again changes nothing. Call it in a transaction."""
    faults = {identity_key(fault, tenant=str(tenant.pk)): fault for fault in report.faults}
    known = {error.key: error for error in SyncError.objects.of(tenant).filter(key__in=list(faults))}
    new = [_made(tenant, key, fault, number) for key, fault in faults.items() if key not in known]
    SyncError.objects.bulk_create(new, batch_size=BATCH)
    came_back = {error.pk for error in known.values() if error.cleared_in is not None}
    recategorized = {error.pk for key, error in known.items() if error.category != faults[key].category.value}
    events = [_event(error, number, "seen") for error in new]
    for key, error in known.items():
        events += _renew(error, faults[key], number)
    SyncError.objects.bulk_update(known.values(), UPDATED, batch_size=BATCH)
    cleared = _clear(tenant, number, report, faults)
    events += [_event(error, number, "cleared") for error in cleared]
    ErrorEvent.objects.bulk_create(events, ignore_conflicts=True, batch_size=BATCH)
    changes = Changes(
        new=frozenset(error.pk for error in new),
        still=frozenset(error.pk for error in known.values()) - came_back,
        cleared=frozenset(error.pk for error in cleared),
        came_back=frozenset(came_back),
        recategorized=frozenset(recategorized),
    )
    if changes.moves_counts:
        recount(tenant)
    return changes


def recount(tenant: Tenant) -> None:
    """Make the kept counters say how many open errors each category has."""
    rows = SyncError.objects.of(tenant).open().order_by().values_list("category").annotate(Count("id"))
    numbers = dict(rows)
    gone = CategoryCount.objects.filter(tenant=tenant).exclude(category__in=numbers)
    gone.delete()
    CategoryCount.objects.bulk_create(
        [CategoryCount(tenant=tenant, category=category, number=number) for category, number in numbers.items()],
        update_conflicts=True,
        unique_fields=["tenant", "category"],
        update_fields=["number"],
    )


def _made(tenant: Tenant, key: str, fault: Fault, number: int) -> SyncError:
    values = {**_reported(fault), "types": [_type(fault, number)], "first_cycle": number, "last_cycle": number}
    return SyncError(tenant=tenant, key=key, first_seen_at=fault.first_seen, **values)


def _renew(error: SyncError, fault: Fault, number: int) -> list[ErrorEvent]:
    """Bring a known error up to date; the events that this is worth."""
    events = []
    if error.cleared_in is not None:
        error.came_back_in, error.cleared_in = number, None
        events.append(_event(error, number, "came-back"))
    if error.type != fault.type.value:
        error.types = [*error.types, _type(fault, number)]
        events.append(_event(error, number, "type-changed", f"{error.type} → {fault.type.value}"))
    for name, value in _reported(fault).items():
        setattr(error, name, value)
    error.last_cycle = max(error.last_cycle, number)
    return events


def _clear(tenant: Tenant, number: int, report: Report, faults: Iterable[str]) -> list[SyncError]:
    """Clear open errors that a complete report does not name, within what it covers; nothing else ever clears."""
    if not report.complete:
        return []
    gone = (
        SyncError.objects.of(tenant)
        .open()
        .filter(category__in=[one.value for one in report.categories], source__in=[one.value for one in report.sources])
        .exclude(key__in=list(faults))
    )
    cleared = list(gone)
    SyncError.objects.filter(pk__in=[error.pk for error in cleared]).update(cleared_in=number, sweep_by=None)
    return cleared


def _reported(fault: Fault) -> dict[str, Any]:
    """The columns that a report says anew each time."""
    fits = eligibility(fault)
    existing = fault.existing
    return {
        "category": fault.category.value,
        "type": fault.type.value,
        "attribute": spelled(fault.attribute),
        "value": fault.value,
        "source": fault.source.value,
        "incoming_key": fault.incoming.key,
        "existing_key": (existing.cloud_id or existing.key) if existing else "",
        "incoming_name": name_of(fault.incoming),
        "existing_name": name_of(existing) if existing else "",
        "searched": searched(fault),
        "eligibility": fits.reason.value,
        "is_eligible": fits.eligible,
        "fault": wire.dump(fault),
        "seen_at": fault.seen,
        "sweep_by": fault.sweep_by,
    }


def name_of(ref: ObjectRef) -> str:
    return ref.display_name or ref.user_principal_name or ref.mail or ref.key


def searched(fault: Fault) -> str:
    """The words by which an error is found in the list, folded."""
    refs = [ref for ref in (fault.incoming, fault.existing) if ref]
    words = [fault.value, fault.type.value, fault.attribute, spelled(fault.attribute)]
    words += [word for ref in refs for word in (ref.display_name, ref.user_principal_name, ref.mail)]
    return " ".join(dict.fromkeys(fold(word) for word in words if word))


def _type(fault: Fault, number: int) -> dict[str, Any]:
    return {"type": fault.type.value, "cycle": number}


def _event(error: SyncError, number: int, what: str, detail: str = "") -> ErrorEvent:
    return ErrorEvent(tenant_id=error.tenant_id, error=error, cycle=number, what=what, detail=detail, at=clock.now())
