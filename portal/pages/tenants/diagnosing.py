"""The diagnosis of one error as a person walks it: a question with its evidence, or where the answers lead."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse

from portal import locales
from portal.accounts.rights import Right
from portal.articles.flow_files import library
from portal.diagnosis import closing, questions
from portal.diagnosis.fixes.claims import fix_of, last_fix_of
from portal.diagnosis.flow import flow as flow_of
from portal.diagnosis.flow import version
from portal.diagnosis.looking import look
from portal.diagnosis.models import Diagnosis, FixState
from portal.diagnosis.problems import CycleOver, FlowChanged, NotDone, Refused
from portal.diagnosis.statuses import current_cycle
from portal.directories.eligibility import REASON_SENTENCES, Reason
from portal.flows import Offer, Walk, guess, to_query
from portal.pages import problem_pages
from portal.pages.flows import own_articles
from portal.pages.tenants import evidence
from portal.pages.tenants.entering import ROLES, Visit, see_other, show_to, tenant_page, who_may
from portal.pages.tenants.error import error_page, find_error
from portal.pages.tenants.refusing import status_of
from portal.sync.models import Status, SyncError

LARGEST_NUMBER = 9
WHICH_ERROR = "which-error"


def step_context(visit: Visit, error: SyncError, *, back: str = "", not_done: NotDone | None = None) -> dict[str, Any]:
    """What the moving part of an error's page shows: one of several states, each with its own template."""
    cycle = current_cycle(visit.tenant)
    context = {
        "error": error,
        "cycle": cycle,
        "status": error.status_in(cycle),
        "not_done": not_done,
        "refused": not_done if isinstance(not_done, Refused) else None,
    }
    if error.cleared_in is not None:
        return {**context, "state": "cleared"}
    if not error.is_eligible:
        return {**context, "state": "by-rule", **_by_rule(visit, error)}
    if fix := fix_of(error):
        return {**context, "state": "fix", "fix": fix}
    if error.sweep_by:
        return {**context, "state": "waiting"}
    diagnosis = _diagnosis(visit, error, cycle)
    walk = questions.way(diagnosis, locale=visit.reader.locale.code, until=back or None)
    context = {**context, **_walked(visit, diagnosis, walk), "last_fix": _last_fix(error)}
    if diagnosis.status == Status.MANUAL_FIX:
        return {**context, "state": "closed"}
    if walk.question:
        return {**context, "state": "question", **_asked(visit, diagnosis, walk)}
    return {**context, "state": "outcome", **_ended(visit, walk)}


def _diagnosis(visit: Visit, error: SyncError, cycle: int) -> Diagnosis:
    """That of this cycle; one that is not stored while nobody has answered, because looking opens nothing."""
    found = questions.current(error)
    if found and visit.may(Right.DIAGNOSE):
        with suppress(NotDone):  # a role lost or a cycle closed while she looked: the next act says so
            return questions.diagnosis_now(error, visit.person)
    return found or Diagnosis(tenant=visit.tenant, error=error, cycle=cycle, flow=flow_of().name, answers={}, given=[])


def _walked(visit: Visit, diagnosis: Diagnosis, walk: Walk) -> dict[str, Any]:
    here = walk.here
    return {
        "diagnosis": diagnosis,
        "walk": walk,
        "flow": walk.flow,
        "flow_version": version(flow_of(walk.flow.name)),
        "shown": locales.get(walk.flow.locale),
        "words": library().words_in(walk.flow.locale),
        **_allowed(visit),
        "given_by": {given["question"]: given for given in diagnosis.given},
        "articles": own_articles(visit.reader, here.articles),
    }


def _allowed(visit: Visit) -> dict[str, Any]:
    """Whether she may answer; if not, who may, and what to read on it."""
    if visit.may(Right.DIAGNOSE):
        return {"may": True}
    return {
        "may": False,
        "who_may": who_may(visit, Right.DIAGNOSE),
        "roles_articles": own_articles(visit.reader, ROLES),
    }


def _asked(visit: Visit, diagnosis: Diagnosis, walk: Walk) -> dict[str, Any]:
    question = walk.question
    looked = look(diagnosis.error, question.name)
    return {
        "question": question,
        "evidence": evidence.shown(looked, question),
        "earlier": questions.earlier_answers(diagnosis).get(question.name),
        "number": len(walk.taken) + 1,
    }


def _ended(visit: Visit, walk: Walk) -> dict[str, Any]:
    outcome = walk.outcome
    further = library().flow(outcome.flow, visit.reader.locale.code) if outcome.flow else None
    return {
        "outcome": outcome,
        "offers_close": Offer.CLOSE in outcome.offers,
        "offers_fix": Offer.APPLY_FIX in outcome.offers,
        "next_flow": further,
    }


def _by_rule(visit: Visit, error: SyncError) -> dict[str, Any]:
    """Why it is not diagnosed, and the flow that finds the article for it."""
    return {
        "reason": REASON_SENTENCES[Reason(error.eligibility)],
        "by_rule_articles": own_articles(visit.reader, ARTICLES_FOR.get(error.category, ("which-error-is-this",))),
        "by_rule_query": _recognized(error),
    }


