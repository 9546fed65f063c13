"""Errors of the API as problem details (RFC 9457): what is wrong and what would be right."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

TYPE = "application/problem+json"
TITLES = {
    400: "Bad request",
    401: "Sign-in needed",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    413: "Too large",
    422: "Answers cannot be used",
    429: "Too many requests",
    500: "Our mistake",
    503: "Not now",
}


class BadValue(Exception):
    """A parameter that makes no sense; `detail` says what would."""

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__(detail)
        self.parameter, self.detail = parameter, detail


class NotSignedIn(Exception):
    """Nobody is signed in, or the token is none that counts; the message says what to do."""


class NotAllowed(Exception):
    """Her role, or her token, does not carry the right; the message names it."""


class NotUsable(Exception):
    """Answers that a form does not take; `faults` names each."""

    def __init__(self, detail: str, faults: list[dict[str, str]]) -> None:
        super().__init__(detail)
        self.faults = faults


class NotNow(Exception):
    """It would take too long, or something it needs is away; the message says what to do."""


class NotKnown(Exception):
    """What was asked for does not exist."""


def problem(status: int, detail: str, **more: object) -> HttpResponse:
    body = {"type": "about:blank", "title": TITLES.get(status, "Error"), "status": status, "detail": detail, **more}
    response = HttpResponse(json.dumps(body), status=status, content_type=TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response


def install(api: NinjaAPI) -> None:
    """Answer every failure of the API in this one shape."""

    @api.exception_handler(BadValue)
    def bad_value(request: HttpRequest, error: BadValue) -> HttpResponse:
        return problem(400, error.detail, parameter=error.parameter)

    @api.exception_handler(NotKnown)
    def not_known(request: HttpRequest, error: NotKnown) -> HttpResponse:
        return problem(404, str(error))

    @api.exception_handler(NotSignedIn)
    def not_signed_in(request: HttpRequest, error: NotSignedIn) -> HttpResponse:
        response = problem(401, str(error))
        response.headers["WWW-Authenticate"] = 'Bearer realm="portal"'
        return response

    @api.exception_handler(NotAllowed)
    def not_allowed(request: HttpRequest, error: NotAllowed) -> HttpResponse:
        return problem(403, str(error))

    @api.exception_handler(NotUsable)
    def not_usable(request: HttpRequest, error: NotUsable) -> HttpResponse:
        return problem(422, str(error), faults=error.faults)

    @api.exception_handler(NotNow)
    def not_now(request: HttpRequest, error: NotNow) -> HttpResponse:
        return problem(503, str(error))

    @api.exception_handler(Http404)
    def no_page(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(404, "There is nothing at this address. /api/v1/docs lists what there is.")

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        first = error.errors[0] if error.errors else {}
        where = str(first.get("loc", ("", "value"))[-1])
        return problem(400, f"{where}: {first.get('msg', 'makes no sense')}.", parameter=where)

    @api.exception_handler(HttpError)
    def other(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, str(error))
