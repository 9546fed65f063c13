"""Who a page is for: the language and the cloud that its address names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import escape_uri_path, iri_to_uri

from portal import clouds, locales
from portal.clouds import Cloud
from portal.locales import Locale

LOCALE_COOKIE, CLOUD_COOKIE = "portal_locale", "portal_cloud"
ONE_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, kw_only=True)
class Reader:
    """The reader an address speaks of; two readers with the same address see the same bytes."""

    locale: Locale
    cloud: Cloud

    @property
    def words(self) -> Locale:
        """The language of the portal's own words: the reader's if they exist in it, else English."""
        return self.locale if self.locale.code in locales.PORTAL_LANGUAGES else locales.get(locales.ENGLISH)

    @property
    def words_are_hers(self) -> bool:
        return self.words.code == self.locale.code

    def address(self, name: str, /, **parts: Any) -> str:
        """The address of a page in this language and cloud."""
        return reverse(name, kwargs={"locale": self.locale.code, "cloud": self.cloud.value, **parts})


class UnknownReader(Http404):
    """The address names a language or a cloud that the portal does not know."""

    def __init__(self, locale: str | None, cloud: str | None) -> None:
        super().__init__(f"unknown locale {locale!r} or cloud {cloud!r}")
        self.locale, self.cloud = locale, cloud


def remembered(request: HttpRequest) -> Reader:
    """The reader of an address without language and cloud: by cookie, then Accept-Language; cloud by cookie, then public."""
    chosen = locales.find(request.COOKIES.get(LOCALE_COOKIE, ""))
    asked = locales.from_accept_language(request.headers.get("Accept-Language", ""))
    cloud = clouds.find(request.COOKIES.get(CLOUD_COOKIE, ""))
    return Reader(locale=chosen or asked or locales.get(locales.ENGLISH), cloud=cloud or Cloud.PUBLIC)


def remember(response: HttpResponse, name: str, value: str) -> None:
    """Keep a choice for the redirects that have to guess."""
    response.set_cookie(name, value, max_age=ONE_YEAR, samesite="Lax", httponly=True, secure=settings.HTTPS)


View = Callable[..., HttpResponse]


def for_reader(view: View) -> View:
    """Give a view its Reader from the address, in the reader's words. Raises UnknownReader, shown as a 404 page."""

    @wraps(view)
    def wrapper(request: HttpRequest, locale: str, cloud: str, **parts: Any) -> HttpResponse:
        found, place = locales.KNOWN.get(locale.casefold()), clouds.find(cloud)
        if found is None or place is None:
            raise UnknownReader(None if found else locale, None if place else cloud)
        if (locale, cloud) != (found.code, place.value):
            return HttpResponsePermanentRedirect(canonical(request, found, place))
        reader = Reader(locale=found, cloud=place)
        with translation.override(reader.words.language):
            return view(request, reader, **parts)

    return wrapper


def canonical(request: HttpRequest, found: Locale, place: Cloud) -> str:
    """The asked address in the spelling of all others: its first two parts as the portal writes them."""
    rest = request.path.split("/", 3)[3]
    query = request.META.get("QUERY_STRING", "")
    return f"/{found.code}/{place.value}/{escape_uri_path(rest)}" + (f"?{iri_to_uri(query)}" if query else "")
