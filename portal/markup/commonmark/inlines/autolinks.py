"""Addresses that become links by themselves: in `<…>` (CommonMark section 6.5), and bare ones (GitHub's)."""

from __future__ import annotations

import re
import unicodedata

from ..escapes import ENTITY, PUNCTUATION, address, decoded
from .pieces import END, Start
from .scan import Scan

_POINTED_ADDRESS = re.compile(r"<([A-Za-z][A-Za-z0-9.+-]{1,31}:[^\x00-\x20<>]*)>")
_POINTED_EMAIL = re.compile(
    r"<([a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*)>"
)
_SCHEME_BEFORE = re.compile(r"(?:https?|ftp)\Z", re.IGNORECASE)
_LETTERS_BEFORE = re.compile(r"[A-Za-z]*\Z")
_LONGEST_SCHEME = 5
_HOST = re.compile(r"(?:\\?[A-Za-z0-9._-])*")
# Matches anywhere, if only nothing, so that `match` never answers None.
_ADDRESS_END = re.compile(r"[^ \t\n\v\f\r<]*")
_ENTITY_AT_END = re.compile(r"&[A-Za-z]+;\Z")
_SPACES = "\t\n\f\r"
# From that many dots on, an underscore in the last two parts of a host name is let pass (as cmark-gfm does).
_MANY_DOTS = 10


def scan_pointed(scan: Scan, at: int) -> int | None:
    found = _POINTED_ADDRESS.match(scan.text, at)
    if found:
        target = ENTITY.sub(decoded, found[1])
        _add(scan, target, target)
        return found.end()
    found = _POINTED_EMAIL.match(scan.text, at)
    if found:
        _add(scan, f"mailto:{found[1]}", found[1])
        return found.end()
    return None


def scan_www(scan: Scan, at: int) -> int | None:
    text = scan.text
    if scan.brackets or not text.startswith("www.", at):
        return None
    if at and text[at - 1] not in "*_~( \t\n\v\f\r":
        return None
    domain = _domain_end(text, at, short=False)
    if domain is None:
        return None
    end = _trimmed(text, at, _ADDRESS_END.match(text, domain).end())
    _add(scan, "http://" + text[at:end], text[at:end])
    return end


def scan_scheme(scan: Scan, at: int) -> int | None:
    """At a colon: a scheme may stand before it, which has been read as text."""
    text = scan.text
    if scan.brackets or not text.startswith("://", at):
        return None
    letters = _LETTERS_BEFORE.search(text[max(0, at - _LONGEST_SCHEME - 1) : at])
    if not letters or not _SCHEME_BEFORE.fullmatch(letters[0]):
        return None
    if at + 3 >= len(text) or not _is_host_char(text[at + 3]):
        return None
    domain = _domain_end(text, at + 3, short=True)
    if domain is None:
        return None
    end = _trimmed(text, at, _ADDRESS_END.match(text, domain).end())
    start = at - len(letters[0])
    scan.drop_text(len(letters[0]))
    _add(scan, text[start:end], text[start:end])
    return end


def _add(scan: Scan, target: str, shown: str) -> None:
    scan.pieces.append(Start("a", {"href": address(target)}))
    scan.pieces.append(shown)
    scan.pieces.append(END)


def _is_host_char(char: str) -> bool:
    if char in PUNCTUATION or char in _SPACES:
        return False
    return unicodedata.category(char) != "Zs" and unicodedata.category(char)[0] != "P"


def _domain_end(text: str, start: int, *, short: bool) -> int | None:
    """Where the host name that starts at `start` ends; None where it is none. A short one needs no dot."""
    host = _HOST.match(text, start + 1, len(text) - 1) if text[start].isascii() else None
    parts = host[0].split(".") if host else [""]
    if any("_" in part for part in parts[-2:]) and len(parts) - 1 <= _MANY_DOTS:
        return None
    if len(parts) == 1 and not short:
        return None
    return host.end() if host else start + 1


def _trimmed(text: str, start: int, end: int) -> int:
    """Punctuation at the end is the sentence's, and so is a parenthesis that was not opened within."""
    surplus = text.count(")", start, end) - text.count("(", start, end)
    while end > start:
        char = text[end - 1]
        if char == ")":
            if surplus <= 0:
                break
            surplus -= 1
            end -= 1
        elif char == ";":
            entity = _ENTITY_AT_END.search(text, max(start, end - 40), end)
            end = entity.start() if entity else end - 1
        elif char in "?!.,:*_~'\"":
            end -= 1
        else:
            break
    return end
