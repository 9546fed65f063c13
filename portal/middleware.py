"""The portal's own middleware: the security policy, failures as programs read them, addresses that no database can hold."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

from portal.api import problems

Handler = Callable[[HttpRequest], HttpResponse]


def content_security_policy(get_response: Handler) -> Handler:
    """Send SECURE_CSP with every answer that brings no policy of its own."""
    policy = "; ".join(f"{name} {' '.join(values)}" for name, values in settings.SECURE_CSP.items())

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return middleware


SAYS = {
    400: "This request makes no sense to us. Check the address and its parameters.",
    403: "This is not allowed.",
    404: "There is nothing at this address. /api/v1/docs lists what there is.",
    405: "This address cannot be asked so. The header Allow says how.",
}
FAILED = "Something went wrong on our side. Nothing was changed. Try again in a minute."


def heads_for_programs(get_response: Handler) -> Handler:
    """Let HEAD ask whatever GET may below /api/; the server leaves the body out."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method != "HEAD" or not request.path.startswith("/api/"):
            return get_response(request)
        request.method = "GET"
        response = get_response(request)
        request.method = "HEAD"
        return response

    return middleware


def problems_for_programs(get_response: Handler) -> Handler:
    """Answer every failure below /api/ as problem details, whoever found it: a program cannot read a page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        kind = response.headers.get("Content-Type", "")
        if not request.path.startswith("/api/") or response.status_code < 400 or kind == problems.TYPE:
            return response
        answer = problems.problem(response.status_code, SAYS.get(response.status_code, FAILED))
        if "Allow" in response.headers:
            answer.headers["Allow"] = response.headers["Allow"]
        return answer

    return middleware


def bad_address(get_response: Handler) -> Handler:
    """Answer 400 to a NUL character in an address or a cookie: Postgres refuses it, and we write none."""

    def middleware(request: HttpRequest) -> HttpResponse:
        in_address = "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", "")
        if in_address or any("\x00" in value for value in request.COOKIES.values()):
            return HttpResponseBadRequest(
                "This address, or a cookie, holds a NUL character. Remove it and try again.", content_type="text/plain"
            )
        return get_response(request)

    return middleware
