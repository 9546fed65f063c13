"""The pages for what cannot be shown: each says what is wrong and what to do next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from portal import clouds, locales
from portal.clouds import Cloud
from portal.pages.reader import Reader, UnknownReader, remembered
from portal.pages.showing import PRODUCT, show

DOWN = "Something went wrong on our side. Nothing you entered was changed. Try again in a minute.\n"


def problem(
    request: HttpRequest,
    reader: Reader,
    *,
    status: int,
    title: str,
    says: str,
    next_steps: list[str] | None = None,
    **context: Any,
) -> HttpResponse:
    """One page for every problem: a title, a sentence, what to do, and ways onward."""
    words = {"title": title, "says": says, "next_steps": next_steps or [], "existing_locales": None, **context}
    response = show(request, reader, "problem.html", words, status=status)
    response.headers["Cache-Control"] = "no-cache"
    return response


def missing(request: HttpRequest, reader: Reader) -> HttpResponse:
    return problem(
        request,
        reader,
        status=404,
        title=_("We could not find this page"),
        says=_("There is nothing at this address. It may have been moved, or the address may be incomplete."),
        next_steps=[_("Check the address."), _("Or search at the top, or start from the home page.")],
    )


def not_in_cloud(request: HttpRequest, reader: Reader, *, title: str, having: list[Cloud]) -> HttpResponse:
    """What was asked for exists, but not for the cloud of the address: name the clouds that have it."""
    return problem(
        request,
        reader,
        status=404,
        title=_("Not available for %(cloud)s") % {"cloud": reader.cloud.label},
        says=_("“%(title)s” is written for other clouds. What it says may be wrong for yours.") % {"title": title},
        having=having,
        existing_clouds=having,
    )


def unknown_topic(request: HttpRequest, reader: Reader, topic: str) -> HttpResponse:
    return problem(
        request,
        reader,
        status=404,
        title=_("No article for topic %(topic)s") % {"topic": topic},
        says=_("No article answers this support topic ID."),
        next_steps=[_("Check the ID: mostly eight digits, sometimes a GUID."), _("Or browse by product or service.")],
        topic=topic,
    )


def bad_value(request: HttpRequest, reader: Reader, *, says: str) -> HttpResponse:
    """A parameter that makes no sense."""
    return problem(
        request,
        reader,
        status=400,
        title=_("This address makes no sense to us"),
        says=says,
        next_steps=[_("Correct the address, or start from the home page.")],
    )


def foreign_form(request: HttpRequest) -> HttpResponse:
    reader = remembered(request)
    with translation.override(reader.words.language):
        return problem(
            request,
            reader,
            status=403,
            title=_("This form came from somewhere else"),
            says=_("For your safety we only accept forms sent from our own pages."),
            next_steps=[_("Go back to the page, reload it, and send the form again.")],
        )


def unknown_reader(request: HttpRequest, error: UnknownReader) -> HttpResponse:
    """The address starts with a language or a cloud that the portal does not know."""
    reader = remembered(request)
    with translation.override(reader.words.language):
        if error.locale is not None and error.cloud is not None:
            return missing(request, reader)
        if error.locale is not None:
            names = ", ".join(f"{locale.name} ({locale.code})" for locale in locales.KNOWN.values())
            says = _("“%(code)s” is not a language of this portal. It knows: %(names)s.") % {
                "code": error.locale,
                "names": names,
            }
        else:
            names = ", ".join(f"{cloud.label} ({cloud.value})" for cloud in Cloud)
            says = _("“%(code)s” is not a cloud. Known are: %(names)s.") % {"code": error.cloud, "names": names}
        return problem(
            request,
            reader,
            status=404,
            title=_("We could not find this page"),
            says=says,
            next_steps=[_("Correct the first two parts of the address, or start from the home page.")],
        )


def reader_of_address(request: HttpRequest) -> Reader:
    """The reader that a broken address still names, else the remembered one."""
    parts = request.path.split("/")
    locale = locales.KNOWN.get(parts[1].casefold()) if len(parts) > 2 else None
    cloud = clouds.find(parts[2]) if len(parts) > 2 else None
    return Reader(locale=locale, cloud=cloud) if locale and cloud else remembered(request)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404."""
    if isinstance(exception, UnknownReader):
        return unknown_reader(request, exception)
    reader = reader_of_address(request)
    with translation.override(reader.words.language):
        return missing(request, reader)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400. The host may be what is wrong, so nothing of the request is trusted."""
    return HttpResponse(
        "This request makes no sense to us. Check the address and try again.\n", status=400, content_type="text/plain"
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    reader = reader_of_address(request)
    with translation.override(reader.words.language):
        return problem(
            request,
            reader,
            status=403,
            title=_("You may not do this"),
            says=_("Your role does not allow it, or you are not signed in any more."),
            next_steps=[_("Sign in again, or ask an administrator of your tenant.")],
        )


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500: a page that asks neither the database nor the session; plain text where even that fails."""
    try:
        reader = reader_of_address(request)
        with translation.override(reader.words.language):
            return render(request, "server_error.html", {"reader": reader, "product": PRODUCT}, status=500)
    except Exception:  # whatever failed may fail again, and this is the last page there is
        return HttpResponse(DOWN, status=500, content_type="text/plain")
