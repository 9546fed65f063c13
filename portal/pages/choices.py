"""Remembers a reader's choice of language and cloud, and shows her the same page so."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.encoding import escape_uri_path, iri_to_uri
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal import clouds, locales
from portal.clouds import Cloud
from portal.locales import Locale
from portal.pages import problem_pages
from portal.pages.reader import CLOUD_COOKIE, LOCALE_COOKIE, Reader, remember, remembered
from portal.pages.same_origin import same_origin

# Of all pages, the search alone goes on with what its address asks.
SEARCH = "search/"
PINNED = re.compile(r"^/([A-Za-z-]{2,12})/([a-z]{4,12})/(.*)$", re.DOTALL)


@require_POST
@same_origin
def choose(request: HttpRequest) -> HttpResponse:
    """Remember what the form names, and lead to its page in that language and cloud."""
    here, rest = _page_of(request)
    locale = locales.find(request.POST.get("locale", ""))
    cloud = clouds.find(request.POST.get("cloud", ""))
    if wrong := _wrong(request, locale, cloud):
        with translation.override(here.words.language):
            return problem_pages.bad_value(request, here, says=_("“%(text)s” is no choice there is.") % {"text": wrong})
    there = Reader(locale=locale or here.locale, cloud=cloud or here.cloud)
    path, _mark, query = rest.partition("?")
    kept = f"?{iri_to_uri(query)}" if query and path == SEARCH else ""
    response = HttpResponseRedirect(there.address("home") + escape_uri_path(path) + kept, status=303)
    response.headers["Cache-Control"] = "no-store"
    if locale:
        remember(response, LOCALE_COOKIE, locale.code)
    if cloud:
        remember(response, CLOUD_COOKIE, cloud.value)
    return response


def _wrong(request: HttpRequest, locale: Locale | None, cloud: Cloud | None) -> str:
    """What the form names and the portal does not know."""
    asked = {"locale": locale, "cloud": cloud}
    return next((text[:40] for name, found in asked.items() if (text := request.POST.get(name)) and not found), "")


def _page_of(request: HttpRequest) -> tuple[Reader, str]:
    """The reader and the rest of the address that the form came from; the home page when it makes no sense."""
    match = PINNED.match(request.POST.get("here", "")[:2000])
    locale: Locale | None = locales.KNOWN.get(match[1].casefold()) if match else None
    cloud: Cloud | None = clouds.find(match[2]) if match else None
    if not match or not locale or not cloud:
        return remembered(request), ""
    return Reader(locale=locale, cloud=cloud), match[3]
