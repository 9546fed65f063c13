"""The portal's addresses, after two of the benchmarks: a bare view of constant bytes, and which worker answers."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal import urls

handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


@cache
def constant_bytes() -> bytes:
    """Read once in each worker, at the first request: the server is up before the bytes are known."""
    return Path(os.environ["BENCH_BYTES"]).read_bytes()


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(constant_bytes())


def worker(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(os.getpid()), content_type="text/plain")


urlpatterns = [
    path("bench/bare/", bare),
    path("bench/worker/", worker),
    *urls.urlpatterns,
]
