"""Anonymous pages kept as bytes in the process, valid for one content version; validators and headers for all other caches.

The version is polled, at most once in CONTENT_POLL_MILLISECONDS, and read in the same snapshot as the page kept under it, so
that a new text shows in every process within 200 ms of its commit (platform.md has the measurements).
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

from portal.pages.showing import wants_part

# Written as one message, so that the isolation level, which must come first, costs no round trip of its own.
SNAPSHOT = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT number FROM portal_contentversion WHERE id = 1"
)
VERSION = "SELECT number FROM portal_contentversion WHERE id = 1"
# Smaller than this, gzip costs more than it saves.
LEAST_TO_COMPRESS = 500

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of one page, plain and compressed, and what is sent with them."""

    body: bytes
    compressed: bytes | None
    etag: str
    headers: tuple[tuple[str, str], ...]

    @property
    def size(self) -> int:
        return len(self.body) + len(self.compressed or b"") + 500


class PageStore:
    """The pages of one content version, least recently used out first, bounded in bytes; safe for threads.

    `capacity` in bytes; `read_version` asks for the content version of the moment.
    """

    def __init__(self, capacity: int, read_version: Callable[[], int]) -> None:
        self.capacity = capacity
        self._read_version = read_version
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._size = 0
        self._version: int | None = None
        self._polled_at = 0.0
        self._lock = threading.Lock()
        self._polling = threading.Lock()

    def get(self, key: Key) -> Page | None:
        self._follow()
        with self._lock:
            page = self._pages.get(key)
            if page:
                self._pages.move_to_end(key)
            return page

    def put(self, key: Key, page: Page, version: int) -> None:
        """Keep a page that was read under `version`; an older or newer one than the store's is not kept."""
        with self._lock:
            if version != self._version or page.size > self.capacity // 8:
                return
            if old := self._pages.pop(key, None):
                self._size -= old.size
            self._pages[key] = page
            self._size += page.size
            while self._size > self.capacity:
                _, oldest = self._pages.popitem(last=False)
                self._size -= oldest.size

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._size, self._version, self._polled_at = 0, None, 0.0

    def _follow(self) -> None:
        """Look at the version, unless somebody did just now, and drop all pages when it has changed.

        One thread looks while the others wait for its answer: two answers could be put down in the wrong order, and the
        older one would bring old pages back.
        """
        if self._is_followed():
            return
        with self._polling:
            if self._is_followed():
                return
            asked_at = time.monotonic()
            version = self._read_version()
            with self._lock:
                self._polled_at = asked_at
                if version != self._version:
                    self._pages.clear()
                    self._size, self._version = 0, version

    def _is_followed(self) -> bool:
        age = time.monotonic() - self._polled_at
        return self._version is not None and age < settings.CONTENT_POLL_MILLISECONDS / 1000


def read_version() -> int:
    with connection.cursor() as cursor:
        cursor.execute(VERSION)
        return cursor.fetchone()[0]


store = PageStore(settings.PAGE_CACHE_MEGABYTES * 1024 * 1024, read_version)


@contextmanager
def snapshot() -> Iterator[int]:
    """One moment of the database for all queries of a page; gives the content version of that moment.

    Inside a transaction of the caller (a test) the isolation level is the caller's.
    """
    if connection.in_atomic_block:
        yield read_version()
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SNAPSHOT)
        cursor.nextset()
        yield cursor.fetchone()[0]


def public_page(*parameters: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A page that is the same for everyone at its address; of its query only `parameters` count, in any order.

    The part of it that htmx asks for is kept by itself: whoever opens the page must never get a part instead.

    The view may set no cookie and read none. Pages other than 200 are made anew each time and sent with `no-cache`.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in ("GET", "HEAD"):
                return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
            known = tuple((name, request.GET[name]) for name in sorted(parameters) if name in request.GET)
            key = (request.scheme, request.get_host(), request.path, wants_part(request), known)
            if page := store.get(key):
                return answer(request, page)
            with snapshot() as version:
                response = view(request, *args, **kwargs)
                if hasattr(response, "render"):
                    response.render()
            if response.status_code != 200:
                response.headers.setdefault("Cache-Control", "no-cache")
                return response
            page = page_of(response)
            store.put(key, page, version)
            return answer(request, page)

        return wrapper

    return decorate


def page_of(response: HttpResponse) -> Page:
    body = response.content
    compressed = gzip.compress(body, 6, mtime=0) if len(body) >= LEAST_TO_COMPRESS else None
    response.headers.setdefault(
        "Cache-Control", f"public, max-age=0, s-maxage={settings.PAGE_SHARED_SECONDS}, must-revalidate"
    )
    patch_vary_headers(response, ["Accept-Encoding"])
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    return Page(
        body=body, compressed=compressed, etag=hashlib.sha256(body).hexdigest()[:32], headers=tuple(headers.items())
    )


def answer(request: HttpRequest, page: Page) -> HttpResponse:
    """The page as this request can take it: compressed or plain, or 304 when the client has it already."""
    zipped = page.compressed is not None and accepts_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    if (wanted := request.META.get("HTTP_IF_NONE_MATCH")) and has_etag(wanted, page.etag):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(page.compressed if zipped else page.body)
        if zipped:
            response.headers["Content-Encoding"] = "gzip"
    for name, value in page.headers:
        response.headers[name] = value
    response.headers["ETag"] = f'"{page.etag}-gz"' if zipped else f'"{page.etag}"'
    return response


def accepts_gzip(header: str) -> bool:
    for part in header.split(","):
        coding, _, weight = part.partition(";")
        if coding.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def has_etag(header: str, etag: str) -> bool:
    """Whether If-None-Match names this page, plain or compressed, weak or strong (RFC 9110, 13.1.2)."""
    names = {name.strip().removeprefix("W/").strip('"') for name in header.split(",")}
    return bool(names & {etag, f"{etag}-gz", "*"})