def _recognized(error: SyncError) -> str:
    """The query that leads through that flow as far as the type of the error alone does; '' to its beginning."""
    if WHICH_ERROR not in library().names:
        return ""
    found = library().flow(WHICH_ERROR)
    guesses = guess(found, error.type)
    return f"?{to_query(found, guesses[0].answers)}" if guesses else ""


# Our own articles for what is not diagnosed, by category.
ARTICLES_FOR = {
    "duplicate-attribute": ("duplicated-attributes", "quarantined-attribute-values"),
    "data-mismatch": ("data-mismatch-soft-match", "hard-match-blocked", "object-type-mismatch"),
    "data-validation-failure": ("data-validation-failed",),
    "federated-domain-change": ("federated-domain-change",),
    "large-attribute": ("large-attribute",),
    "existing-admin-role-conflict": ("existing-admin-role-conflict",),
    "deletion-access-violation": ("deletion-access-violation",),
    "other": ("which-error-is-this", "reference-errors-dn-attributes-failure"),
}


def _last_fix(error: SyncError) -> Any:
    """The latest fix that came to nothing, to be told beside the offer of another."""
    fix = last_fix_of(error)
    told = (FixState.REFUSED, FixState.FAILED, FixState.SETTLED)
    return fix if fix and fix.state in told else None


def show_step(
    request: HttpRequest, visit: Visit, error: SyncError, *, back: str = "", not_done: NotDone | None = None
) -> HttpResponse:
    """The part for htmx, the whole page for everybody else."""
    step = step_context(visit, error, back=back, not_done=not_done)
    status = status_of(not_done) if not_done else 200
    if request.htmx:
        return show_to(request, visit, "diagnosis/_step.html", step, status=status)
    return show_to(request, visit, "errors/error.html", {**error_page(visit, error), **step}, status=status)


@tenant_page(Right.SEE)
def error(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """One error: both objects, its diagnosis, its history. `?back=` goes back to a question and keeps what follows."""
    found = find_error(visit, number)
    if found is None:
        return problem_pages.missing(request, visit.reader)
    back = request.GET.get("back", "")
    known = flow_of().questions
    response = show_step(request, visit, found, back=back if back in known else "")
    response.headers["Vary"] = "HX-Request, Cookie"
    return response


@tenant_page(Right.DIAGNOSE, methods=("POST",))
def answer(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Save one answer, given on a form that showed a cycle and a revision."""
    found = find_error(visit, number)
    if found is None:
        return problem_pages.missing(request, visit.reader)
    given = request.POST
    try:
        diagnosis = _of_form(visit, found, given)
        revision = _number(given.get("revision", ""))
        question, value = given.get("question", ""), given.get("answer", "")
        questions.answer(diagnosis, question, value, revision=revision, by=visit.person)
    except NotDone as not_done:
        found.refresh_from_db()
        return show_step(request, visit, found, not_done=not_done)
    return _go_on(request, visit, found)


@tenant_page(Right.DIAGNOSE, methods=("POST",))
def close(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    found = find_error(visit, number)
    if found is None:
        return problem_pages.missing(request, visit.reader)
    try:
        diagnosis = _of_form(visit, found, request.POST)
        closing.close(diagnosis, visit.person, revision=_number(request.POST.get("revision", "")))
    except NotDone as not_done:
        found.refresh_from_db()
        return show_step(request, visit, found, not_done=not_done)
    return _go_on(request, visit, found)


@tenant_page(Right.DIAGNOSE, methods=("POST",))
def reopen(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    found = find_error(visit, number)
    if found is None:
        return problem_pages.missing(request, visit.reader)
    try:
        closing.reopen(_of_form(visit, found, request.POST), visit.person)
    except NotDone as not_done:
        found.refresh_from_db()
        return show_step(request, visit, found, not_done=not_done)
    return _go_on(request, visit, found)


def _of_form(visit: Visit, error: SyncError, given: Mapping[str, str]) -> Diagnosis:
    """The diagnosis that a form belongs to; raises what opening raises.

    Looking stores nothing, so the form itself says of which cycle and which version of the questions it is. Raises CycleOver
    and FlowChanged when that is over.
    """
    now, cycle, asked = current_cycle(visit.tenant), given.get("cycle", ""), given.get("flow_version", "")
    if cycle and _number(cycle) != now:
        raise CycleOver(then=_number(cycle), now=now)
    if asked and asked != version(flow_of()):
        raise FlowChanged
    return questions.current(error) or questions.diagnosis_now(error, visit.person)


def _number(text: str) -> int:
    """A number of a form; -1, which is no revision and no cycle, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LARGEST_NUMBER else -1


def _go_on(request: HttpRequest, visit: Visit, error: SyncError) -> HttpResponse:
    if request.htmx:
        error.refresh_from_db()
        return show_step(request, visit, error)
    return see_other(request, visit.address("error", number=error.pk) + "#step")
