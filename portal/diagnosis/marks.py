"""What stands beside the status of an error: what became of it over the cycles, and what goes on with it now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from portal.diagnosis.models import ACTIVE, Fix, FixState
from portal.directories.eligibility import REASON_SENTENCES, Reason
from portal.sync.models import EVERY_CYCLE, Status, SyncError, SyncState


class MarkKind(StrEnum):
    """The marks, the most urgent first."""

    FIX_RUNNING = "fix-running"
    RESULT_UNKNOWN = "result-unknown"
    WAITING_FOR_SWEEP = "waiting-for-sweep"
    STILL_THERE_AFTER_FIX = "still-there-after-fix"
    CAME_BACK = "came-back"
    STILL_THERE = "still-there"
    RESET = "reset-by-cycle"
    BY_RULE = "by-rule"
    CLEARED = "cleared"


SAYS = {
    MarkKind.FIX_RUNNING: _("Fix running"),
    MarkKind.RESULT_UNKNOWN: _("Result unknown"),
    MarkKind.WAITING_FOR_SWEEP: _("Waiting for the sweep, by %(time)s"),
    MarkKind.STILL_THERE_AFTER_FIX: _("Still there after a fix"),
    MarkKind.CAME_BACK: _("Came back"),
    MarkKind.STILL_THERE: _("Still there"),
    MarkKind.RESET: _("Reset by cycle"),
    MarkKind.BY_RULE: _("By rule"),
    MarkKind.CLEARED: _("Cleared"),
}


@dataclass(frozen=True, kw_only=True)
class Mark:
    """`cycle` is the one since which, or in which, it is so; `at` a time to show in the reader's own zone; `detail` words."""

    kind: MarkKind
    cycle: int | None = None
    at: datetime | None = None
    detail: str = ""
    fix: int | None = None

    @property
    def label(self) -> str:
        """In words; a time is shown in UTC, with its zone."""
        return str(SAYS[self.kind]) % {"time": f"{self.at:%H:%M} UTC" if self.at else ""}

    @property
    def around_time(self) -> list[str]:
        """The words before and after the time, so that a page can show it in the reader's own zone."""
        return str(SAYS[self.kind]).split("%(time)s")


def marks(error: SyncError, state: SyncState, fix: Fix | None = None) -> tuple[Mark, ...]:
    """The marks of an error in the tenant's current cycle; `fix` is the one that holds its pair now (`claims.fixes_of`)."""
    if error.cleared_in is not None:
        return (Mark(kind=MarkKind.CLEARED, cycle=error.cleared_in),)
    found = [_of_fix(fix), _of_sweep(error), _of_history(error), _of_reset(error, state), _of_rule(error)]
    return tuple(mark for mark in found if mark)


def _of_fix(fix: Fix | None) -> Mark | None:
    if fix is None:
        return None
    if fix.state in ACTIVE:
        return Mark(kind=MarkKind.FIX_RUNNING, at=fix.requested_at, fix=fix.pk)
    if fix.state == FixState.UNKNOWN:
        return Mark(kind=MarkKind.RESULT_UNKNOWN, at=fix.ended_at, fix=fix.pk)
    return None


def _of_sweep(error: SyncError) -> Mark | None:
    return Mark(kind=MarkKind.WAITING_FOR_SWEEP, at=error.sweep_by) if error.sweep_by else None


def _of_history(error: SyncError) -> Mark | None:
    """One of three: what happened last. An error that only waits for the sweep has been cured: nothing is held against it."""
    if error.sweep_by:
        return None
    back, fixed = error.came_back_in, error.fixed_in
    if fixed is not None and (back is None or fixed >= back):
        return Mark(kind=MarkKind.STILL_THERE_AFTER_FIX, cycle=fixed)
    if back is not None:
        return Mark(kind=MarkKind.CAME_BACK, cycle=back)
    if error.last_cycle > error.first_cycle:
        return Mark(kind=MarkKind.STILL_THERE, cycle=error.first_cycle)
    return None


def _of_reset(error: SyncError, state: SyncState) -> Mark | None:
    """The status that the last cycles took away, until somebody sets one again."""
    was = error.status_cycle
    if not error.is_eligible or error.status == Status.NOT_STARTED or was >= min(state.cycle, EVERY_CYCLE):
        return None
    return Mark(kind=MarkKind.RESET, cycle=was, detail=Status(error.status).label)


def _of_rule(error: SyncError) -> Mark | None:
    if error.is_eligible:
        return None
    return Mark(kind=MarkKind.BY_RULE, detail=REASON_SENTENCES[Reason(error.eligibility)])
