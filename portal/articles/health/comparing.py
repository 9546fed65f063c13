"""How the English of a translation differs from the English of today: lines that went and came, with the words marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Unchanged lines around a change; what lies further off is folded away.
AROUND = 2
# Longer texts are compared line by line only, so that no article takes a page's time.
MOST_WORDS = 4_000
WORDS = re.compile(r"\s+|[^\s\w]|\w+")


class Sort(StrEnum):
    """What became of a line or a word."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"
    FOLDED = "folded"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the comparison: pieces of text, each with what became of it; of folded ones only how many."""

    sort: Sort
    pieces: tuple[tuple[Sort, str], ...] = ()
    folded: int = 0


@dataclass(frozen=True, kw_only=True)
class Difference:
    """All lines in order, and which share of the words is another now, 0 to 1."""

    lines: tuple[Line, ...]
    share: float


def share_changed(before: str, after: str) -> float:
    """Which share of the words is another now; 0 means the same words, 1 that none is left."""
    first, second = before.split(), after.split()
    if len(first) + len(second) > 2 * MOST_WORDS:
        first, second = before.splitlines(), after.splitlines()
    return 1 - SequenceMatcher(None, first, second, autojunk=False).ratio()


def compare(before: str, after: str) -> Difference:
    return Difference(lines=tuple(_lines(_rows(before), _rows(after))), share=share_changed(before, after))


def _rows(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _lines(before: list[str], after: list[str]) -> Iterator[Line]:
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for number, (step, start, end, new_start, new_end) in enumerate(steps):
        if step == "equal":
            yield from _same(before[start:end], is_first=number == 0, is_last=number == len(steps) - 1)
            continue
        gone, new = before[start:end], after[new_start:new_end]
        for old, fresh in zip(gone, new, strict=False):
            yield from _changed(old, fresh)
        yield from (_whole(Sort.GONE, line) for line in gone[len(new) :])
        yield from (_whole(Sort.NEW, line) for line in new[len(gone) :])


def _same(lines: list[str], *, is_first: bool, is_last: bool) -> Iterator[Line]:
    head = 0 if is_first else AROUND
    tail = 0 if is_last else AROUND
    if len(lines) <= head + tail + 1:
        yield from (_whole(Sort.SAME, line) for line in lines)
        return
    yield from (_whole(Sort.SAME, line) for line in lines[:head])
    yield Line(sort=Sort.FOLDED, folded=len(lines) - head - tail)
    yield from (_whole(Sort.SAME, line) for line in lines[len(lines) - tail :])


def _whole(sort: Sort, line: str) -> Line:
    return Line(sort=sort, pieces=((sort, line),))


def _changed(old: str, fresh: str) -> Iterator[Line]:
    """A line that became another: twice, with the words that differ marked in each."""
    first, second = WORDS.findall(old), WORDS.findall(fresh)
    steps = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    gone = [(Sort.SAME if step == "equal" else Sort.GONE, "".join(first[a:b])) for step, a, b, _, _ in steps if b > a]
    new = [(Sort.SAME if step == "equal" else Sort.NEW, "".join(second[c:d])) for step, _, _, c, d in steps if d > c]
    yield Line(sort=Sort.GONE, pieces=tuple(gone))
    yield Line(sort=Sort.NEW, pieces=tuple(new))
