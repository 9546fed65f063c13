"""The case summary of a diagnosis: to read, to copy, to download, with or without names."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal.accounts.rights import Right
from portal.articles.flow_files import library
from portal.articles.scoping import beside_topics
from portal.diagnosis.flow import FLOW
from portal.diagnosis.models import Diagnosis
from portal.diagnosis.problems import NotDiagnosed
from portal.diagnosis.statuses import current_cycle
from portal.diagnosis.summary import summary
from portal.directories.eligibility import REASON_SENTENCES, Reason
from portal.pages import problem_pages
from portal.pages.tenants.entering import Visit, show_to, tenant_page
from portal.pages.tenants.error import find_error
from portal.pages.tenants.refusing import not_done_page
from portal.sync.models import SyncError

ENDINGS = {"text": "txt", "markdown": "md"}


@tenant_page(Right.SEE)
def case_summary(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """`?as=` text or markdown, `?redacted=1` without names, `?download=1` as a file."""
    error = find_error(visit, number)
    if error is None:
        return problem_pages.missing(request, visit.reader)
    form = request.GET.get("as", "text")
    if form not in ENDINGS:
        says = _("“as” can be one of: %(ways)s.") % {"ways": ", ".join(ENDINGS)}
        return problem_pages.bad_value(request, visit.reader, says=says)
    diagnosis = latest(error)
    if diagnosis is None:
        return not_diagnosed(request, visit, error)
    redacted = bool(request.GET.get("redacted"))
    told = summary(diagnosis, redacted=redacted)
    text = told.text if form == "text" else told.markdown
    if request.GET.get("download"):
        return _file(text, f"sync-error-{error.pk}{'-redacted' if redacted else ''}.{ENDINGS[form]}")
    context = {"title": _("Case summary"), "error": error, "text": text, "form": form, "redacted": redacted}
    context["forms"] = beside_topics(list(library().bindings.topics_of(FLOW)), visit.reader.cloud)
    return show_to(request, visit, "diagnosis/summary.html", context)


def latest(error: SyncError) -> Diagnosis | None:
    """That of the last cycle in which one was opened; an empty one where nobody did; None where there are no questions."""
    found = error.diagnoses.select_related("error__tenant").order_by("-cycle").first()
    if found or not error.is_eligible:
        return found
    return Diagnosis(
        tenant=error.tenant, error=error, cycle=current_cycle(error.tenant), flow=FLOW, answers={}, given=[]
    )


def not_diagnosed(request: HttpRequest, visit: Visit, error: SyncError) -> HttpResponse:
    refusal = NotDiagnosed(reason=REASON_SENTENCES[Reason(error.eligibility)])
    return not_done_page(request, visit, refusal, back=visit.address("error", number=error.pk))


def _file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
