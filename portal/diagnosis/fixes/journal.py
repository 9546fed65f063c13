"""The journal of a fix: one committed line before and after each touch of the directory, and what can be told from it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.db import transaction

from portal import clock
from portal.diagnosis.fixes.leasing import Held
from portal.diagnosis.models import Fix, JournalEntry
from portal.directories.plans import Step


class What(StrEnum):
    """What a line tells of."""

    TAKEN = "taken"
    CHECKED = "checked"
    BEFORE = "before"
    OBSERVED = "observed"
    AFTER = "after"
    REFUSED = "refused"
    TROUBLE = "trouble"
    PUT_OFF = "put-off"
    ENDED = "ended"
    SETTLED = "settled"


# Failures after which a write may have happened or not.
IN_DOUBT = frozenset({"TimedOut", "Nonsense"})


def write(held: Held, what: What, step: Step | None = None, **details: Any) -> None:
    """Commit a line; raises LostLease for a worker whose fix was taken over."""
    with transaction.atomic():
        held.check()
        tenant = Fix.objects.values_list("tenant_id", flat=True).get(pk=held.fix)
        JournalEntry.objects.create(
            tenant_id=tenant,
            fix_id=held.fix,
            at=clock.now(),
            lease=held.number,
            step=step.number if step else None,
            key=step.key if step else "",
            what=what,
            details=details,
        )


def has_begun(lines: list[JournalEntry]) -> bool:
    """Whether a step was begun: from then on something may have been written."""
    return any(line.what == What.BEFORE for line in lines)


def written(lines: list[JournalEntry]) -> list[str]:
    """The keys of the steps whose effect is known to be there, in the order in which that became known."""
    return list(dict.fromkeys(line.key for line in lines if line.what == What.AFTER))


def is_over(lines: list[JournalEntry], step: Step) -> bool:
    return any(line.what == What.AFTER and line.step == step.number for line in lines)


def in_doubt(lines: list[JournalEntry]) -> str:
    """The key of the step of which nobody can say whether it was written; '' when everything is known.

    A step is written only after a look found it undone. Silence, a take-over or a time-out leave it open, and so does a
    later look that does not find it: the write may still come. Only a result, a refusal or its presence settles it.
    """
    open_step, doubt = "", ""
    for line in lines:
        if line.what == What.OBSERVED:
            open_step = "" if line.details.get("present") else line.key
            doubt = "" if line.details.get("present") else doubt
        elif line.what in (What.AFTER, What.REFUSED):
            open_step = doubt = ""
        elif line.what == What.TROUBLE and open_step:
            doubt = open_step if _may_have_written(line) else doubt
            open_step = ""
        elif line.what == What.TAKEN and open_step:
            open_step, doubt = "", open_step
    return doubt or open_step


def _may_have_written(line: JournalEntry) -> bool:
    return line.details.get("kind") in IN_DOUBT


def troubles(lines: list[JournalEntry], step: Step | None, kind: str) -> int:
    """How often this kind of failure met the step (None: the plan) so far, over all workers."""
    number = step.number if step else None
    return sum(line.what == What.TROUBLE and line.step == number and line.details.get("kind") == kind for line in lines)
