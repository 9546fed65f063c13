"""The errors that a flow in an article is about: those of the reader's own tenants; a part for her alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.models import Tenant
from portal.articles.flow_files import library
from portal.directories.faults import Category
from portal.flows import ErrorKind
from portal.pages.personal import in_cloud_of, no_store, page_around, person_of, sign_in_address
from portal.pages.reader import Reader, for_reader
from portal.pages.showing import show
from portal.sync.models import CategoryCount, Status, SyncError, SyncState
from portal.sync.newest import newest

# Enough to find the one the article was opened for; the rest is one step away.
SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Row:
    """One error, by the words and the address it has for its tenant's people."""

    error: SyncError
    status: Status
    address: str


@dataclass(frozen=True, kw_only=True)
class List:
    """All errors of one category: how many there are, and where they are listed."""

    label: str
    number: int
    address: str


@require_safe
@no_store
@for_reader
def own_errors(request: HttpRequest, reader: Reader, name: str) -> HttpResponse:
    """The newest errors of a kind (bindings.toml), tenant by tenant; signed out, what signing in adds."""
    kind = library().bindings.kinds.get(name)
    if kind is None or kind.flow not in library().names:
        raise Http404
    person = person_of(request)
    context = {
        "title": _("Your errors of this kind"),
        "kind": kind,
        "person": person,
        "tenants": _of_tenants(reader, kind, list(Tenant.objects.seen_by(person).order_by("name"))),
        "sign_in": sign_in_address(page_around(request) if request.htmx else request.path),
    }
    return show(request, reader, "personal/own_errors.html", context, part="personal/_own_errors.html")


def _of_tenants(reader: Reader, kind: ErrorKind, tenants: list[Tenant]) -> list[dict[str, Any]]:
    """What each tenant has of a kind, by the same queries however many tenants and errors there are."""
    if not tenants:
        return []
    counts = _counts(kind, tenants)
    errors = newest(counts, types=kind.types, diagnosed=kind.diagnosed, most=SHOWN)
    states = {one.tenant_id: one for one in SyncState.objects.filter(tenant__in=tenants).defer("report")}
    return [
        _of_tenant(
            in_cloud_of(reader, tenant),
            tenant,
            states.get(tenant.pk),
            errors.get(tenant.pk, []),
            {category: number for (owner, category), number in counts.items() if owner == tenant.pk},
        )
        for tenant in tenants
    ]


def _counts(kind: ErrorKind, tenants: list[Tenant]) -> dict[tuple[int, str], int]:
    """How many open errors each tenant has in each category of the kind, by kept counters."""
    wanted = kind.categories or tuple(Category)
    rows = CategoryCount.objects.filter(tenant__in=tenants, category__in=wanted, number__gt=0)
    found = {(owner, category): number for owner, category, number in rows.values_list("tenant", "category", "number")}
    return dict(sorted(found.items(), key=lambda one: wanted.index(one[0][1])))


def _of_tenant(
    there: Reader, tenant: Tenant, state: SyncState | None, errors: list[SyncError], counts: dict[str, int]
) -> dict[str, Any]:
    """`there` is the reader in the tenant's cloud."""
    return {
        "tenant": tenant,
        "was_read": state is not None and state.read_at is not None,
        "rows": [_row(there, tenant, state, error) for error in errors] if state else [],
        "lists": [_list(there, tenant, category, number) for category, number in counts.items()],
    }


def _row(there: Reader, tenant: Tenant, state: SyncState, error: SyncError) -> Row:
    return Row(
        error=error,
        status=error.status_in(state.cycle),
        address=there.address("error", tenant=tenant.slug, number=error.pk),
    )


def _list(there: Reader, tenant: Tenant, category: str, number: int) -> List:
    address = there.address("errors", tenant=tenant.slug)
    return List(label=Category(category).label, number=number, address=f"{address}?category={category}")
