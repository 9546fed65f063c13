"""What every part of the machine stands on: the office with its model, how acts are tried, and what must always hold."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import F, Func, IntegerField, Sum
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant
from procrastinate.contrib.django.models import ProcrastinateJob

from portal.accounts.models import RecordEntry
from portal.diagnosis import problems
from portal.diagnosis.fixes.claims import fix_of, fixes_of
from portal.diagnosis.marks import marks
from portal.diagnosis.models import ACTIVE, HOLDING, Claim, Diagnosis, Fix, JournalEntry
from portal.sync import actions
from portal.sync.models import Cycle, SyncError, SyncState
from tests.diagnosis.machine.life import Crash, Life
from tests.diagnosis.machine.model import Expected, Form, Model, Why
from tests.diagnosis.office import STORES, Office
from tests.diagnosis.scenes import town

PEOPLE = st.sampled_from(["ada", "ada", "cem", "rosa"])
PLACES = st.sampled_from(range(12))
AFTER = st.booleans()
# What really happened over all runs, so that a machine that does nothing is no proof.
SEEN: Counter[str] = Counter()


def lives(steps: int, *, immortal: int) -> st.SearchStrategy[Life]:
    """Processes that end at one of their first `steps` steps, and `immortal` times as many that do not end."""
    return st.one_of(
        *[st.builds(Life)] * immortal, st.builds(Life, at=st.integers(min_value=1, max_value=steps), after=AFTER)
    )


# As many steps as acts have, a little more.
ACTING, SETTLING = lives(30, immortal=3), lives(15, immortal=1)


def _end_of(life: Life, act: Callable[[], object]) -> Crash | problems.NotDone | None:
    """How an act ended; None when it was done."""
    try:
        life.live(act)
    except (Crash, problems.NotDone) as end:
        return end
    return None


def _was_undone(between: list[dict[str, Any]], target: str) -> bool:
    return any(line["target"] == target and not line["fix"] for line in between)


class Base(RuleBasedStateMachine):
    """An office in a town, and the model beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.office: Office | None = None

    @initialize()
    def open_office(self) -> None:
        self._undo = transaction.atomic()
        self._undo.__enter__()
        self.office = Office(town())
        known = {one.pk: Expected(eligible=one.is_eligible) for one in self.office.errors()}
        self.model = Model(cycle=self.office.state.cycle, errors=known)
        self.forms: list[Form] = []
        self.taken_at_a_word: set[int] = set()
        self.under_way = self.unknown = False
        self.reports = [actions.read_report(self.office.tenant)]

    def teardown(self) -> None:
        if self.office is None:
            return
        self.office.leave()
        transaction.set_rollback(True)
        self._undo.__exit__(None, None, None)
        STORES.clear()

    # How an act is tried

    def tried(self, what: str, why: Why, life: Life, act: Callable[[], object]) -> bool:
        """Whether an act was done. It must be refused for exactly the reason that the model gives, and then change nothing.

        So it is with one whose process ends, which was done or not: that is for the caller to find out.
        """
        before = self.everything() if life.at or why else None
        end = _end_of(life, act)
        SEEN[f"crashed {what}" if isinstance(end, Crash) else getattr(end, "code", what)] += 1
        if end is None or (isinstance(end, Crash) and before != self.everything()):
            assert why is None, f"{what} was done, though {why}"
            return True
        if isinstance(end, problems.NotDone):
            assert type(end) is why, f"{what}: {type(end)} instead of {why}"
            assert before == self.everything(), f"{what}: refused, but something was changed"
        return False

    def error(self, place: int) -> SyncError:
        errors = list(SyncError.objects.of(self.office.tenant).order_by("pk"))
        return errors[place % len(errors)]

    def known(self, form: Form) -> Expected:
        return self.model.errors[form.error]

    def is_busy(self, error: SyncError | int) -> bool:
        return fix_of(error if isinstance(error, SyncError) else SyncError.objects.get(pk=error)) is not None

    def take_over(self, fix: Fix) -> None:
        """The status that an end leaves."""
        fix.refresh_from_db()
        SEEN[f"fix {fix.state}"] += 1
        states = set(Fix.objects.values_list("state", flat=True))
        self.under_way, self.unknown = bool(states & ACTIVE), "unknown" in states
        for error in fix.errors.filter(cleared_in=None, is_eligible=True):
            if fix.state == "done":
                self.model.errors[error.pk].status = "pending-sync"
            elif fix.state == "refused" and fix.refusal["leaves"] == "manual-fix-required":
                self.model.errors[error.pk].status = "manual-fix-required"
            elif fix.state == "settled":
                self.model.errors[error.pk].status = "not-started"

    def everything(self) -> tuple[object, ...]:
        """All that an act may change, but not the time of the last look, nor what the directory itself remembers."""
        return (
            list(SyncError.objects.order_by("pk").values()),
            list(Fix.objects.order_by("pk").values("pk", "state", "lease", "settled_how", "ended_at")),
            list(Claim.objects.order_by("pk").values()),
            SyncState.objects.values("cycle", "report").get(tenant=self.office.tenant),
            list(Diagnosis.objects.order_by("pk").values()),
            [model.objects.count() for model in (RecordEntry, JournalEntry, Cycle, ProcrastinateJob)],
        )

    # What must hold

    @invariant()
    def statuses_are_those_of_the_model(self) -> None:
        if self.office is None:
            return
        number = self.office.state.cycle
        assert number == self.model.cycle
        for error in SyncError.objects.of(self.office.tenant).open():
            known = self.model.errors[error.pk]
            expected = known.status if known.eligible else "manual-fix-required"
            assert error.status_in(number) == expected, error
        for diagnosis in Diagnosis.objects.filter(cycle=number, error__cleared_in=None, error__is_eligible=True):
            known = self.model.errors[diagnosis.error_id]
            assert (diagnosis.status, diagnosis.revision) == (known.status, known.revision)
            assert diagnosis.answers == known.answers

    @invariant()
    def cycles_are_numbered_without_gaps(self) -> None:
        if self.office is not None:
            SEEN["step"] += 1
            numbers = list(Cycle.objects.order_by("number").values_list("number", flat=True))
            assert numbers == list(range(1, self.model.cycle))

    @invariant()
    def claims_and_fixes_agree(self) -> None:
        if self.office is None:
            return
        holding = set(Fix.objects.filter(state__in=HOLDING).values_list("pk", flat=True))
        assert set(Claim.objects.filter(released_at=None).values_list("fix", flat=True)) == holding
        errors, state = self.office.errors(), self.office.state
        fixes = fixes_of(errors)
        for error in errors:
            fix = fixes.get(error.pk)
            marked = {mark.kind.value for mark in marks(error, state, fix)}
            assert ("fix-running" in marked) == (fix is not None and fix.state in ("claimed", "running"))
            assert ("result-unknown" in marked) == (fix is not None and fix.state == "unknown")

    @invariant()
    def the_record_and_the_journal_tell_of_every_act_once(self) -> None:
        """Whatever process ended in the middle: an act and its line are there together, or neither is."""
        if self.office is None:
            return
        told = Counter(RecordEntry.objects.values_list("what", flat=True))
        given = Diagnosis.objects.aggregate(
            all=Sum(Func(F("given"), function="jsonb_array_length", output_field=IntegerField()))
        )["all"]
        asked = list(Fix.objects.exclude(plan={}).values_list("pk", "state"))
        ended = {pk for pk, state in asked if state not in ACTIVE}
        assert told["opened"] == Diagnosis.objects.count()
        assert told["answered"] == (given or 0)
        assert told["fix-requested"] == len(asked)
        assert told["cycle-closed"] == self.model.cycle - 2, "all but the office's first"
        lines = Counter(JournalEntry.objects.filter(what="ended").values_list("fix", flat=True))
        assert lines == Counter(ended)
        ends = RecordEntry.objects.filter(what__in=["fix-done", "fix-refused", "fix-failed", "fix-unknown"])
        assert Counter(ends.filter(fix_id__in=[pk for pk, _ in asked]).values_list("fix_id", flat=True)) == lines

    @invariant()
    def the_directory_was_written_in_the_order_of_each_plan_and_nothing_twice(self) -> None:
        """A step comes again only where somebody else, such as a cycle while the worker was dead, has undone it."""
        if self.office is None:
            return
        log = self.office.log()
        for fix in Fix.objects.exclude(plan={}):
            mine = [line for line in log if line["fix"] == str(fix.pk) and line["what"] != "fix refused"]
            written = list(dict.fromkeys(line["step"] for line in mine))
            wanted = [step["key"] for step in fix.plan["steps"]]
            assert written == [step for step in wanted if step in written]
            for step in written:
                lines = [line for line in mine if line["step"] == step]
                for first, again in itertools.pairwise(lines):
                    assert _was_undone(log[first["number"] : again["number"] - 1], first["target"]), (fix.pk, step)
            if fix.state == "done" and fix.pk not in self.taken_at_a_word:
                there = set(fix.journal.filter(what="after").values_list("key", flat=True))
                assert set(written) | there == set(wanted), "done, but a step was neither written nor seen"
