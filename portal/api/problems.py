"""Errors of the API as problem details (RFC 9457): what is wrong and what would be right."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

TYPE = "application/problem+json"
TITLES = {400: "Bad request", 401: "Sign-in needed", 403: "Not allowed", 404: "Not found", 405: "Method not allowed"}


class BadValue(Exception):
    """A parameter that makes no sense; `detail` says what would."""

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__(detail)
        self.parameter, self.detail = parameter, detail


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
