"""Emphasis, strong emphasis and strikethrough by delimiter runs (CommonMark section 6.2, and GitHub's `~`)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from ..escapes import PUNCTUATION
from .pieces import Run

if TYPE_CHECKING:
    from .scan import Scan

_RUN = re.compile(r"\*+|_+|~+")
_SPACE = 1
_PUNCTUATION = 2
_MAX_TILDES = 2


class _Kinds(dict[str, int]):
    """White space, punctuation or (0) neither, remembered per character."""

    def __missing__(self, char: str) -> int:
        kind = 0
        if char in "\t\n\f\r" or unicodedata.category(char) == "Zs":
            kind = _SPACE
        elif char in PUNCTUATION or unicodedata.category(char)[0] == "P":
            kind = _PUNCTUATION
        self[char] = kind
        return kind


_kind_of = _Kinds()


def scan_delimiters(scan: Scan, at: int) -> int:
    """Read a run, and note whether it may open or close by what stands on both sides of it."""
    text = scan.text
    found = _RUN.match(text, at)
    assert found
    end = found.end()
    char = text[at]
    before, after = _kinds_around(text, at, end, across="" if char == "~" else "~")
    left = after != _SPACE and (after != _PUNCTUATION or before != 0)
    right = before != _SPACE and (before != _PUNCTUATION or after != 0)
    if char == "_":
        left, right = left and (not right or before == _PUNCTUATION), right and (not left or after == _PUNCTUATION)
    if not (left or right) or (char == "~" and end - at > _MAX_TILDES):
        scan.pieces.append(found[0])
        return end
    run = Run(char, end - at, can_open=left, can_close=right)
    scan.pieces.append(run)
    scan.runs.append(run)
    return end


def _kinds_around(text: str, start: int, end: int, *, across: str) -> tuple[int, int]:
    """What stands before and after a run; emphasis looks across tildes (as cmark-gfm does)."""
    while start and text[start - 1] in across:
        start -= 1
    while end < len(text) and text[end] in across:
        end += 1
    return _kind_of[text[start - 1]] if start else _SPACE, _kind_of[text[end]] if end < len(text) else _SPACE


def match_runs(runs: list[Run], bottom: int) -> None:
    """Match closers with openers among the runs from `bottom` on, and forget those runs."""
    openers: list[tuple[int, Run]] = []
    floor: dict[tuple[str, int], int] = {}
    for order, closer in enumerate(runs[bottom:]):
        if closer.can_close:
            _close(closer, order, openers, floor)
        if closer.left and closer.can_open:
            openers.append((order, closer))
    del runs[bottom:]


def _close(closer: Run, order: int, openers: list[tuple[int, Run]], floor: dict[tuple[str, int], int]) -> None:
    key = (closer.char, closer.length % 3)
    while closer.left:
        index = _opener_for(closer, openers, floor.get(key, -1))
        if index is None:
            floor[key] = order
            return
        opener = openers[index][1]
        del openers[index + 1 :]
        if closer.char == "~":
            _strike(opener, closer)
            openers.pop()
            return
        _pair(opener, closer)
        if not opener.left:
            openers.pop()


def _opener_for(closer: Run, openers: list[tuple[int, Run]], floor: int) -> int | None:
    for index in range(len(openers) - 1, -1, -1):
        order, opener = openers[index]
        if order < floor:
            return None
        if opener.char == closer.char and _fit(opener, closer):
            return index
    return None


def _fit(opener: Run, closer: Run) -> bool:
    """The rule of three: a run that both opens and closes must not add up to a multiple of three, unless both do."""
    return (
        not (closer.can_open or opener.can_close) or closer.length % 3 == 0 or (opener.length + closer.length) % 3 != 0
    )


def _pair(opener: Run, closer: Run) -> None:
    used = 2 if opener.left >= 2 and closer.left >= 2 else 1
    opener.starts.append("strong" if used == 2 else "em")
    closer.ends += 1
    opener.left -= used
    closer.left -= used


def _strike(opener: Run, closer: Run) -> None:
    """Tildes match whole runs of the same length; unequal ones are text, and done with."""
    closer.can_open = False
    if opener.length == closer.length:
        opener.starts.append("del")
        closer.ends += 1
        opener.left = closer.left = 0
