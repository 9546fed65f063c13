"""A person's way through the questions: opened, answered, changed; each answer with what the directory said then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from portal import clock
from portal.accounts.models import Person
from portal.accounts.record import note
from portal.accounts.rights import Right
from portal.diagnosis import flow as flows
from portal.diagnosis.fixes.claims import fix_of
from portal.diagnosis.looking import Look, look
from portal.diagnosis.models import Diagnosis
from portal.diagnosis.problems import (
    ClosedAlready,
    CycleOver,
    ErrorCleared,
    FixBusy,
    FlowChanged,
    NotDiagnosed,
    NotInFlow,
    RoleMissing,
    StaleForm,
)
from portal.diagnosis.statuses import current_cycle
from portal.directories.eligibility import REASON_SENTENCES, Reason
from portal.flows import Walk, walk
from portal.flows.walking import LONGEST_VALUE
from portal.locales import ENGLISH
from portal.sync.models import Status, SyncError


@dataclass(frozen=True, kw_only=True)
class EarlierAnswer:
    """What was answered to a question in an earlier cycle; to be offered, never forced."""

    question: str
    answer: str
    by: str
    at: datetime
    cycle: int


def demand(error: SyncError, by: Person, right: Right) -> None:
    """Raise RoleMissing unless the person has the right in the error's tenant at this moment."""
    if not error.tenant.allows(by, right):
        raise RoleMissing(tenant=error.tenant.name)


def current(error: SyncError) -> Diagnosis | None:
    """The diagnosis of the cycle that is open now, for looking; None when nobody opened one."""
    return Diagnosis.objects.filter(tenant=error.tenant_id, error=error, cycle=current_cycle(error.tenant)).first()


def diagnosis_now(error: SyncError, person: Person) -> Diagnosis:
    """The diagnosis of the cycle that is open now, made when nobody opened one yet.

    Raises RoleMissing, ErrorCleared, NotDiagnosed. A flow that was changed meanwhile is taken over here: answers that it
    still knows are kept.
    """
    demand(error, person, Right.DIAGNOSE)
    error = SyncError.objects.select_related("tenant").get(pk=error.pk, tenant=error.tenant_id)
    _refuse_unfit(error)
    cycle, version = current_cycle(error.tenant), flows.version(flows.flow())
    with transaction.atomic():
        diagnosis, is_new = Diagnosis.objects.get_or_create(
            tenant=error.tenant,
            error=error,
            cycle=cycle,
            defaults={
                "flow": flows.FLOW,
                "flow_version": version,
                "status": error.status_in(cycle),
                "opened_at": clock.now(),
                "opened_by": person,
            },
        )
        if is_new:
            note(error.tenant, who=person, what="opened", about=str(error), error=error.pk, details={"cycle": cycle})
    if not is_new and diagnosis.flow_version != version and diagnosis.status == Status.NOT_STARTED:
        _adopt(diagnosis, version)
    return diagnosis


def way(diagnosis: Diagnosis, *, locale: str = ENGLISH, until: str | None = None) -> Walk:
    """How far the answers lead, in the words of `locale`; `until` goes back to a question without losing what follows."""
    return walk(flows.flow(diagnosis.flow, locale), diagnosis.answers, until=until)


def earlier_answers(diagnosis: Diagnosis) -> dict[str, EarlierAnswer]:
    """The latest answer of earlier cycles to each question, by question name."""
    rows = Diagnosis.objects.filter(tenant=diagnosis.tenant_id, error=diagnosis.error_id, cycle__lt=diagnosis.cycle)
    before = rows.exclude(given=[]).order_by("-cycle").first()
    if before is None:
        return {}
    latest = {given["question"]: given for given in before.given}
    known = flows.flow(diagnosis.flow).questions
    return {
        name: EarlierAnswer(
            question=name,
            answer=given["answer"],
            by=given["by"],
            at=datetime.fromisoformat(given["at"]),
            cycle=before.cycle,
        )
        for name, given in latest.items()
        if name in known and given["answer"] in known[name].answers
    }


