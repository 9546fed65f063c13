"""Guards the forms of anonymous pages, which carry no token so that every cache can hold them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from portal.pages import problem_pages


def same_origin(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse a POST that does not come from a page of ours: by Sec-Fetch-Site, and by Origin for browsers without it."""

    @csrf_exempt
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not comes_from_here(request):
            return problem_pages.foreign_form(request)
        return view(request, *args, **kwargs)

    return wrapper


def comes_from_here(request: HttpRequest) -> bool:
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site != "same-origin":
        return False
    if origin is None:
        return site == "same-origin"
    try:
        return urlsplit(origin).netloc == request.get_host()
    except ValueError:
        return False
