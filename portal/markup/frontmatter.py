"""YAML front matter as articles have it: every scalar kept as the text it is, and broken YAML read line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from portal.markup import spans
from portal.markup.fields import LONGEST_HEADER, Fields
from portal.markup.source import Unreadable
from portal.problems import Problem, Severity

try:
    from yaml import CBaseLoader as Loader
except ImportError:  # a platform without libyaml
    from yaml import BaseLoader as Loader

MOST_NODES = 4000
DEEPEST = 20
NOTHING = frozenset({"", "~", "null", "Null", "NULL"})

_OPEN = re.compile(r"(?:[ \t]{0,20}\n){0,20}---[ \t]*(?:\n|\Z)")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_KEY_LINE = re.compile(r"([^\s:#\-'\"\[\]{}<>`|*][^:\n]{0,80}?)[ \t]{0,20}:(?:[ \t]+(.*)|[ \t]*)$")
_ITEM_LINE = re.compile(r"[ \t]*-(?:[ \t]+(.*)|)$")
_QUOTED = re.compile(r"(['\"])(.*)\1", re.DOTALL)
_MISSPELT = re.compile(r"(?:.* s\.|ms-)custom")

# Keys of Alchemy front matter, to take apart a header that was translated and lost its line breaks.
_KEYS = """
    title description author manager ROBOTS audience localization_priority search.appverid
    ms.author ms.date ms.audience ms.topic ms.service ms.custom ms.collection ms.assetid ms.reviewer ms.prod
    ms.openlocfilehash ms.sourcegitcommit ms.translationtype ms.contentlocale ms.lasthandoff ms.locfileid
