"""Link destinations, titles and labels (CommonMark sections 4.7 and 6.5), for inline links and for definitions."""

from __future__ import annotations

import re

from .escapes import unescaped

MAX_LABEL = 1000
_MAX_PARENTHESES = 32
_POINTED = re.compile(r"<((?>[^<>\\\n]+|\\.)*+)>")
# Matches anywhere, if only nothing, so that `match` never answers None.
_PLAIN = re.compile(r"[^ \t\n\v\f\r()\\]*")
_PART = re.compile(r"[^ \t\n\v\f\r()\\]+|\\[!-/:-@\[-`{-~]|[()\\]")
_TITLE = re.compile(r"\"(?>[^\"\\]+|\\.)*+\"|'(?>[^'\\]+|\\.)*+'|\((?>[^()\\]+|\\.)*+\)", re.DOTALL)
_LABEL = re.compile(r"\[((?>[^\\\[\]]+|\\.)*+)\]", re.DOTALL)
_BLANKS_AND_LINE = re.compile(r"[ \t]*+(?:\n[ \t]*+)?")
_SPACE = " \t\n\v\f\r"


def skip_space(text: str, at: int) -> int:
    """Past blanks with at most one line end among them."""
    found = _BLANKS_AND_LINE.match(text, at)
    return found.end() if found else at


def scan_destination(text: str, at: int) -> tuple[str, int] | None:
    """The destination that starts at `at`, and where it ends."""
    if text.startswith("<", at):
        found = _POINTED.match(text, at)
        return (unescaped(found[1]), found.end()) if found else None
    end = _PLAIN.match(text, at).end()
    if end < len(text) and text[end] in "(\\":
        end = _end_of_balanced(text, end)
        if end < 0:
            return None
    return unescaped(text[at:end]), end


def _end_of_balanced(text: str, at: int) -> int:
    """Where a closing parenthesis too many, or white space, ends the address; -1 where it nests too deep."""
    depth = 0
    while part := _PART.match(text, at):
        if part[0] == "(":
            depth += 1
            if depth > _MAX_PARENTHESES:
                return -1
        elif part[0] == ")":
            if not depth:
                break
            depth -= 1
        at = part.end()
    return at


def scan_title(text: str, at: int) -> tuple[str, int] | None:
    """The quoted title that starts at `at`, and where it ends."""
    found = _TITLE.match(text, at)
    return (unescaped(found[0][1:-1]), found.end()) if found else None


def scan_label(text: str, at: int) -> tuple[str, int] | None:
    """The `[label]` that starts at `at`, without its brackets, and where it ends."""
    found = _LABEL.match(text, at, at + MAX_LABEL + 2)
    return (found[1], found.end()) if found else None


def normalized_label(label: str) -> str:
    """Labels are compared case-folded and with their white space collapsed."""
    return " ".join(label.split()).casefold()


def is_space(char: str) -> bool:
    return char in _SPACE
