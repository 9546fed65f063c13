"""The one door to every page of a tenant: who is she, is it her tenant, its cloud, and does her role allow this act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from portal.accounts.models import Membership, Person, Tenant
from portal.accounts.rights import RIGHTS, Right, Role
from portal.clouds import Cloud
from portal.pages import problem_pages, turning_away
from portal.pages.flows import own_articles
from portal.pages.personal import memberships_of, person_of, unstored
from portal.pages.reader import Reader, for_reader
from portal.pages.showing import in_place_of_all, show
from portal.pages.tenants.remembering import way_back

MOST_NAMES = 5
ROLES = ("roles-and-permissions",)  # our own article on which task needs which role


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Somebody on a page of one of her tenants, with the role she has there now."""

    reader: Reader
    tenant: Tenant
    person: Person
    role: Role

    @property
    def rights(self) -> frozenset[Right]:
        return RIGHTS[self.role]

    @property
    def memberships(self) -> list[Membership]:
        """For the corner of the page, which is hers anyway: without scripts nothing would fill it."""
        return memberships_of(self.person)

    def may(self, right: Right) -> bool:
        return right in self.rights

    def address(self, name: str, **parts: Any) -> str:
        """The address of a page of this tenant, in her language and the tenant's cloud."""
        return self.reader.address(name, tenant=self.tenant.slug, **parts)


View = Callable[..., HttpResponse]


def tenant_page(right: Right, *, methods: tuple[str, ...] = ("GET", "HEAD")) -> Callable[[View], View]:
    """A page of a tenant: `view(request, visit, **parts)` is called only for a member whose role has `right` now.

    Another tenant's page answers exactly as one that does not exist. Nothing of it is stored by any cache.
    """

    def decorate(view: View) -> View:
        @for_reader
        def inner(request: HttpRequest, reader: Reader, tenant: str, **parts: Any) -> HttpResponse:
            person = person_of(request)
            if person is None:
                return turning_away.nobody(request, reader)
            found = Tenant.objects.seen_by(person).filter(slug=tenant).first()
            role = found.role_of(person) if found else None
            if found is None or role is None:
                return problem_pages.missing(request, reader)
            if found.cloud != reader.cloud:
                return _to_its_cloud(request, reader, found)
            visit = Visit(reader=reader, tenant=found, person=person, role=role)
            return view(request, visit, **parts) if visit.may(right) else forbidden(request, visit, right)

        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponse:
            answer = inner if request.method in methods else for_reader(turning_away.wrong_method)
            response = answer(request, *args, **parts)
            if response.status_code == 405:
                response.headers["Allow"] = ", ".join(methods)
            return unstored(in_place_of_all(request, response))

        return wrapper

    return decorate


def show_to(
    request: HttpRequest,
    visit: Visit,
    page: str,
    context: dict[str, Any],
    *,
    part: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a page of the tenant, or its moving part when htmx asks, with what its frame needs."""
    frame = {
        "visit": visit,
        "tenant": visit.tenant,
        "section": "errors",
        "existing_clouds": [visit.reader.cloud],
        "list_query": way_back(request, visit.tenant),
        "notices": list(messages.get_messages(request)),
    }
    return show(request, visit.reader, page, {**frame, **context}, part=part, status=status)


def see_other(request: HttpRequest, address: str, notice: str = "") -> HttpResponse:
    """After an act: on to a page that can be reloaded without doing it again."""
    if notice:
        messages.info(request, notice)
    return HttpResponseRedirect(address, status=303)


def forbidden(request: HttpRequest, visit: Visit, right: Right) -> HttpResponse:
    """Her role does not allow it: say which roles do, and who has them."""
    names = who_may(visit, right)
    says = _("It needs the role %(roles)s in %(tenant)s. You are %(role)s.") % {
        "roles": _(" or ").join(str(role.label) for role in Role if right in RIGHTS[role]),
        "tenant": visit.tenant.name,
        "role": visit.role.label,
    }
    who = _("Ask somebody who has it: %(names)s.") if names else _("Nobody in %(tenant)s has it now.")
    return problem_pages.problem(
        request,
        visit.reader,
        status=403,
        title=_("Your role does not allow this"),
        says=says,
        next_steps=[
            who % {"names": ", ".join(names), "tenant": visit.tenant.name},
            _("If your role was changed just now, reload the page."),
        ],
        articles=own_articles(visit.reader, ROLES),
        visit=visit,
    )


def who_may(visit: Visit, right: Right) -> list[str]:
    """The names of the first few in the tenant whose role has the right."""
    roles = [role for role in Role if right in RIGHTS[role]]
    having = visit.tenant.memberships.filter(role__in=roles, person__is_active=True).order_by("person__name")
    return list(having.values_list("person__name", flat=True)[:MOST_NAMES])


def _to_its_cloud(request: HttpRequest, reader: Reader, tenant: Tenant) -> HttpResponse:
    """The same page in the tenant's own cloud; 307 keeps a form's method and content."""
    here, there = f"/{reader.locale.code}/{reader.cloud}/", f"/{reader.locale.code}/{Cloud(tenant.cloud)}/"
    address = there + request.get_full_path()[len(here) :]
    return HttpResponseRedirect(address, status=302 if request.method in ("GET", "HEAD") else 307)
