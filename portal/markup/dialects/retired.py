"""Addresses that moved since the articles were written, by the table `data/retired.toml`."""

from __future__ import annotations

import re
from functools import lru_cache

from portal.markup.dialects.context import table

_ADDRESS = re.compile(r"^https?://([^/?#\s]+)(/[a-z]{2}-[a-z]{2}(?=/|$))?([^?#]*)(.*)$", re.IGNORECASE | re.DOTALL)
_SUPPORT = re.compile(r"^/(?:help|kb)/(\d+)/?(?:[\w-]*)$")
SUPPORT_HOST = "support.microsoft.com"


@lru_cache(maxsize=8192)
def current(address: str) -> str:
    """Where an address lives now; the same address when the table knows nothing of it."""
    match = _ADDRESS.match(address)
    if not match:
        return address
    host, locale, path, rest = match[1].lower(), match[2] or "", match[3], match[4]
    moved = table("retired")
    if host == SUPPORT_HOST:
        number = _SUPPORT.match(path)
        return moved["support"].get(number[1], address) if number else address
    new_host = moved["hosts"].get(host, host)
    if new_host != "learn.microsoft.com":
        return address
    new_path = _moved_path(path)
    if new_host == host and new_path == path:
        return address
    return f"https://{new_host}{locale}{new_path}{rest}"


def is_numbered_help(address: str) -> bool:
    """Whether it names a knowledge base article by a number that the table cannot place."""
    match = _ADDRESS.match(address)
    return bool(match and match[1].lower() == SUPPORT_HOST and _SUPPORT.match(match[3]))


def _moved_path(path: str) -> str:
    moved = table("retired")
    bare = path.rstrip("/").lower()
    if bare in moved["pages"]:
        return moved["pages"][bare]
    end = len(path)
    while (end := path.rfind("/", 0, end)) > 0:
        if prefix := moved["prefixes"].get(path[: end + 1].lower()):
            return prefix + path[end + 1 :]
    return path
