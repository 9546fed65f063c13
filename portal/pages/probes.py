"""Probes for supervisors and load balancers: whether the process lives, and whether it can serve."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.pages.caching import read_version

PLAIN = "text/plain; charset=utf-8"


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type=PLAIN)


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Ready when the database answers and has been migrated."""
    try:
        version = read_version()
    except DatabaseError:
        return HttpResponse("the database does not answer, or has not been migrated\n", status=503, content_type=PLAIN)
    return HttpResponse(f"ok, content version {version}\n", content_type=PLAIN)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    says = "User-agent: *\nDisallow: /staff/\nDisallow: /api/\nDisallow: /topics/\n"
    return HttpResponse(says, content_type=PLAIN, headers={"Cache-Control": "public, max-age=3600"})
