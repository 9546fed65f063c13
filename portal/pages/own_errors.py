"""The errors that a flow in an article is about: those of the reader's own tenants; a part for her alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.models import Tenant
from portal.diagnosis.flow import FLOW
from portal.diagnosis.statuses import current_cycle
from portal.pages.personal import in_cloud_of, no_store, page_around, person_of, sign_in_address
from portal.pages.reader import Reader, for_reader
from portal.pages.showing import show
from portal.sync.models import Status, SyncError

# Enough to find the one the article was opened for; the rest is one step away.
SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Row:
    """One error, by the words and the address it has for its tenant's people."""

    error: SyncError
    status: Status
    address: str


@require_safe
@no_store
@for_reader
def own_errors(request: HttpRequest, reader: Reader, name: str) -> HttpResponse:
    """The newest errors that the flow diagnoses, tenant by tenant; signed out, what signing in adds."""
    if name != FLOW:
        raise Http404
    person = person_of(request)
    tenants = Tenant.objects.seen_by(person).order_by("name")
    context = {
        "title": _("Your errors of this kind"),
        "name": name,
        "person": person,
        "tenants": [_of_tenant(reader, tenant) for tenant in tenants],
        "sign_in": sign_in_address(page_around(request) if request.htmx else request.path),
    }
    return show(request, reader, "personal/own_errors.html", context, part="personal/_own_errors.html")


def _of_tenant(reader: Reader, tenant: Tenant) -> dict[str, Any]:
    there, cycle = in_cloud_of(reader, tenant), current_cycle(tenant)
    errors = SyncError.objects.of(tenant).open().filter(is_eligible=True).order_by("-id")[: SHOWN + 1]
    rows = [
        Row(
            error=error,
            status=error.status_in(cycle),
            address=there.address("error", tenant=tenant.slug, number=error.pk),
        )
        for error in errors
    ]
    return {
        "tenant": tenant,
        "rows": rows[:SHOWN],
        "has_more": len(rows) > SHOWN,
        "address": there.address("errors", tenant=tenant.slug) + "?category=duplicate-attribute",
    }