def answer(diagnosis: Diagnosis, question: str, answer: str, *, revision: int, by: Person) -> Diagnosis:
    """Save an answer, given on a form that showed `revision`. Answers to later questions are kept.

    Raises RoleMissing, ErrorCleared, NotDiagnosed, CycleOver, FlowChanged, StaleForm, ClosedAlready, FixBusy, NotInFlow;
    then nothing was changed. A directory in trouble does not keep anybody from answering.
    """
    demand(diagnosis.error, by, Right.DIAGNOSE)
    diagnosis = Diagnosis.objects.select_related("error__tenant").get(pk=diagnosis.pk)
    refuse_stale(diagnosis, revision)
    _refuse_unknown(diagnosis, question, answer)
    seen = look(diagnosis.error, question)
    with transaction.atomic():
        SyncError.objects.select_for_update().get(pk=diagnosis.error_id)
        diagnosis.refresh_from_db()
        refuse_stale(diagnosis, revision)
        demand(diagnosis.error, by, Right.DIAGNOSE)
        _save(diagnosis, question, answer, seen, by)
        details = {"question": question, "answer": answer, "cycle": diagnosis.cycle, "trouble": seen.trouble}
        about = str(diagnosis.error)
        note(diagnosis.tenant, who=by, what="answered", about=about, error=diagnosis.error_id, details=details)
    return diagnosis


def refuse_stale(diagnosis: Diagnosis, revision: int | None) -> None:
    """Raise what keeps an act from being done on this diagnosis now; `revision` None stands for any."""
    _refuse_unfit(diagnosis.error)
    now = current_cycle(diagnosis.tenant)
    if diagnosis.cycle != now:
        raise CycleOver(then=diagnosis.cycle, now=now)
    if diagnosis.flow_version != flows.version(flows.flow(diagnosis.flow)):
        raise FlowChanged
    if holding := fix_of(diagnosis.error):
        raise FixBusy(fix=holding.pk)
    if revision is not None and diagnosis.revision != revision:
        raise StaleForm
    if diagnosis.status != Status.NOT_STARTED:
        raise ClosedAlready


def _refuse_unfit(error: SyncError) -> None:
    if error.cleared_in is not None:
        raise ErrorCleared(cycle=error.cleared_in)
    if not error.is_eligible:
        raise NotDiagnosed(reason=REASON_SENTENCES[Reason(error.eligibility)])


def _refuse_unknown(diagnosis: Diagnosis, question: str, answer: str) -> None:
    """Only a question on the way can be answered: the open one, or one that was answered and is changed."""
    here = way(diagnosis, until=question).question
    if here is None or here.name != question or answer not in here.answers:
        raise NotInFlow(question=question[:LONGEST_VALUE], answer=answer[:LONGEST_VALUE])


def _save(diagnosis: Diagnosis, question: str, answer: str, seen: Look, by: Person) -> None:
    given = {"question": question, "answer": answer, "by": by.name, "person": by.pk, "at": clock.now().isoformat()}
    diagnosis.answers = {**diagnosis.answers, question: answer}
    diagnosis.given = [*diagnosis.given, {**given, **seen.as_json()}]
    diagnosis.outcome = _end(diagnosis.flow, diagnosis.answers)
    diagnosis.fingerprint = seen.fingerprint or diagnosis.fingerprint
    _move(diagnosis, "answers", "given", "outcome", "fingerprint")


def _adopt(diagnosis: Diagnosis, version: str) -> None:
    diagnosis.flow_version = version
    diagnosis.outcome = _end(diagnosis.flow, diagnosis.answers)
    _move(diagnosis, "flow_version", "outcome")


def _move(diagnosis: Diagnosis, *fields: str) -> None:
    """Write fields if nobody was faster; raises StaleForm."""
    values = {field: getattr(diagnosis, field) for field in fields}
    rows = Diagnosis.objects.filter(pk=diagnosis.pk, revision=diagnosis.revision, status=Status.NOT_STARTED)
    if not rows.update(**values, revision=diagnosis.revision + 1):
        raise StaleForm
    diagnosis.revision += 1


def _end(flow: str, answers: Mapping[str, str]) -> str:
    outcome = walk(flows.flow(flow), answers).outcome
    return outcome.name if outcome else ""
