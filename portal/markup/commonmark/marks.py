"""Sentence marks: private-use characters that say which unit a stretch of text belongs to.

The reader of bilingual files sets them. The inline grammar never sees them: they are taken out before a text is parsed
and put back, at the same place, between the parsed pieces.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from portal.markup.source import UNIT_END, UNIT_START, UNIT_TEXT

_MARK = re.compile(rf"{UNIT_START}([\w.-]{{1,64}}){UNIT_TEXT}|{UNIT_END}")


class Mark(NamedTuple):
    """A unit starts (or, without a name, ends) at a position of the text without marks."""

    at: int
    unit: str | None


def has_marks(text: str) -> bool:
    return UNIT_START in text or UNIT_END in text


def without_marks(text: str) -> str:
    return _MARK.sub("", text) if has_marks(text) else text


def taken_out(text: str, unit: str | None = None) -> tuple[str, list[Mark], str | None]:
    """The text without marks; the marks, last one first; the unit still open at the end.

    `unit` was open already when the text began.
    """
    parts, read, length = [], 0, 0
    marks = [Mark(0, unit)] if unit else []
    for mark in _MARK.finditer(text):
        part = text[read : mark.start()]
        parts.append(part)
        length += len(part)
        read = mark.end()
        unit = mark[1]
        marks.append(Mark(length, unit))
    return "".join(parts) + text[read:], marks[::-1], unit
