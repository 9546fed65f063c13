"""Pictures of the collections, with a policy that lets none of them act."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from portal import locales
from portal.articles.models import Media

POLICY = "default-src 'none'; style-src 'none'; sandbox"
DRAWING = re.compile(r"^(.+\.(?:light|dark))\.([a-z]{2}-[a-z]{2})(\.svg)$")


@require_safe
def media(request: HttpRequest, collection: str, path: str) -> HttpResponse:
    """One picture; a drawing that lacks the asked language comes in English."""
    found = {one.path: one for one in Media.objects.filter(collection=collection, path__in=_candidates(path))}
    picture = next((found[name] for name in _candidates(path) if name in found), None)
    if picture is None:
        raise Http404
    etag = f'"{picture.digest[:32]}"'
    if etag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(bytes(picture.content), content_type=picture.content_type)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=3600, stale-while-revalidate=86400"
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _candidates(path: str) -> list[str]:
    drawing = DRAWING.match(path)
    if not drawing:
        return [path]
    return [path, f"{drawing[1]}.{locales.ENGLISH}{drawing[3]}"]
