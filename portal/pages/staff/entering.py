"""The one door to every staff page: who is she, and is she portal staff. Nothing behind it is stored by any cache."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.encoding import escape_uri_path, iri_to_uri
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.models import Membership, Person
from portal.pages import problem_pages, turning_away
from portal.pages.personal import memberships_of, no_store, person_of, unstored
from portal.pages.reader import Reader, for_reader, remembered
from portal.pages.showing import show
from portal.pages.staff.sections import SECTIONS


@dataclass(frozen=True, kw_only=True)
class StaffVisit:
    """Somebody of the portal's staff on one of their pages."""

    reader: Reader
    person: Person

    @property
    def memberships(self) -> list[Membership]:
        """For the corner of the page, which without scripts nothing else would fill."""
        return memberships_of(self.person)


View = Callable[..., HttpResponse]


def staff_page(*, methods: tuple[str, ...] = ("GET", "HEAD")) -> Callable[[View], View]:
    """A page for staff: `view(request, visit, **parts)` is called only for a person who is portal staff now."""

    def decorate(view: View) -> View:
        @for_reader
        def inner(request: HttpRequest, reader: Reader, **parts: Any) -> HttpResponse:
            if request.method not in methods:
                refusal = turning_away.wrong_method(request, reader)
                refusal.headers["Allow"] = ", ".join(methods)
                return refusal
            person = person_of(request)
            if person is None:
                return turning_away.nobody(request, reader)
            if not person.is_portal_staff:
                return _not_staff(request, reader)
            return view(request, StaffVisit(reader=reader, person=person), **parts)

        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponse:
            return unstored(inner(request, *args, **parts))

        return wrapper

    return decorate


def show_to_staff(
    request: HttpRequest,
    visit: StaffVisit,
    page: str,
    context: dict[str, Any],
    *,
    section: str,
    part: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a staff page, or its moving part when htmx asks, with the frame's list of pages; `section` is its address's name."""
    frame = {
        "visit": visit,
        "sections": [
            {"name": one.words, "address": visit.reader.address(one.name), "is_here": one.name == section}
            for one in SECTIONS
        ],
        "notices": list(messages.get_messages(request)),
    }
    return show(request, visit.reader, page, {**frame, **context}, part=part, status=status)


@require_safe
@no_store
def anywhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """`/staff/…` without language and cloud: to the same page in those she chose."""
    query = request.META.get("QUERY_STRING", "")
    reader = remembered(request)
    address = f"/{reader.locale.code}/{reader.cloud.value}/staff/{escape_uri_path(rest)}"
    return HttpResponseRedirect(address + (f"?{iri_to_uri(query)}" if query else ""))


def _not_staff(request: HttpRequest, reader: Reader) -> HttpResponse:
    return problem_pages.problem(
        request,
        reader,
        status=403,
        title=_("This page is for support staff"),
        says=_("You are signed in, but not as one of the staff of this portal."),
        next_steps=[
            _("Sign in as somebody of the staff."),
            _("Whatever a support person sent you opens without signing in: use the link from your case."),
        ],
    )
