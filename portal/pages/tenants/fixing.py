"""Apply Fix: the dry run, the request, and the page of a fix with its progress, journal and end."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal import locales
from portal.accounts.rights import Right
from portal.articles.flow_files import library
from portal.diagnosis import questions
from portal.diagnosis.fixes import asking, settling
from portal.diagnosis.fixes.claims import fix_of
from portal.diagnosis.fixes.progress import steps_of
from portal.diagnosis.models import ACTIVE, Diagnosis, Fix, FixState, JournalEntry
from portal.diagnosis.problems import ErrorCleared, NotAtTheFix, NotDone, Refused
from portal.pages import problem_pages
from portal.pages.flows import own_articles
from portal.pages.tenants import labels
from portal.pages.tenants.cycling import standing
from portal.pages.tenants.entering import Visit, see_other, show_to, tenant_page
from portal.pages.tenants.error import find_error
from portal.pages.tenants.refusing import not_done_page, status_of
from portal.pages.tenants.telling import told
from portal.pages.tenants.timeline import moments
from portal.sync.models import SyncError

# What a person can allow a plan to do, and the refusal that calls for it.
OPTIONS = {"clears_identifier": "identifier-set", "overrides_use": "incoming-in-use"}
LONGEST_FINGERPRINT = 128
# What stands beside a line already, or says nothing to people.
UNTOLD = frozenset({"at", "key", "fingerprint", "state"})


@tenant_page(Right.APPLY, methods=("GET", "HEAD", "POST"))
def fix_error(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """The dry run; sent back confirmed, it becomes a fix."""
    error = find_error(visit, number)
    if error is None:
        return problem_pages.missing(request, visit.reader)
    if holding := fix_of(error):
        return see_other(request, visit.address("fix", number=holding.pk))
    try:
        if error.cleared_in is not None:
            raise ErrorCleared(cycle=error.cleared_in)
        diagnosis = _diagnosis(error)
        if request.method == "POST" and request.POST.get("confirmed"):
            return _request(request, visit, diagnosis)
        return _dry_run(request, visit, diagnosis)
    except Refused as refused:
        if refused.fix is not None:
            return see_other(request, visit.address("fix", number=refused.fix))
        return _refused(request, visit, error, refused)
    except NotDone as not_done:
        return not_done_page(request, visit, not_done, back=visit.address("error", number=error.pk))


def _diagnosis(error: SyncError) -> Diagnosis:
    """That of this cycle; nothing is opened here."""
    found = questions.current(error)
    if found is None:
        raise NotAtTheFix
    return found


def _wished(request: HttpRequest) -> dict[str, bool]:
    given = request.POST if request.method == "POST" else request.GET
    return {name: bool(given.get(name)) for name in OPTIONS}


def _request(request: HttpRequest, visit: Visit, diagnosis: Diagnosis) -> HttpResponse:
    seen = request.POST.get("seen", "")[:LONGEST_FINGERPRINT]
    fix = asking.request_fix(diagnosis, visit.person, seen=seen, **_wished(request))
    return see_other(request, visit.address("fix", number=fix.pk))


def _dry_run(request: HttpRequest, visit: Visit, diagnosis: Diagnosis) -> HttpResponse:
    wished = _wished(request)
    plan = asking.dry_run(diagnosis, visit.person, **wished)
    context = {
        "title": _("Dry run"),
        "error": diagnosis.error,
        "plan": plan,
        "reads": [(labels.SIDES[read.side], read) for read in plan.reads],
        "steps": [(labels.SIDES[step.side], step) for step in plan.steps],
        "wished": [name for name, on in wished.items() if on],
        "standing": standing(visit.tenant),
        "unconfirmed": request.method == "POST",
    }
    return show_to(request, visit, "fix/dry_run.html", context, status=400 if request.method == "POST" else 200)


def _refused(request: HttpRequest, visit: Visit, error: SyncError, refused: Refused) -> HttpResponse:
    option = next((name for name, code in OPTIONS.items() if code == refused.reason), "")
    context = {
        "title": _("The fix cannot be applied now"),
        "error": error,
        "refusal": refusal_words(visit, refused.refusal.code),
        "told": _told(refused),
        "preconditions": refused.preconditions,
        "option": option,
        "kept": [name for name, on in _wished(request).items() if on],
    }
    return show_to(request, visit, "fix/refused.html", context, status=status_of(refused))


def _told(refused: Refused) -> dict[str, Any]:
    """A refusal in the shape in which a fix keeps one."""
    found = refused.object
    return {
        "code": refused.reason,
        "sentence": refused.message,
        "next_action": refused.next_action,
        "leaves": refused.leaves.value,
        "object": {"display_name": found.display_name, "user_principal_name": found.user_principal_name,
                   "cloud_id": found.cloud_id, "anchor": found.anchor} if found else None,
        "facts": refused.refusal.facts,
        "written": [],
        "is_kept": False,
    }  # fmt: skip


def refusal_words(visit: Visit, code: str) -> dict[str, Any]:
    """What the table of refusals says of a code in the reader's language; the sentence itself is never translated."""
    table = library().refusals_in(visit.reader.locale.code)
    row = table.get(code)
    shown = locales.get(table.locale)
    return {
        "row": row,
        "shown": shown,
        "words": library().words_in(table.locale),
        "articles": own_articles(visit.reader, row.articles) if row else [],
    }


