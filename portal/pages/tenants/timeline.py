"""A fix as a line of five moments: asked for, taken, written, its end, and the cycle that settles it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.diagnosis.fixes.journal import What
from portal.diagnosis.models import ENDED, Fix, FixState, JournalEntry

ENDS = {
    FixState.REFUSED: _("Refused"),
    FixState.FAILED: _("Failed"),
    FixState.UNKNOWN: _("Result not known"),
}
SETTLED = {
    "cleared": _("The error is gone"),
    "still-there": _("The error is still there"),
    "by-person": _("Settled by a person"),
}
IN_TROUBLE = frozenset({FixState.REFUSED, FixState.FAILED, FixState.UNKNOWN})


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One moment of a fix. `state` is past, now, ahead, trouble or never; `at` and `until` are when it was, where that is known."""

    words: Promise
    state: str
    at: datetime | None = None
    until: datetime | None = None


def moments(fix: Fix, journal: Sequence[JournalEntry], *, next_cycle_at: datetime | None) -> list[Moment]:
    """The moments of a fix in their order, those still ahead of it included.

    Of a fix whose result is not known nobody can say that nothing was written, so that moment is left out.
    """
    taken = next((line.at for line in journal if line.what == What.TAKEN), None)
    writes = [line.at for line in journal if line.what == What.AFTER]
    line = [
        Moment(words=_("Asked for"), state="past", at=fix.requested_at),
        Moment(words=_("Taken by a worker"), state=_reached(fix, taken), at=taken),
        Moment(
            words=_("Written to the directory"),
            state=_reached(fix, writes[-1] if writes else None),
            at=writes[0] if writes else None,
            until=writes[-1] if len(writes) > 1 else None,
        ),
        Moment(words=ENDS.get(FixState(fix.state), _("Applied")), state=_end(fix), at=fix.ended_at),
        _settling(fix, next_cycle_at),
    ]
    if fix.state == FixState.UNKNOWN and not writes:
        del line[2]
    ahead = [index for index, one in enumerate(line) if one.state == "ahead"]
    if ahead and fix.state not in ENDED:
        first = line[ahead[0]]
        line[ahead[0]] = Moment(words=first.words, state="now", at=first.at, until=first.until)
    return line


def _reached(fix: Fix, at: datetime | None) -> str:
    if at:
        return "past"
    return "never" if fix.ended_at or fix.state in ENDED | IN_TROUBLE else "ahead"


def _end(fix: Fix) -> str:
    if fix.state in IN_TROUBLE:
        return "trouble"
    return "past" if fix.ended_at else "ahead"


def _settling(fix: Fix, next_cycle_at: datetime | None) -> Moment:
    if fix.settled_at:
        still_there = fix.settled_how == "still-there"
        words = SETTLED.get(fix.settled_how, SETTLED["by-person"])
        return Moment(words=words, state="trouble" if still_there else "past", at=fix.settled_at)
    if fix.state in ENDED:
        return Moment(words=_("No cycle has to settle it"), state="never")
    return Moment(words=_("The next sync cycle settles it"), state="ahead", at=next_cycle_at)
