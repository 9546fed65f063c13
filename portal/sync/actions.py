"""What a sync cycle does to what the portal remembers: reading a report, closing the cycle, opening the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from portal import clock
from portal.accounts.models import Tenant
from portal.directories.faults import Category, Report
from portal.directories.refusals import DirectoryFailure
from portal.sync import ingest
from portal.sync.doors import door
from portal.sync.models import CategoryCount, Cycle, SyncState


@dataclass(frozen=True, kw_only=True)
class Closed:
    """A cycle that this call closed: its row, and what it changed, by the ids of errors."""

    cycle: Cycle
    report: Report
    new_ids: frozenset[int]
    still_ids: frozenset[int]
    cleared_ids: frozenset[int]
    came_back_ids: frozenset[int]


def begin(tenant: Tenant) -> SyncState:
    """The tenant's state, made with cycle 1 when there is none yet."""
    now = clock.now()
    state, _ = SyncState.objects.get_or_create(tenant=tenant, defaults={"opened_at": now, "due_at": now})
    return state


def is_due(state: SyncState) -> bool:
    return clock.now() >= state.due_at


def read_report(tenant: Tenant) -> Report:
    """What the directory says now. Raises DirectoryFailure, which is remembered for the page; nothing else changes."""
    begin(tenant)
    try:
        report = door(tenant).errors()
    except DirectoryFailure as trouble:
        # Not the time of it: that of the last good look decides which report is late.
        SyncState.objects.filter(tenant=tenant).update(trouble=str(trouble))
        raise
    return report


def close_cycle(tenant: Tenant, report: Report) -> Closed | None:
    """Store a report and close the current cycle; None when the same export was stored before, by whomever.

    The directory's own cycle number decides: the same report twice changes nothing, and of two runners one closes. What
    a complete report says between two exports (a quarantine that was swept) is stored without closing a cycle.
    """
    with transaction.atomic():
        state = SyncState.objects.select_for_update().get(tenant=tenant)
        if _is_late(state, report):
            return None
        if not _is_news(state, report):
            _look_again(state, report)
            return None
        changes = ingest.store(tenant, state.cycle, report)
        cycle = Cycle.objects.create(
            tenant=tenant,
            number=state.cycle,
            opened_at=state.opened_at,
            closed_at=clock.now(),
            complete=report.complete,
            export_started_at=report.export_started_at,
            export_ended_at=report.export_ended_at,
            counts=changes.counts(),
            by_category=_by_category(tenant),
        )
        _open_next(state, tenant, report)
        return Closed(
            cycle=cycle,
            report=report,
            new_ids=changes.new,
            still_ids=changes.still,
            cleared_ids=changes.cleared,
            came_back_ids=changes.came_back,
        )


def _is_late(state: SyncState, report: Report) -> bool:
    """Whether somebody has looked since, or at that moment: a slow runner must not put back what was so when it read.

    Nothing tells which of two looks in one moment saw more, so the first to be stored counts. A look in the future was
    taken by a clock that has been set back since, and says nothing.
    """
    return state.read_at is not None and report.read_at <= state.read_at <= clock.now()


def _is_news(state: SyncState, report: Report) -> bool:
    """Whether this report is of an export that no cycle was closed by."""
    stored = state.report.get("cycle")
    if report.cycle is not None and stored is not None:
        return report.cycle > stored
    ended = state.report.get("export_ended_at")
    return ended is None or report.export_ended_at is None or report.export_ended_at > datetime.fromisoformat(ended)


def _look_again(state: SyncState, report: Report) -> None:
    """A second look at the same export: it may be complete now, and the hourly sweep may have given values back."""
    if report.complete:
        number = max(state.cycle - 1, 1)
        changes = ingest.store(state.tenant, number, report)
        if changes.moves_counts:
            _amend(state.tenant, number, changes)
    _describe(state, report)
    state.save()


def _amend(tenant: Tenant, number: int, changes: ingest.Changes) -> None:
    """What the second look found belongs to the cycle that was closed by the first, so that numbers of cycles add up."""
    cycle = Cycle.objects.filter(tenant=tenant, number=number).first()
    if cycle is None:
        return
    counts = changes.counts()
    moved = {name: cycle.counts.get(name, 0) + counts[name] for name in ("new", "cleared", "came_back")}
    cycle.counts = {**cycle.counts, **moved, "still": counts["still"]}
    cycle.by_category = _by_category(tenant)
    cycle.save(update_fields=["counts", "by_category"])


def _by_category(tenant: Tenant) -> dict[str, int]:
    """Each category, also with none: an empty dictionary would say that nothing was kept."""
    none = dict.fromkeys((one.value for one in Category), 0)
    return {**none, **dict(CategoryCount.objects.filter(tenant=tenant).values_list("category", "number"))}


def _open_next(state: SyncState, tenant: Tenant, report: Report) -> None:
    now = clock.now()
    state.cycle += 1
    state.opened_at = report.export_ended_at or now
    _describe(state, report)
    state.save()


def _describe(state: SyncState, report: Report) -> None:
    """What pages say of the directory: when it was read, how its scheduler stands, when the next cycle is due."""
    length = state.tenant.cycle_length
    state.read_at = report.read_at
    state.complete_read_at = report.read_at if report.complete else state.complete_read_at
    state.trouble = "" if report.complete else report.why_incomplete
    sweeps = [fault.sweep_by for fault in report.faults if fault.sweep_by]
    state.due_at = min([report.next_cycle_at or (report.export_ended_at or report.read_at) + length, *sweeps])
    state.report = {
        "cycle": report.cycle,
        "complete": report.complete,
        "run_status": report.run_status,
        "scheduler_enabled": report.scheduler_enabled,
        "staging": report.staging,
        "export_started_at": _text(report.export_started_at),
        "export_ended_at": _text(report.export_ended_at),
        "next_cycle_at": _text(report.next_cycle_at),
        "next_sweep_at": _text(report.next_sweep_at),
    }


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