@tenant_page(Right.SEE)
def fix(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """A fix and what became of it. While it runs htmx asks each second, and is told nothing when nothing was written."""
    found = _find(visit, number)
    if found is None:
        return problem_pages.missing(request, visit.reader)
    journal = list(found.journal.all())
    version = f"{found.state}-{len(journal)}"
    if request.htmx and request.GET.get("seen") == version:
        return HttpResponse(status=204)
    return show_to(
        request, visit, "fix/fix.html", _fix_context(visit, found, journal, version), part="fix/_progress.html"
    )


def _fix_context(visit: Visit, found: Fix, journal: list[JournalEntry], version: str) -> dict[str, Any]:
    refusal, now = found.refusal or {}, standing(visit.tenant)
    return {
        "title": _("Fix %(number)s") % {"number": found.pk},
        "fix": found,
        "version": version,
        "is_active": found.state in ACTIVE,
        "is_unknown": found.state == FixState.UNKNOWN,
        "steps": [(labels.SIDES[one.step.side], one) for one in steps_of(found)],
        "standing": now,
        "moments": moments(found, journal, next_cycle_at=now.next_cycle_at if now else None),
        "progress_words": labels.PROGRESS,
        "journal": [
            (labels.JOURNAL.get(line.what, line.what), line, told(line.details, without=UNTOLD)) for line in journal
        ],
        "told": {**refusal, "is_kept": True} if refusal else {},
        "refusal": refusal_words(visit, refusal["code"]) if refusal else None,
        "errors": _errors(found),
        "may_settle": visit.may(Right.SETTLE),
    }


def _errors(found: Fix) -> list[SyncError]:
    """All errors of its pair; first the one that it was asked from, to go back to."""
    asked_from = found.diagnosis.error_id if found.diagnosis else None
    return sorted(found.errors.order_by("pk"), key=lambda one: one.pk != asked_from)


@tenant_page(Right.SETTLE, methods=("POST",))
def settle(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """A Global Administrator says what she found in the directory about a fix whose result is unknown."""
    found = _find(visit, number)
    if found is None:
        return problem_pages.missing(request, visit.reader)
    back = visit.address("fix", number=found.pk)
    try:
        settling.settle_unknown(found, request.POST.get("how", ""), visit.person)
    except NotDone as not_done:
        return not_done_page(request, visit, not_done, back=back)
    return see_other(request, back, _("Noted. The fix is settled as you said."))


def _find(visit: Visit, number: int) -> Fix | None:
    fixes = Fix.objects.filter(tenant=visit.tenant, pk=number).select_related("tenant", "requested_by")
    return fixes.first()
