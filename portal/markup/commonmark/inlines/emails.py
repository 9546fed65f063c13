"""Bare e-mail addresses in finished text (GitHub's extension): looked for when everything else has been read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_LOCAL_PART = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-_"
_SCHEME = re.compile(r"(?<![A-Za-z0-9.+_-])(?:(mailto)|xmpp):\Z", re.IGNORECASE)
# Both match anywhere, if only nothing, so that `match` never answers None.
_DOMAIN = re.compile(r"(?>[A-Za-z0-9_-]|\.(?=[A-Za-z0-9]))*+")
_XMPP_DOMAIN = re.compile(r"(?>[A-Za-z0-9_/-]|\.(?=[A-Za-z0-9]))*+")
_LONGEST_SCHEME = 8


class Email(NamedTuple):
    """An address within a text."""

    start: int
    end: int
    target: str


def emails_in(text: str) -> Iterator[Email]:
    """The addresses of a text, from left to right."""
    read = 0
    while (at := text.find("@", read)) >= 0:
        start = read + len(text[read:at].rstrip(_LOCAL_PART))
        scheme = _SCHEME.search(text, max(read, start - _LONGEST_SCHEME), start)
        pattern = _XMPP_DOMAIN if scheme and not scheme[1] else _DOMAIN
        end = pattern.match(text, at + 1).end()
        if start == at or text.startswith("@", end):
            read = at + 1
            continue
        read = end
        if "." not in text[at + 1 : end] or not _ends_well(text[end - 1]):
            continue
        if scheme:
            yield Email(scheme.start(), end, text[scheme.start() : end])
        else:
            yield Email(start, end, f"mailto:{text[start:end]}")


def _ends_well(char: str) -> bool:
    return char.isascii() and char.isalpha()
