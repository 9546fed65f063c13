"""What is personal on shared pages: who is signed in, and the state of her errors; parts with addresses of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_safe

from portal.accounts.local import person_of
from portal.accounts.models import Membership, Person, Tenant
from portal.accounts.rights import Role
from portal.clouds import Cloud
from portal.pages.reader import Reader, for_reader
from portal.pages.showing import show
from portal.sync.models import CategoryCount, SyncState

LONGEST_ADDRESS = 2000


def own_address(request: HttpRequest, address: str) -> str:
    """`address` when it leads to a page of ours, else ''."""
    plain = address.startswith("/") and len(address) <= LONGEST_ADDRESS
    return address if plain and url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""


def page_before(request: HttpRequest) -> str:
    """The path of the page of ours from which this request came, with its query; '' where it is not known."""
    came = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    if came.netloc != request.get_host():
        return ""
    return own_address(request, came.path + (f"?{came.query}" if came.query else ""))


def sign_in_address(then: str) -> str:
    """The sign-in page, which leads on to `then`."""
    return f"{reverse('sign-in')}?{urlencode({'next': then})}" if then else reverse("sign-in")


def no_store(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep an answer out of every cache: it is for one person."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponse:
        return unstored(view(request, *args, **parts))

    return wrapper


def unstored(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["Cookie"])
    return response


@require_safe
@no_store
@for_reader
def corner(request: HttpRequest, reader: Reader) -> HttpResponse:
    """The corner of the header: name, role, tenant, and the way out; or the way in."""
    if not request.htmx:
        return HttpResponseRedirect(reverse("sign-in"))
    person = person_of(request)
    context = {
        "person": person,
        "memberships": memberships_of(person) if person else [],
        "sign_in": sign_in_address(page_around(request)),
    }
    return show(request, reader, "personal/_corner.html", context)


@require_safe
@no_store
@for_reader
def my_errors(request: HttpRequest, reader: Reader) -> HttpResponse:
    """How the errors of her tenants stand; empty for everybody else."""
    if not request.htmx:
        return HttpResponseRedirect(reverse("sign-in"))
    person = person_of(request)
    rows = [standing(reader, one.tenant) for one in memberships_of(person)] if person else []
    return show(request, reader, "personal/_my_errors.html", {"person": person, "rows": rows})


def memberships_of(person: Person) -> list[Membership]:
    """Her tenants and what she is in each, by name."""
    tenants = Tenant.objects.seen_by(person)
    rows = (
        Membership.objects.filter(person=person, tenant__in=tenants).select_related("tenant").order_by("tenant__name")
    )
    for one in rows:
        one.role_label = Role(one.role).label
    return list(rows)


def standing(reader: Reader, tenant: Tenant) -> dict[str, Any]:
    """One tenant at a glance, from kept counters alone."""
    counts = CategoryCount.objects.filter(tenant=tenant).values_list("number", flat=True)
    cloud_reader = in_cloud_of(reader, tenant)
    return {
        "tenant": tenant,
        "total": sum(counts),
        "state": SyncState.objects.filter(tenant=tenant).first(),
        "address": cloud_reader.address("errors", tenant=tenant.slug),
    }


def in_cloud_of(reader: Reader, tenant: Tenant) -> Reader:
    """The same reader in the tenant's own cloud."""
    return Reader(locale=reader.locale, cloud=Cloud(tenant.cloud))


def page_around(request: HttpRequest) -> str:
    """The page that asks for the part, so that signing in leads back to it; '' when it makes no sense."""
    try:
        current = urlsplit(request.htmx.current_url_abs_path or "")
    except ValueError:
        return ""
    return own_address(request, current.path)
