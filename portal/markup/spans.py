"""Bilingual text to its two sides: each unit of a localization build holds a translation and its original.

    <span data-ttu-id="5e1d9-102">LOCAL</span>
    <span class="sxs-lookup"><span data-stu-id="5e1d9-102">ORIGINAL</span></span>

Done on the text, before any Markdown, because a unit holds Markdown and Markdown holds units (dialects.md 6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from portal.markup import units
from portal.markup.source import Pair, Unreadable
from portal.problems import Problem, Severity

MOST_PROBLEMS = 50
# The longest real file has 89 pairs, which is 445 tags.
MOST_TAGS = 100_000

_TAG = re.compile(r"<span\b([^<>]{0,400})>|</span\s{0,20}>", re.IGNORECASE)
_LOCAL = re.compile(r"\bdata-ttu-id\s{0,20}=\s{0,20}[\"']?([^\"'\s>]{1,80})", re.IGNORECASE)
_ORIGINAL = re.compile(r"\bdata-stu-id\s{0,20}=\s{0,20}[\"']?([^\"'\s>]{1,80})", re.IGNORECASE)
_LOOKUP = re.compile(r"\bclass\s{0,20}=\s{0,20}[\"']?sxs-lookup\b", re.IGNORECASE)

MESSAGES = {
    "unit-without-original": "A translated sentence has no original and stands on both sides; add its other half.",
    "unit-without-translation": "An original sentence has no translation and stands on both sides; add its other half.",
    "unit-not-closed": "A pair of sentences is not closed properly; check its “</span>”.",
    "stray-span": "A span tag here has no partner and was left out; remove it.",
}


class Is(Enum):
    LOCAL = "local"
    LOOKUP = "lookup"
    ORIGINAL = "original"
    PLAIN = "plain"
    CLOSE = "close"
    END = "end"


@dataclass(frozen=True, slots=True)
class Tag:
    kind: Is
    start: int
    end: int
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit in place: the text from `start` to `end` of the file stands for it. A half that lacks is None."""

    start: int
    end: int
    name: str
    local: str | None
    original: str | None
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class Bilingual:
    """Both sides of a text, plain and with a mark around each unit, and the pairs in their order."""

    local: str
    original: str
    marked_local: str
    marked_original: str
    pairs: tuple[Pair, ...]
    problems: tuple[Problem, ...]


def split(text: str, first_line: int) -> Bilingual | None:
    """The two sides of a bilingual text, or None when it holds no pair.

    `first_line` is the line of the file that the text starts on. Text outside of units belongs to both sides. A unit
    that lacks a half stands on both sides too, and is reported. Span tags without a partner go. What stands in code is
    a unit only when it bears the number of this file, so that an article about spans keeps its examples. Raises
    Unreadable above MOST_TAGS span tags.
    """
    if "data-ttu-id" not in text.casefold():
        return None
    tags = _tags(text)
    found = list(_units(text, tags))
    if "`" in text or "~~~" in text:
        code = units.code_ranges(text)
        found = list(_of_this_file(found, code))
        tags = [tag for tag in tags if not code.holds(tag.start)]
    if not any(unit.local is not None and unit.original is not None for unit in found):
        return None
    return _sides(text, first_line, found, tags)


def _tags(text: str) -> list[Tag]:
    tags = [_tag(match) for match in islice(_TAG.finditer(text), MOST_TAGS + 1)]
    if len(tags) > MOST_TAGS:
        message = f"The file has more than {MOST_TAGS:,} span tags; split it into several articles."
        raise Unreadable(Problem(code="too-many-spans", message=message, severity=Severity.ERROR))
    return tags


def _tag(match: re.Match[str]) -> Tag:
    attributes = match[1]
    if attributes is None:
        return Tag(Is.CLOSE, match.start(), match.end())
    for kind, pattern in ((Is.LOCAL, _LOCAL), (Is.ORIGINAL, _ORIGINAL), (Is.LOOKUP, _LOOKUP)):
        if found := pattern.search(attributes):
            return Tag(kind, match.start(), match.end(), found[1] if found.groups() else "")
    return Tag(Is.PLAIN, match.start(), match.end())


def _of_this_file(found: list[Unit], code: units.Ranges) -> Iterator[Unit]:
    outside = {_number(unit) for unit in found if not code.holds(unit.start)}
    return (unit for unit in found if not code.holds(unit.start) or _number(unit) in outside)


def _number(unit: Unit) -> str:
    """The five hexadecimal digits that all units of one file begin with."""
    return unit.name.rpartition("-")[0] or unit.name


def _units(text: str, tags: list[Tag]) -> Iterator[Unit]:
    tags = [*tags, Tag(Is.END, len(text), len(text)), Tag(Is.END, len(text), len(text))]
    at = 0
    while tags[at].kind is not Is.END:
        kind = tags[at].kind
        if kind is Is.LOCAL:
            unit, at = _from_local(text, tags, at)
            yield unit
        elif kind in (Is.ORIGINAL, Is.LOOKUP) and (opening := _original_at(text, tags, at)) is not None:
            half, end, at, _ = _original(text, tags, opening)
            yield Unit(tags[opening].start, end, tags[opening].unit, None, half, "unit-without-translation")
        else:
            at += 1


