"""The model: what must be so of every error, and why an act must be refused. It knows no table and no directory."""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.diagnosis import problems
from portal.diagnosis.problems import NotDone

FIRST, SECOND = "user-exists-on-premises", "same-user"
Why = type[NotDone] | None


@dataclass
class Expected:
    """What the model knows of one error; answers and `revision` are those of the cycle that is open."""

    eligible: bool
    status: str = "not-started"
    answers: dict[str, str] = field(default_factory=dict)
    revision: int = 0
    open: bool = True

    @property
    def is_at_the_fix(self) -> bool:
        return (self.answers.get(FIRST), self.answers.get(SECOND)) == ("no", "yes")

    @property
    def may_be_closed(self) -> bool:
        first, second = self.answers.get(FIRST), self.answers.get(SECOND)
        return first == "yes" or (first, second) == ("no", "no")

    def move(self) -> None:
        self.revision += 1


@dataclass(frozen=True, kw_only=True)
class Form:
    """A page that somebody has open: an error's diagnosis in a cycle, as it was then."""

    error: int
    diagnosis: int
    cycle: int
    revision: int


@dataclass
class Model:
    """`readers` may look and no more. `busy`, where it is asked for, says that a fix holds the error's pair."""

    cycle: int
    errors: dict[int, Expected]
    readers: frozenset[str] = frozenset({"rosa"})

    def may(self, who: str) -> bool:
        return who not in self.readers

    def opening(self, error: int, who: str) -> Why:
        known = self.errors[error]
        return _first(
            (not self.may(who), problems.RoleMissing),
            (not known.open, problems.ErrorCleared),
            (not known.eligible, problems.NotDiagnosed),
        )

    def acting(self, form: Form, who: str, *, busy: bool, is_stale: bool) -> Why:
        """What keeps everybody from acting on a diagnosis."""
        return self.opening(form.error, who) or _first(
            (form.cycle != self.cycle, problems.CycleOver),
            (busy, problems.FixBusy),
            (is_stale, problems.StaleForm),
            (self.errors[form.error].status != "not-started", problems.ClosedAlready),
        )

    def answering(self, form: Form, who: str, question: str, answer: str, *, busy: bool) -> Why:
        known = self.errors[form.error]
        is_asked = question == FIRST or known.answers.get(FIRST) == "no"
        return self.acting(form, who, busy=busy, is_stale=self.is_stale(form)) or _first(
            (answer == "?" or not is_asked, problems.NotInFlow)
        )

    def closing(self, form: Form, who: str, *, busy: bool) -> Why:
        known = self.errors[form.error]
        return self.acting(form, who, busy=busy, is_stale=self.is_stale(form)) or _first(
            (not known.may_be_closed, problems.NothingToClose)
        )

    def reopening(self, form: Form, who: str, *, busy: bool) -> Why:
        known = self.errors[form.error]
        is_closed = known.open and known.eligible and known.status == "manual-fix-required"
        return _first(
            (not self.may(who), problems.RoleMissing),
            (busy, problems.FixBusy),
            (form.cycle != self.cycle or not is_closed, problems.NotClosed),
        )

    def applying(self, form: Form, who: str, *, busy: bool) -> Why:
        """A late click, of whatever revision, gets the fix that holds the pair; the directory has the last word."""
        why = self.acting(form, who, busy=busy, is_stale=False)
        if why in (None, problems.FixBusy):
            return why or _first((not self.errors[form.error].is_at_the_fix, problems.NotAtTheFix))
        return why

    def is_stale(self, form: Form) -> bool:
        return form.revision != self.errors[form.error].revision

    def turn(self, error: int, *, is_new_cycle: bool, is_fixed: bool) -> None:
        """What a read does: a new cycle forgets all but Pending Sync, which lasts as long as its fix."""
        known = self.errors[error]
        if is_new_cycle:
            known.answers, known.revision = {}, 0
        if is_fixed:
            known.status = "pending-sync"
        elif is_new_cycle or known.status == "pending-sync":
            known.status = "not-started"


def _first(*reasons: tuple[bool, type[NotDone]]) -> Why:
    return next((why for holds, why in reasons if holds), None)
