"""How wide words are and where their lines break, without a font at hand: estimates that err on the wide side.

The figures are those of DejaVu Sans, the widest of the fonts that browsers take for `system-ui`; its bold is wider still.
"""

from __future__ import annotations

import re
import unicodedata

BOLD = 1.17
FULL = 1.0  # of Japanese, in every weight

_NARROW = frozenset("iljI.,:;'|! \u00b7")
_SLIM = frozenset('tfr()[]{}-/"')
_BROAD = frozenset("mwMW@%\u2014\u2026")
# Never at the start of a line in Japanese; they stay with what is before them.
_CLINGING = frozenset("、。，．・：；？！）］｝」』】〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.!?:;)]}\u201d")
_OPENING = frozenset("（［｛「『【〈《([{\u201c")
_SPACE = re.compile(r"\s+")
_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[-/_.@])")


def measure(text: str, size: float, *, bold: bool = False) -> float:
    """The estimated width of `text` at a font size, both in the units of the drawing."""
    return sum(_width(letter, bold=bold) for letter in text) * size


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """The lines of `text`, none wider than `width`; a word that is wider alone is broken."""
    lines: list[str] = []
    line = ""
    for unit, gap in _units(text):
        candidate = line + gap + unit if line else unit
        if measure(candidate, size, bold=bold) <= width:
            line = candidate
            continue
        if line:
            lines.append(line)
        *full, line = _broken(unit, width, size, bold=bold)
        lines += full
    return [*lines, line] if line else lines or [""]


def _width(letter: str, *, bold: bool) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return FULL
    if unicodedata.combining(letter):
        return 0.0
    return _regular(letter) * (BOLD if bold else 1.0)


def _regular(letter: str) -> float:
    if letter in _NARROW:
        return 0.32
    if letter in _SLIM:
        return 0.42
    if letter in _BROAD:
        return 0.95
    return 0.71 if letter.isupper() else 0.61


def _units(text: str) -> list[tuple[str, str]]:
    """What must stay together, each with the space before it: words, or single letters where a script has no spaces."""
    units: list[tuple[str, str]] = []
    for word in _SPACE.split(text.strip()):
        gap = " "
        for part in _parts(word):
            units.append((part, gap))
            gap = ""
    return units


def _parts(word: str) -> list[str]:
    parts: list[str] = []
    for letter in word:
        if parts and not _may_break(parts[-1][-1], letter):
            parts[-1] += letter
        else:
            parts.append(letter)
    return parts


def _may_break(before: str, after: str) -> bool:
    if after in _CLINGING or before in _OPENING:
        return False
    return "W" in (unicodedata.east_asian_width(before), unicodedata.east_asian_width(after))


def _broken(unit: str, width: float, size: float, *, bold: bool) -> list[str]:
    """A word that is too wide, in pieces: before a capital letter or after a hyphen where that is enough."""
    pieces = [""]
    for part in (part for joint in _JOINT.split(unit) for part in _fitting(joint, width, size, bold=bold)):
        if pieces[-1] and measure(pieces[-1] + part, size, bold=bold) > width:
            pieces.append("")
        pieces[-1] += part
    return pieces


def _fitting(part: str, width: float, size: float, *, bold: bool) -> list[str]:
    return [part] if measure(part, size, bold=bold) <= width else list(part)
