"""The rules of people: they open, answer, close, reopen and apply, on fresh pages and on such as lay open for long."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from portal.accounts.models import Membership, Person
from portal.accounts.rights import Role
from portal.diagnosis import closing, problems, questions
from portal.diagnosis.fixes import asking, settling
from portal.diagnosis.fixes.claims import fix_of
from portal.diagnosis.models import Diagnosis, Fix
from portal.directories.simulator.world import switches
from portal.sync.models import SyncError
from tests.diagnosis.machine.base import ACTING, PEOPLE, PLACES, SEEN, SETTLING, Base
from tests.diagnosis.machine.life import Crash, Life
from tests.diagnosis.machine.model import FIRST, SECOND, Form

KEPT = st.sampled_from([False, False, False, True])
FORMS_KEPT = 8


class People(Base):
    """What people do with diagnoses; each act is tried as the model says it must go."""

    @rule(place=PLACES, who=PEOPLE, life=ACTING)
    def open(self, place: int, who: str, life: Life) -> None:
        self._open(place, who, life)

    def _open(self, place: int, who: str, life: Life) -> Form | None:
        """The page of an error, with the diagnosis that is opened when nobody has; None where that must not be."""
        error, person = self.error(place), getattr(self.office, who)
        self.tried("opening", self.model.opening(error.pk, who), life, lambda: questions.diagnosis_now(error, person))
        found = questions.current(error)
        if found is None:
            return None
        form = Form(error=error.pk, diagnosis=found.pk, cycle=found.cycle, revision=found.revision)
        self.forms = [*self.forms[1 - FORMS_KEPT :], form]
        return form

    def _form(self, place: int, who: str, *, kept: bool) -> Form | None:
        if kept and self.forms:
            return self.forms[place % len(self.forms)]
        return self._open(place, who, Life())

    @rule(place=PLACES, who=PEOPLE, answer=st.sampled_from(["yes", "no", "dont-know", "?"]), kept=KEPT, life=ACTING)
    def answer_the_first_question(self, place: int, who: str, answer: str, kept: bool, life: Life) -> None:
        self._answer(self._form(place, who, kept=kept), who, FIRST, answer, life)

    @rule(place=PLACES, who=PEOPLE, answer=st.sampled_from(["yes", "no", "?"]), kept=KEPT, life=ACTING)
    def answer_the_second_question(self, place: int, who: str, answer: str, kept: bool, life: Life) -> None:
        self._answer(self._form(place, who, kept=kept), who, SECOND, answer, life)

    def _answer(self, form: Form | None, who: str, question: str, answer: str, life: Life) -> None:
        if form is None:
            return
        person, found = getattr(self.office, who), self._found(form)
        why = self.model.answering(form, who, question, answer, busy=self.is_busy(form.error))
        if self.tried(
            "answering", why, life, lambda: questions.answer(found, question, answer, revision=form.revision, by=person)
        ):
            self.known(form).answers[question] = answer
            self.known(form).move()

    def _found(self, form: Form) -> Diagnosis:
        return Diagnosis.objects.select_related("error__tenant", "tenant").get(pk=form.diagnosis)

    def _answer_both(self, place: int, who: str, first: str, second: str) -> None:
        for question, answer in ((FIRST, first), (SECOND, second)):
            self._answer(self._open(place, who, Life()), who, question, answer, Life())

    @rule(place=PLACES, who=PEOPLE, kept=KEPT, life=ACTING)
    def close(self, place: int, who: str, kept: bool, life: Life) -> None:
        form = self._form(place, who, kept=kept)
        if form is None:
            return
        found, person = self._found(form), getattr(self.office, who)
        why = self.model.closing(form, who, busy=self.is_busy(form.error))
        if self.tried("closing", why, life, lambda: closing.close(found, person, revision=form.revision)):
            self.known(form).status = "manual-fix-required"
            self.known(form).move()
            SEEN["closed"] += 1

    @rule(place=PLACES, who=PEOPLE, second=st.sampled_from(["yes", "no"]), life=ACTING)
    def answer_and_close(self, place: int, who: str, second: str, life: Life) -> None:
        self._answer_both(place, who, "no" if second == "no" else "yes", second)
        self.close(place, who, False, life)

    @rule(place=PLACES, who=PEOPLE, kept=KEPT, life=ACTING)
    def reopen(self, place: int, who: str, kept: bool, life: Life) -> None:
        form = self._form(place, who, kept=kept)
        if form is None:
            return
        found, person = self._found(form), getattr(self.office, who)
        why = self.model.reopening(form, who, busy=self.is_busy(form.error))
        if self.tried("reopening", why, life, lambda: closing.reopen(found, person)):
            self.known(form).status = "not-started"
            self.known(form).move()

    @rule(place=PLACES, who=PEOPLE, kept=KEPT, life=ACTING)
    def apply_fix(self, place: int, who: str, kept: bool, life: Life) -> None:
        form = self._form(place, who, kept=kept)
        if form is not None:
            self._apply(form, who, life)

    def _apply(self, form: Form, who: str, life: Life) -> None:
        """Where the model sees nothing in the way, the directory and the claims decide; a late click gets the fix there is."""
        found, person = self._found(form), getattr(self.office, who)
        holding = fix_of(found.error)
        why = self.model.applying(form, who, busy=holding is not None)
        if why is problems.FixBusy:
            self.tried("applying", None, life, lambda: self._gets(asking.request_fix(found, person), holding))
        elif why is not None:
            self.tried("applying", why, life, lambda: asking.request_fix(found, person))
        else:
            self._ask(found, person, life)

    def _gets(self, fix: Fix, holding: Fix | None) -> None:
        assert fix == holding, "a second fix beside the one that holds the pair"

    def _ask(self, found: Diagnosis, person: object, life: Life) -> None:
        """The model has said yes: now it is asked for, refused by the directory with its sentence, or nobody can tell."""
        last = Fix.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        before = self.everything()
        try:
            life.live(lambda: self._reads_and_applies(found, person))
        except Crash:
            SEEN["crashed applying"] += 1
        except problems.Refused as refused:
            SEEN[f"refused {refused.reason}"] += 1
        except (problems.DirectoryTrouble, problems.FixBusy) as problem:
            SEEN[problem.code] += 1
            self._explain(problem, found)
            assert before == self.everything(), "not done, but something was changed"
        fix = Fix.objects.filter(pk__gt=last).first()
        if fix is None:
            assert before == self.everything()
        elif fix.state == "claimed":
            assert not self._is_on(switches.WRITEBACK), "asked for, though the setting forbids it"
            self.under_way = True
        else:
            assert fix.state == "refused"
            self._leave(found.error, fix.refusal["leaves"])

    def _reads_and_applies(self, found: Diagnosis, person: Person) -> Fix:
        """As on the page: a dry run that is refused can be put on record, one that nobody could read cannot be applied."""
        try:
            seen = asking.dry_run(found, person).digest
        except problems.Refused:
            seen = ""
        return asking.request_fix(found, person, seen=seen)

    def _explain(self, problem: problems.NotDone, found: Diagnosis) -> None:
        """Each has a cause that can be seen from outside."""
        if isinstance(problem, problems.DirectoryTrouble):
            assert SEEN["a directory fails"]
        else:
            assert Fix.objects.filter(pk=problem.facts["fix"]).exclude(existing_key=found.error.existing_key).exists()

    def _is_on(self, name: str) -> bool:
        return self.office.directory.world().switched(name)

    def _leave(self, error: SyncError, status: str) -> None:
        if status != "manual-fix-required":
            return
        pair = SyncError.objects.of_pair(error.tenant, error.incoming_key, error.existing_key).open()
        for one in pair.filter(is_eligible=True):
            self.model.errors[one.pk].status = status

    @rule(role=st.sampled_from([Role.READER, Role.CONTRIBUTOR]))
    def cem_gets_another_role(self, role: Role) -> None:
        Membership.objects.filter(person=self.office.cem).update(role=role)
        self.model.readers = frozenset({"rosa", "cem"} if role == Role.READER else {"rosa"})

    @precondition(lambda self: self.unknown)
    @rule(how=st.sampled_from(["written", "not-written"]), life=SETTLING)
    def settle_by_hand(self, how: str, life: Life) -> None:
        fix = Fix.objects.filter(state="unknown").first()
        if fix is None:
            return
        if self.tried("settling", None, life, lambda: settling.settle_unknown(fix, how, self.office.ada)):
            SEEN["settled by-person"] += how == "not-written"
            self.taken_at_a_word |= {fix.pk}
            self.take_over(fix)
