"""Marks around the units of a bilingual text, set so that Markdown reads the same with and without them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from portal.markup.source import UNIT_END, UNIT_START, UNIT_TEXT

_SAFE_NAME = re.compile(r"[A-Za-z0-9-]{1,40}")
# Block syntax at the beginning of a line: the mark goes behind it, so that a list stays a list.
_LEAD = re.compile(r"(?:[ \t]*(?:>|(?:[*+-]|\d{1,9}[.)]|#{1,6})(?=[ \t])))*[ \t]*")
# Lines that would no longer be what they are with a mark in them: fences, table rows, underlines, link definitions and
# HTML blocks.
_UNMARKABLE = re.compile(
    r"`{3,}|~{3,}|\||\[[^\]\n]{1,200}\]:|[: \t=_*-]+\Z|<!--|</?(?:"
    "blockquote|details|div|dl|dt|dd|figure|h[1-6]|hr|li|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
    r")\b",
    re.IGNORECASE,
)
# A character reference would bring a mark in by the back door once Markdown decodes it.
_FORGED = re.compile(r"&#(?:[xX]0{0,6}[eE]00[0-2]|0{0,6}5734[4-6]);")

_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})", re.MULTILINE)
_TICKS = re.compile(r"`+|\n[ \t]*\n")


def name(written: str, number: int) -> str:
    """The unit's name as written, or one of ours where that could not stand in a text or an attribute."""
    return written if _SAFE_NAME.fullmatch(written) else f"unit-{number}"


def marked(unit: str, text: str) -> str:
    """The text of a unit with marks around what it has in each line."""
    if "&#" in text:
        text = _FORGED.sub("\N{REPLACEMENT CHARACTER}", text)
    return "\n".join(_marked_line(unit, line) for line in text.split("\n"))


def _marked_line(unit: str, line: str) -> str:
    start = _LEAD.match(line).end()
    end = _tail_at(line)
    if start >= end or _UNMARKABLE.match(line, start):
        return line
    return f"{line[:start]}{UNIT_START}{unit}{UNIT_TEXT}{line[start:end]}{UNIT_END}{line[end:]}"


def _tail_at(line: str) -> int:
    """Where blanks and a backslash at the end of the line begin: they may be a hard break, and stay outermost."""
    end = len(line.rstrip(" \t"))
    return end - 1 if line[end - 1 : end] == "\\" else end


@dataclass(frozen=True)
class Ranges:
    """Parts of a text, in order and apart from each other."""

    starts: list[int]
    ends: list[int]

    def holds(self, place: int) -> bool:
        at = bisect_right(self.starts, place) - 1
        return at >= 0 and place < self.ends[at]


def code_ranges(text: str) -> Ranges:
    """Where fenced code and code spans stand, near enough to tell an example of markup from markup."""
    fenced = _fenced(text)
    inline = [part for part in _inline(text) if not fenced.holds(part[0])]
    parts = sorted([*zip(fenced.starts, fenced.ends, strict=True), *inline])
    return Ranges([start for start, _ in parts], [end for _, end in parts])


def _fenced(text: str) -> Ranges:
    starts: list[int] = []
    ends: list[int] = []
    for fence in _FENCE.finditer(text):
        if len(starts) == len(ends):
            starts.append(fence.start())
            opening = fence[1]
        elif fence[1].startswith(opening):
            ends.append(fence.end())
    if len(ends) < len(starts):
        ends.append(len(text))
    return Ranges(starts, ends)


def _inline(text: str) -> list[tuple[int, int]]:
    """Code spans: from a run of backticks to the next one as long, within a paragraph."""
    found: list[tuple[int, int]] = []
    opening: re.Match[str] | None = None
    for ticks in _TICKS.finditer(text):
        if ticks[0][0] == "\n":
            opening = None
        elif opening is None:
            opening = ticks
        elif opening[0] == ticks[0]:
            found.append((opening.start(), ticks.end()))
            opening = None
    return found
