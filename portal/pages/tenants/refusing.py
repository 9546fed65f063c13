"""The page for an act that was not done: what is in the way, what to do next, and the way back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal.diagnosis.problems import DirectoryTrouble, ErrorCleared, NotDone, Refused, RoleMissing
from portal.pages.tenants.entering import Visit, show_to


def status_of(not_done: NotDone) -> int:
    """403 for a right that is missing, 410 for what is gone, 503 for a directory in trouble, 409 for every other conflict."""
    if isinstance(not_done, RoleMissing):
        return 403
    if isinstance(not_done, ErrorCleared):
        return 410
    return 503 if isinstance(not_done, DirectoryTrouble) else 409


def not_done_page(request: HttpRequest, visit: Visit, not_done: NotDone, *, back: str) -> HttpResponse:
    context = {
        "title": _("This was not done"),
        "not_done": not_done,
        "refused": not_done if isinstance(not_done, Refused) else None,
        "back": back,
    }
    return show_to(request, visit, "errors/not_done.html", context, status=status_of(not_done))
