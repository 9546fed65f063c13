"""What support asks, beside an error: a scoping form whose answers and the diagnosis become one case summary."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal.accounts.rights import Right
from portal.articles.flow_files import library
from portal.articles.scoping import texts_of, visible
from portal.diagnosis.flow import FLOW
from portal.diagnosis.models import Diagnosis
from portal.diagnosis.summary import summary
from portal.forms.casefile import Summary
from portal.forms.summary import sections
from portal.pages import problem_pages
from portal.pages.forms.filling import Filling, Step, context, from_request
from portal.pages.forms.stepping import file_of, part_of
from portal.pages.tenants.entering import Visit, show_to, tenant_page
from portal.pages.tenants.error import find_error
from portal.pages.tenants.summarizing import latest, not_diagnosed


@tenant_page(Right.SEE, methods=("GET", "HEAD", "POST"))
def case_form(request: HttpRequest, visit: Visit, number: int, collection: str, path: str) -> HttpResponse:
    error = find_error(visit, number)
    scoping = visible(texts_of(collection, path), visit.reader.cloud, visit.reader.locale.code) if error else None
    if error is None or scoping is None:
        return problem_pages.missing(request, visit.reader)
    diagnosis = latest(error)
    if diagnosis is None:
        return not_diagnosed(request, visit, error)
    one = from_request(request, scoping)
    redacted = bool(request.GET.get("redacted") or (one.sent.step is not Step.SUMMARY and request.POST.get("redacted")))
    told = _told(one, visit, diagnosis, redacted=redacted) if one.is_done and one.sent.step is not Step.CHECK else None
    if told and one.sent.step in (Step.TEXT, Step.MARKDOWN):
        return file_of(told, one.sent.step, f"sync-error-{error.pk}{'-redacted' if redacted else ''}")
    words = {
        **context(one, visit.reader.cloud),
        "step_part": part_of(one),
        "action": visit.address("case-form", number=error.pk, collection=collection, path=path),
        "error": error,
        "told": told,
        "redacted": redacted,
        "heading": _("What support will ask you"),
    }
    return show_to(request, visit, "diagnosis/form.html", words, part=part_of(one))


def _told(one: Filling, visit: Visit, diagnosis: Diagnosis, *, redacted: bool) -> Summary:
    about = one.scoping.about(visit.reader.cloud, topics=library().bindings.topics_of(FLOW))
    more = sections(one.filled, about=about, zone=one.sent.zone or "+00:00")
    return summary(diagnosis, redacted=redacted, more=more)
