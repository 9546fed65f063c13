"""Signing in and out. For now as one of the people of the demo, without a password, on this machine only."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.local import lets_in_locally
from portal.accounts.models import Person
from portal.pages import problem_pages
from portal.pages.personal import in_cloud_of, memberships_of, no_store, own_address, page_before, person_of
from portal.pages.reader import CLOUD_COOKIE, Reader, remember, remembered
from portal.pages.showing import in_place_of_all, show
from portal.sync.demo import PEOPLE

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@no_store
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    reader = remembered(request)
    with translation.override(reader.words.language):
        if not lets_in_locally(request):
            return _closed(request, reader)
        return _enter(request, reader) if request.method == "POST" else _offer(request, reader)


@no_store
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return HttpResponseRedirect(remembered(request).address("home"), status=303)


def _offer(request: HttpRequest, reader: Reader) -> HttpResponse:
    person = person_of(request)
    context = {
        "title": _("Sign in to the demo"),
        "people": _people(),
        "person": person,
        "memberships": memberships_of(person) if person else [],
        "next": own_address(request, request.GET.get("next", "")),
    }
    return show(request, reader, "sign_in/sign_in.html", context)


def _enter(request: HttpRequest, reader: Reader) -> HttpResponse:
    subject = request.POST.get("person", "")
    person = next((one for one in _people() if one.subject == subject), None)
    if person is None:
        return problem_pages.problem(
            request,
            reader,
            status=400,
            title=_("Nobody of that name is here"),
            says=_("The form named a person whom this demo does not have."),
            next_steps=[_("Go back to the sign-in page and choose one of the people there.")],
        )
    login(request, person, backend=BACKEND)
    then = own_address(request, request.POST.get("next", "")) or _first_page(reader, person)
    response = HttpResponseRedirect(then, status=303)
    if CLOUD_COOKIE not in request.COOKIES and (own := memberships_of(person)):
        remember(
            response, CLOUD_COOKIE, own[0].tenant.cloud
        )  # what she pastes leads to her own cloud, until she chooses another
    return response


def _people() -> list[Person]:
    """The people of the demo who may sign in, in the order of the demo, each with her memberships."""
    order = {one.subject: position for position, one in enumerate(PEOPLE)}
    found = Person.objects.filter(subject__in=order, is_local=True, is_active=True)
    people = sorted(found, key=lambda one: order[one.subject])
    for one in people:
        one.places = memberships_of(one)
    return people


def _first_page(reader: Reader, person: Person) -> str:
    """Her errors, if she has a tenant; the desk, if she is staff; else the home page."""
    own = memberships_of(person)
    if not own:
        return reader.address("desk" if person.is_portal_staff else "home")
    return in_cloud_of(reader, own[0].tenant).address("errors", tenant=own[0].tenant.slug)


def _closed(request: HttpRequest, reader: Reader) -> HttpResponse:
    return problem_pages.problem(
        request,
        reader,
        status=403,
        title=_("Signing in is not possible here"),
        says=_(
            "The people of the demo can only sign in on the machine on which this portal runs, directly, "
            "and only while the demo is on."
        ),
        next_steps=[
            _("On that machine, open this portal at http://localhost or http://127.0.0.1, with its port."),
            _("Articles and search need no sign-in."),
        ],
    )


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW: a form without the token of this session, mostly one that waited for too long."""
    reader = problem_pages.reader_of_address(request)
    person = person_of(request)
    with translation.override(reader.words.language):
        answer = problem_pages.problem(
            request,
            reader,
            status=403,
            title=_("This form is no longer valid"),
            says=_("It was opened before you signed in or out, or it came from somewhere else. Nothing was changed."),
            next_steps=[_("Go back to the page, reload it, and send the form again.")],
            sign_in=None if person else reverse("sign-in"),
            back=page_before(request),
        )
    return in_place_of_all(request, answer)
