"""Shows a template to a reader: the whole page, or only its moving part when htmx asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path

from portal import locales
from portal.clouds import Cloud
from portal.locales import Locale
from portal.pages.reader import Reader

PRODUCT = "Mooring"  # what the portal is called, in every language


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """The same page in another language or cloud: a row of a switcher."""

    name: str
    code: str
    address: str
    exists: bool
    is_here: bool
    tag: str = ""
    dir: str = ""


def show(
    request: HttpRequest,
    reader: Reader,
    page: str,
    context: dict[str, Any],
    *,
    part: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render `page` with what its frame needs; only `part` when htmx asks for it, and tell caches so."""
    whole = part is None or not wants_part(request)
    frame = frame_of(request, reader, context.get("existing_locales"), context.get("existing_clouds"))
    response = render(request, page if whole else part, {**frame, **context}, status=status)
    if part is not None:
        patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for the moving part of a page; when it brings an old page back it needs the whole."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def in_place_of_all(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A whole page given to htmx, which asked for a part (her session has ended, say), takes the place of the page."""
    if request.htmx and not response.streaming and response.content.lstrip().startswith(b"<!doctype html>"):
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "body", "innerHTML"
    return response


def frame_of(
    request: HttpRequest, reader: Reader, existing_locales: list[str] | None, existing_clouds: list[Cloud] | None
) -> dict[str, Any]:
    """What the page template shows around every page: the reader, and the same page in other languages and clouds."""
    return {
        "product": PRODUCT,
        "reader": reader,
        "languages": languages(request, reader, existing_locales),
        "clouds": other_clouds(request, reader, existing_clouds),
        "here": request.path,
    }


def languages(request: HttpRequest, reader: Reader, existing: list[str] | None) -> list[Elsewhere]:
    """Every language the portal knows, those the page exists in first."""
    rows = [
        _language(
            locale, moved(request, reader, locale=locale), reader, exists=existing is None or locale.code in existing
        )
        for locale in locales.KNOWN.values()
    ]
    return sorted(rows, key=lambda row: not row.exists)


def _language(locale: Locale, address: str, reader: Reader, *, exists: bool) -> Elsewhere:
    is_here = locale.code == reader.locale.code
    return Elsewhere(
        name=locale.name,
        code=locale.code,
        address=address,
        exists=exists,
        is_here=is_here,
        tag=locale.tag,
        dir=locale.dir,
    )


def other_clouds(request: HttpRequest, reader: Reader, existing: list[Cloud] | None) -> list[Elsewhere]:
    """Every cloud, those that have this page first; the closed one only where old content exists for it."""
    rows = [
        Elsewhere(
            name=cloud.label,
            code=cloud.value,
            address=moved(request, reader, cloud=cloud),
            exists=existing is None or cloud in existing,
            is_here=cloud is reader.cloud,
        )
        for cloud in Cloud
        if not cloud.is_closed or cloud is reader.cloud or cloud in (existing or [])
    ]
    return sorted(rows, key=lambda row: not row.exists)


def moved(request: HttpRequest, reader: Reader, *, locale: Locale | None = None, cloud: Cloud | None = None) -> str:
    """The address of this page in another language or cloud."""
    here = f"/{reader.locale.code}/{reader.cloud.value}/"
    rest = request.path[len(here) :] if request.path.startswith(here) else ""
    return f"/{(locale or reader.locale).code}/{(cloud or reader.cloud).value}/{escape_uri_path(rest)}"
