"""How far a fix is, step by step, for showing while it runs and afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portal.diagnosis.fixes import journal
from portal.diagnosis.fixes.journal import What
from portal.diagnosis.models import ACTIVE, Fix, FixState, JournalEntry
from portal.directories import plans, wire
from portal.directories.plans import Step


class Progress(StrEnum):
    """Where a step stands."""

    WAITS = "waits"
    UNDER_WAY = "under-way"
    WRITTEN = "written"
    ALREADY_THERE = "already-there"
    REFUSED = "refused"
    IN_DOUBT = "in-doubt"
    NOT_DONE = "not-done"


@dataclass(frozen=True, kw_only=True)
class StepProgress:
    """A step of the plan and what became of it; `at` is the last time anything was heard of it."""

    step: Step
    progress: Progress
    at: datetime | None
    troubles: int


def steps_of(fix: Fix) -> list[StepProgress]:
    """Every step of the fix's plan with its progress; [] for a fix that was refused before it had a plan."""
    if not fix.plan:
        return []
    lines = list(fix.journal.all())
    doubtful = journal.in_doubt(lines) if fix.state == FixState.UNKNOWN else ""
    return [_of(fix, step, lines, doubtful) for step in wire.load(plans.Plan, fix.plan).steps]


def _of(fix: Fix, step: Step, lines: list[JournalEntry], doubtful: str) -> StepProgress:
    own = [line for line in lines if line.step == step.number]
    return StepProgress(
        step=step,
        progress=Progress.IN_DOUBT if doubtful == step.key else _told(own, is_active=fix.state in ACTIVE),
        at=own[-1].at if own else None,
        troubles=sum(line.what == What.TROUBLE for line in own),
    )


def _told(own: list[JournalEntry], *, is_active: bool) -> Progress:
    after = next((line for line in own if line.what == What.AFTER), None)
    if after is not None:
        return Progress(after.details["outcome"])
    if any(line.what == What.REFUSED for line in own):
        return Progress.REFUSED
    if not is_active:
        return Progress.NOT_DONE
    return Progress.UNDER_WAY if own else Progress.WAITS