"""
_ANY_KEY = re.compile(r"(?<!\S)(" + "|".join(re.escape(key) for key in _KEYS.split()) + r"):(?=\s|$)")
_LOCAL_TITLE = re.compile(r"\s*[^:\n]{1,60}:\s")
_FLAT_ITEM = re.compile(r"(?:^|\s)-\s")


def read(text: str) -> tuple[Fields, int] | None:
    """The fields of the front matter and where the body begins; None when there is none, only a rule for instance.

    Scalars stay text, never dates, numbers or booleans: `ms.date: 01/02/2020`, `ms.custom: 0123` and `title: Yes` mean
    what they say. Raises Unreadable for front matter that is too long, or that never ends and has no body.
    """
    opening = _OPEN.match(text)
    if not opening:
        return None
    start = opening.end()
    closing = _CLOSE.search(text, start, start + LONGEST_HEADER)
    end, body = closing.span() if closing else (0, 0)
    first_line = _line(text, start)
    fields, is_whole = _whole(text[start:end], first_line) if closing else (Fields(), False)
    if not is_whole:
        end_of_keys = start + _length_of_keys(text[start : start + LONGEST_HEADER])
        if not closing or text[end_of_keys:end].strip():
            end = body = end_of_keys
        _fill_by_lines(fields, text[start:end], first_line)
        if fields.raw and body == end_of_keys:
            _report_unclosed(fields, text, body)
    return (fields, body) if fields.raw else None


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _whole(text: str, first_line: int) -> tuple[Fields, bool]:
    """The fields of front matter read as a whole, or none but a problem, and whether that went well."""
    fields = Fields()
    try:
        if "<span" in text:
            _fill_from_spans(fields, text, first_line)
        else:
            _fill_from_yaml(fields, text, first_line)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "it cannot be read"
        fields = Fields()
        message = f"The front matter is not valid YAML here ({what}); it was read line by line. "
        message += "Put values that hold “: ” or quotation marks in quotes."
        fields.warn("broken-front-matter", first_line + (mark.line if mark else 0), message)
        return fields, False
    _mend_keys(fields)
    return fields, True


def _fill_from_yaml(fields: Fields, text: str, first_line: int) -> None:
    events = yaml.parse(text, Loader=Loader)
    root = next((event for event in events if isinstance(event, yaml.NodeEvent)), None)
    if not isinstance(root, yaml.MappingStartEvent):
        return
    nodes = _Nodes(events, fields, first_line)
    for key, line, value in nodes.entries(depth=1):
        fields.add(key, value, line)


class _Nodes:
    """YAML events as texts, lists and mappings, bounded: aliases are not followed, so that no bomb goes off."""

    def __init__(self, events: Iterator[yaml.Event], fields: Fields, first_line: int) -> None:
        self.events = events
        self.fields = fields
        self.first_line = first_line
        self.count = 0

    def entries(self, *, depth: int) -> Iterator[tuple[str, int, Any]]:
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            line = self.first_line + event.start_mark.line
            key = self.value(event, depth)
            yield key if isinstance(key, str) else str(key), line, self.value(next(self.events), depth)

    def value(self, event: yaml.Event, depth: int) -> Any:
        self.count += 1
        line = self.first_line + event.start_mark.line
        if self.count > MOST_NODES or depth > DEEPEST:
            message = (
                f"The front matter holds more than {MOST_NODES} values or is nested deeper than {DEEPEST}; shorten it."
            )
            raise Unreadable(
                Problem(code="front-matter-too-large", line=line, message=message, severity=Severity.ERROR)
            )
        if isinstance(event, yaml.ScalarEvent):
            return "" if event.implicit[0] and event.value in NOTHING else event.value.replace("\0", "")
        if isinstance(event, yaml.SequenceStartEvent):
            return list(self.items(depth + 1))
        if isinstance(event, yaml.MappingStartEvent):
            return {key: value for key, _, value in self.entries(depth=depth + 1)}
        message = f"“*{event.anchor}” refers to another value and was not followed; write the value out."
        self.fields.warn("alias-in-front-matter", line, message)
        return f"*{event.anchor}"

    def items(self, depth: int) -> Iterator[Any]:
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self.value(event, depth)


def _mend_keys(fields: Fields) -> None:
    """Sixteen real files say `munlocking-an-account s.custom`, four `ms-custom`, and mean ms.custom."""
    for key in [key for key in fields.raw if _MISSPELT.fullmatch(key)]:
        fields.warn("misspelt-key", fields.line(key), f"“{key}” was read as ms.custom; correct it.")
        fields.mended.add(key)
        if "ms.custom" not in fields.raw:
            fields.raw["ms.custom"], fields.lines["ms.custom"] = fields.raw[key], fields.lines[key]


def _length_of_keys(text: str) -> int:
    """How far text looks like front matter: up to the first line that is no key, item, comment or continuation."""
    length = 0
    after_blank = False
    for line in text.split("\n"):
        bare = line.strip()
        heading = line.startswith("#") and (after_blank or line.startswith(("# ", "## ")))
        header_like = _KEY_LINE.match(line) or (not after_blank and (_ITEM_LINE.match(line) or line[:1] in " \t"))
        if bare and (heading or not (header_like or line.startswith("#"))):
            break
        length += len(line) + 1
        after_blank = not bare
    return min(length, len(text))


def _fill_by_lines(fields: Fields, text: str, first_line: int) -> None:
    entries: list[tuple[str, int, list[str], list[str]]] = []
    for number, line in enumerate(text.split("\n"), first_line):
        item = _ITEM_LINE.match(line)
        if key := _KEY_LINE.match(line):
            entries.append((key[1], number, [key[2] or ""], []))
        elif item and entries:
            entries[-1][3].append(_unquoted(item[1] or ""))
        elif line.strip() and not line.startswith("#") and entries:
            entries[-1][2].append(line.strip())
    for key, number, parts, items in entries:
        value = _unquoted(" ".join(part for part in parts if part))
        fields.add(key, [*([value] if value else []), *items] if items else value, number)
    _mend_keys(fields)


def _fill_from_spans(fields: Fields, text: str, first_line: int) -> None:
    """Front matter that was itself translated: keys from the English half, the title from the local one."""
    both = spans.split(text, 1)
    local, english = (both.local, both.original) if both else (text, text)
    for key, value in _flat(english):
        fields.add(key, value, first_line)
    title = _LOCAL_TITLE.match(local)
    if both and title:
        following = _ANY_KEY.search(local, title.end())
        translated = _unquoted(local[title.end() : following.start() if following else None])
        fields.raw["original title"] = fields.raw.get("title", "")
        fields.raw["title"] = " ".join(translated.split()) or fields.raw["original title"]
    message = "The front matter was translated; its keys were read from the English half. Restore it from the original."
    fields.warn("translated-front-matter", first_line, message)


def _flat(text: str) -> Iterator[tuple[str, Any]]:
    keys = list(_ANY_KEY.finditer(text))
    ends = [*(key.start() for key in keys[1:]), len(text)]
    for key, end in zip(keys, ends, strict=False):
        value = text[key.end() : end].strip()
        if _FLAT_ITEM.match(value):
            yield key[1], [_unquoted(item) for item in _FLAT_ITEM.split(value) if item.strip()]
        else:
            yield key[1], _unquoted(value)


def _unquoted(text: str) -> str:
    text = text.strip()
    quoted = _QUOTED.fullmatch(text)
    return quoted[2] if quoted else "" if text in NOTHING else text


def _report_unclosed(fields: Fields, text: str, body: int) -> None:
    """Keys with nothing but half a line after them are of a file cut off in the middle, which must replace nothing."""
    line = _line(text, body)
    left = text[body:]
    if not left.strip() or ("\n" not in left and not text.endswith("\n\n", 0, body)):
        message = "The front matter never ends and no text follows it; end it with a line “---” and add the text."
        raise Unreadable(Problem(code="front-matter-not-closed", line=line, message=message, severity=Severity.ERROR))
    fields.warn("front-matter-not-closed", line, "The front matter is not closed above this line; add “---” there.")