def _from_local(text: str, tags: list[Tag], at: int) -> tuple[Unit, int]:
    """The unit whose local half opens at this tag, and the first tag after it."""
    opening = tags[at]
    following = at + 1
    while tags[following].kind in (Is.PLAIN, Is.CLOSE):
        following += 1
    original = _original_at(text, tags, following)
    if original is None or tags[original].unit != opening.unit:
        return _local_alone(text, tags, at)
    inner = tags[at + 1 : following]
    lookup = tags[following].start
    closed = bool(inner) and inner[-1].kind is Is.CLOSE and not text[inner[-1].end : lookup].strip()
    if closed:
        local = _without_strays(text, opening.end, inner[-1].start, inner[:-1])
    else:
        local = _without_strays(text, opening.end, lookup, inner)
    half, end, after, whole = _original(text, tags, original, closes=2 if closed else 3)
    return Unit(opening.start, end, opening.unit, local, half, "" if whole else "unit-not-closed"), after


def _local_alone(text: str, tags: list[Tag], at: int) -> tuple[Unit, int]:
    opening, depth, following = tags[at], 0, at + 1
    while tags[following].kind in (Is.PLAIN, Is.CLOSE):
        if tags[following].kind is Is.CLOSE and depth == 0:
            half = _without_strays(text, opening.end, tags[following].start, tags[at + 1 : following])
            unit = Unit(opening.start, tags[following].end, opening.unit, half, None, "unit-without-original")
            return unit, following + 1
        depth += 1 if tags[following].kind is Is.PLAIN else -1
        following += 1
    return Unit(opening.start, opening.end, opening.unit, "", None, "stray-span"), at + 1


def _original_at(text: str, tags: list[Tag], at: int) -> int | None:
    """Where the original half opens, which is at this tag or, behind its wrapper and nothing else, at the next."""
    if tags[at].kind is Is.LOOKUP:
        if text[tags[at].end : tags[at + 1].start].strip():
            return None
        at += 1
    return at if tags[at].kind is Is.ORIGINAL else None


def _original(text: str, tags: list[Tag], at: int, *, closes: int = 2) -> tuple[str, int, int, bool]:
    """The original half that opens at this tag, where the unit ends, the first tag after it, whether it was whole."""
    last = _closing(text, tags, at)
    if last is None:
        line_end = text.find("\n", tags[at].end)
        end = min(tags[at + 1].start, line_end if line_end >= 0 else len(text))
        return text[tags[at].end : end], end, at + 1, False
    half = _without_strays(text, tags[at].end, tags[last].start, tags[at + 1 : last])
    taken = 1
    while taken < closes and _adjoins(text, tags, last + taken - 1):
        taken += 1
    return half, tags[last + taken - 1].end, last + taken, taken >= 2


def _closing(text: str, tags: list[Tag], at: int) -> int | None:
    """The tag that closes the original half: one that a second closing tag follows at once, else the first of all."""
    first, depth = None, 0
    following = at + 1
    while tags[following].kind in (Is.PLAIN, Is.CLOSE):
        if tags[following].kind is Is.PLAIN:
            depth += 1
        elif depth:
            depth -= 1
        elif _adjoins(text, tags, following):
            return following
        elif first is None:
            first = following
        following += 1
    return first


def _adjoins(text: str, tags: list[Tag], at: int) -> bool:
    """Whether another closing tag follows this tag with nothing but blanks between them."""
    following = tags[at + 1]
    return following.kind is Is.CLOSE and not text[tags[at].end : following.start].strip()


def _without_strays(text: str, start: int, end: int, tags: list[Tag]) -> str:
    """The text with those span tags left out that have no partner in it."""
    if not tags:
        return text[start:end]
    open_tags: list[Tag] = []
    strays: list[Tag] = []
    for tag in tags:
        if tag.kind is not Is.CLOSE:
            open_tags.append(tag)
        elif open_tags:
            open_tags.pop()
        else:
            strays.append(tag)
    kept = []
    for tag in sorted([*strays, *open_tags], key=lambda one: one.start):
        kept.append(text[start : tag.start])
        start = tag.end
    return "".join([*kept, text[start:end]])


def _sides(text: str, first_line: int, found: list[Unit], tags: list[Tag]) -> Bilingual:
    local, original, marked_local, marked_original = [], [], [], []
    pairs: list[Pair] = []
    at = next_tag = 0
    for number, unit in enumerate([*found, None]):
        end = unit.start if unit else len(text)
        gap, next_tag = _gap(text, at, end, tags, next_tag)
        for side in (local, original, marked_local, marked_original):
            side.append(gap)
        if unit is None:
            break
        at = unit.end
        name = units.name(unit.name, number)
        here, there = unit.local or unit.original or "", unit.original or unit.local or ""
        local.append(here)
        original.append(there)
        marked_local.append(units.marked(name, here))
        marked_original.append(units.marked(name, there))
        if unit.problem != "stray-span":
            pairs.append(Pair(unit=name, target=unit.local or "", source=unit.original or ""))
    return Bilingual(
        local="".join(local),
        original="".join(original),
        marked_local="".join(marked_local),
        marked_original="".join(marked_original),
        pairs=tuple(pairs),
        problems=tuple(_problems(text, first_line, found)),
    )


def _gap(text: str, start: int, end: int, tags: list[Tag], at: int) -> tuple[str, int]:
    """The text between two units without stray tags, and the first tag that is not before its end."""
    while at < len(tags) and tags[at].start < start:
        at += 1
    first = at
    while at < len(tags) and tags[at].start < end:
        at += 1
    return _without_strays(text, start, end, tags[first:at]), at


def _problems(text: str, first_line: int, found: list[Unit]) -> Iterator[Problem]:
    line, at = first_line, 0
    for unit in [unit for unit in found if unit.problem][:MOST_PROBLEMS]:
        line += text.count("\n", at, unit.start)
        at = unit.start
        yield Problem(code=unit.problem, line=line, message=MESSAGES[unit.problem])
