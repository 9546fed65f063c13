"""The portal's own middleware: the security policy, failures as programs read them, addresses that no database can hold."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.cache import get_conditional_response, set_response_etag

from portal.api import limits, problems

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
    401: "This needs a sign-in or an API token. /api/v1/docs says how to get one.",
    400: "This request makes no sense to us. Check the address and its parameters.",
    403: "This is not allowed.",
    404: "There is nothing at this address. /api/v1/docs lists what there is.",
    406: "This API answers in JSON only. Ask with Accept: application/json, or without Accept.",
    413: "This is larger than the API takes. Send less at a time.",
    405: "This address cannot be asked so. The header Allow says how.",
}
# What a failure keeps of the headers it came with.
KEPT = ("Allow", "RateLimit", "RateLimit-Policy")
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
        says = FAILED if response.status_code >= 500 else SAYS[400]
        answer = problems.problem(response.status_code, SAYS.get(response.status_code, says))
        for name in filter(response.has_header, KEPT):
            answer.headers[name] = response.headers[name]
        return answer

    return middleware


def limits_for_programs(get_response: Handler) -> Handler:
    """Refuse a client of the API that asks too often, and tell each how much it may still ask."""

    def middleware(request: HttpRequest) -> HttpResponse:
        found = limits.allowance(request) if request.path.startswith("/api/") else None
        if found is None:
            return get_response(request)
        return limits.tell(limits.refusal(found) if found.is_exceeded else get_response(request), found)

    return middleware


PAGE_OF_PROGRAMS = "/api/v1/docs"


def validators_for_programs(get_response: Handler) -> Handler:
    """Let a program keep what it has read: an ETag on every answer below /api/, and 304 to one that has it already.

    An answer in a form that the client does not take is refused before anything is done.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            return get_response(request)
        wanted = ("text/html",) if request.path == PAGE_OF_PROGRAMS else ("application/json", problems.TYPE)
        if not any(request.accepts(one) for one in wanted):
            return problems.problem(406, SAYS[406])
        response = get_response(request)
        if request.method != "GET" or response.status_code != 200 or response.streaming:
            return response
        response.headers.setdefault("Cache-Control", "no-cache")
        set_response_etag(response)
        return get_conditional_response(request, etag=response.headers["ETag"], response=response)

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
