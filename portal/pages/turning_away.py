"""What the doors of tenants and of the staff answer alike: to nobody, and to a method that an address does not take."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from portal.pages import problem_pages
from portal.pages.personal import own_address, sign_in_address
from portal.pages.reader import Reader


def wrong_method(request: HttpRequest, reader: Reader, **parts: Any) -> HttpResponse:
    """The address is there, but not to be asked so; the same for everybody, so that it tells nothing of a tenant."""
    return problem_pages.problem(
        request,
        reader,
        status=405,
        title=_("This address cannot be used so"),
        says=_("It belongs to a button or a link of a page, and was opened in another way. Nothing was changed."),
        next_steps=[_("Go back to the page and use its buttons.")],
    )


def nobody(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Not signed in: to the sign-in page and back, unless something was to be done."""
    if request.method in ("GET", "HEAD") and not request.htmx:
        return HttpResponseRedirect(sign_in_address(own_address(request, request.path)))
    return problem_pages.problem(
        request,
        reader,
        status=403,
        title=_("You are not signed in any more"),
        says=_("Nothing was changed."),
        next_steps=[_("Sign in again, go back to the page, and send the form again.")],
        sign_in=sign_in_address(""),
    )
