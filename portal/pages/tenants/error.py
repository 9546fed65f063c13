"""One sync error around its diagnosis: what it is, both objects, and what happened to it over the cycles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.articles.flow_files import library
from portal.diagnosis.fixes.claims import fix_of
from portal.diagnosis.flow import flow
from portal.diagnosis.looking import fault_of, look_at_objects
from portal.diagnosis.marks import marks
from portal.diagnosis.models import Diagnosis, Fix, FixState, SettledHow
from portal.pages.tenants import labels
from portal.pages.tenants.comparing import compare
from portal.pages.tenants.entering import Visit
from portal.sync.models import Status, SyncError, SyncState

LONGEST_HISTORY = 100

EVENTS = {
    "seen": gettext_lazy("First read by the portal"),
    "type-changed": gettext_lazy("Type changed"),
    "cleared": gettext_lazy("Cleared"),
    "came-back": gettext_lazy("Came back"),
}
FIXES = {
    FixState.CLAIMED: gettext_lazy("Fix %(number)s was asked for"),
    FixState.RUNNING: gettext_lazy("Fix %(number)s is running"),
    FixState.DONE: gettext_lazy("Fix %(number)s was applied"),
    FixState.REFUSED: gettext_lazy("Fix %(number)s was refused"),
    FixState.FAILED: gettext_lazy("Fix %(number)s failed; nothing is in doubt"),
    FixState.UNKNOWN: gettext_lazy("Fix %(number)s: the result is not known"),
    FixState.SETTLED: gettext_lazy("Fix %(number)s was settled"),
}
SETTLED = {
    SettledHow.CLEARED: gettext_lazy("The error is gone."),
    SettledHow.STILL_THERE: gettext_lazy("The error is still there after the fix."),
    SettledHow.BY_PERSON: gettext_lazy("By a person."),
}


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One line of an error's history."""

    at: datetime
    cycle: int
    what: str | Promise
    detail: str = ""
    fix: int | None = None


def find_error(visit: Visit, number: int) -> SyncError | None:
    """An error of this tenant, cleared or not; another tenant's is not there."""
    return SyncError.objects.of(visit.tenant).filter(pk=number).select_related("tenant").first()


def error_page(visit: Visit, error: SyncError) -> dict[str, Any]:
    """Everything on the page but the moving part."""
    seen = look_at_objects(error)
    fault = fault_of(error)
    state = SyncState.objects.get(tenant=visit.tenant)
    return {
        "title": _("%(attribute)s of %(name)s")
        % {"attribute": error.attribute or error.type, "name": error.incoming_name},
        "error": error,
        "fault": fault,
        "category_label": labels.category(error.category),
        "is_over": error.cleared_in is not None or error.sweep_by is not None,
        "marks": marks(error, state, fix_of(error)),
        "comparison": compare(error, seen),
        "looked": seen,
        "read_at": seen.finding.read_at if seen.finding else None,
        "history": sorted(_history(visit, error), key=lambda one: one.at, reverse=True)[:LONGEST_HISTORY],
        "has_diagnosis": error.diagnoses.exists(),
    }


def _history(visit: Visit, error: SyncError) -> Iterator[Happening]:
    for event in error.events.order_by("-pk")[:LONGEST_HISTORY]:
        yield Happening(at=event.at, cycle=event.cycle, what=EVENTS.get(event.what, event.what), detail=event.detail)
    for diagnosis in error.diagnoses.select_related("closed_by").order_by("-cycle")[:LONGEST_HISTORY]:
        yield from _diagnosed(visit, diagnosis)
    for fix in error.fixes.select_related("requested_by").order_by("-pk")[:LONGEST_HISTORY]:
        if fix.requested_by:
            asked = _("%(name)s asked for fix %(number)s") % {"name": fix.requested_by.name, "number": fix.pk}
            yield Happening(at=fix.requested_at, cycle=fix.cycle, what=asked, fix=fix.pk)
        yield from _ended(fix)


def _ended(fix: Fix) -> Iterator[Happening]:
    """How a fix stands or ended, and, in a line of its own, what settled it."""
    state = FixState(fix.state)
    reached = FixState.DONE if state is FixState.SETTLED and fix.settled_how != SettledHow.BY_PERSON else state
    if reached is not FixState.SETTLED:
        detail = (fix.refusal or {}).get("sentence", "")
        words = str(FIXES[reached]) % {"number": fix.pk}
        yield Happening(at=fix.ended_at or fix.requested_at, cycle=fix.cycle, what=words, detail=detail, fix=fix.pk)
    if state is FixState.SETTLED:
        words, detail = str(FIXES[state]) % {"number": fix.pk}, str(SETTLED.get(fix.settled_how, ""))
        at, cycle = fix.settled_at or fix.requested_at, fix.settled_in or fix.cycle
        yield Happening(at=at, cycle=cycle, what=words, detail=detail, fix=fix.pk)


def _diagnosed(visit: Visit, diagnosis: Diagnosis) -> Iterator[Happening]:
    """Each answer, in the words of the flow as it is now, and Close."""
    known = flow(diagnosis.flow, visit.reader.locale.code) if diagnosis.flow in library().names else None
    for given in diagnosis.given:
        question = known.questions.get(given["question"]) if known else None
        answer = question.answers.get(given["answer"]) if question else None
        yield Happening(
            at=datetime.fromisoformat(given["at"]),
            cycle=diagnosis.cycle,
            what=_("%(name)s answered “%(answer)s”")
            % {"name": given["by"], "answer": answer.say if answer else given["answer"]},
            detail=question.ask if question else given["question"],
        )
    if diagnosis.closed_at:
        name = diagnosis.closed_by.name if diagnosis.closed_by else _("Somebody who is gone")
        words = _("%(name)s closed it: %(status)s") % {"name": name, "status": Status.MANUAL_FIX.label}
        yield Happening(at=diagnosis.closed_at, cycle=diagnosis.cycle, what=words)
