"""TOML tables with the line of every key, so that a defect can be shown where it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.problems import Problem, Severity

Key = tuple[str, ...]

_PART = r"(?:\"[^\"]*\"|'[^']*'|[A-Za-z0-9_-]+)"
_HEADER = re.compile(rf"^\s*(\[\[?)\s*({_PART}(?:\s*\.\s*{_PART})*)\s*\]\]?")
_ASSIGNMENT = re.compile(rf"^\s*({_PART}(?:\s*\.\s*{_PART})*)\s*=\s*(.*)$")
_STRING_OR_COMMENT = re.compile(r'"""[\s\S]*?"""' r"|'''[\s\S]*?'''" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'" r"|#[^\n]*")
_NAME_GOES_ON = re.compile(r"\s*[.=]")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, kw_only=True)
class Table:
    """A TOML file as read. Lists of tables count from 0 in keys: `("binding", "0", "flow")`."""

    path: str
    data: Mapping[str, Any]
    lines: Mapping[Key, int]

    @property
    def file_name(self) -> str:
        return self.path.rpartition("/")[2]

    def line(self, *key: str | int) -> int | None:
        """The line (from 1) of a key, or of the nearest key around it."""
        parts = tuple(str(part) for part in key)
        for length in range(len(parts), 0, -1):
            if (found := self.lines.get(parts[:length])) is not None:
                return found
        return None

    def problem(self, code: str, message: str, *key: str | int, severity: Severity = Severity.ERROR) -> Problem:
        return Problem(code=code, message=message, severity=severity, line=self.line(*key), path=self.path)


def read_table(file: Path) -> Table | Problem:
    """The table in a file, or the one problem that keeps it from being read."""
    path = file.as_posix()
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Problem(code="missing-file", message="The file is missing; add it.", severity=Severity.ERROR, path=path)
    except UnicodeDecodeError:
        message = "The file is not UTF-8; save it as UTF-8."
        return Problem(code="not-utf-8", message=message, severity=Severity.ERROR, path=path)
    try:
        return Table(path=path, data=tomllib.loads(text), lines=lines_of(text))
    except tomllib.TOMLDecodeError as error:
        place = _AT_LINE.search(str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        message = f"The file is not TOML: {_AT_LINE.sub('', str(error)).strip()}. Correct that line."
        return Problem(code="not-toml", message=message, severity=Severity.ERROR, line=line, path=path)
    except (ValueError, RecursionError):
        message = "A number in the file is too long, or its brackets are too deep, to be read. Correct it."
        return Problem(code="not-toml", message=message, severity=Severity.ERROR, path=path)


def lines_of(text: str) -> dict[Key, int]:
    """The line of every table and key of a TOML text that tomllib has accepted."""
    lines: dict[Key, int] = {}
    counts: dict[Key, int] = {}
    table: Key = ()
    depth = 0
    for number, row in enumerate(_blank_strings(text).split("\n"), start=1):
        if depth == 0 and (header := _HEADER.match(row)):
            table = _split(header[2])
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, str(counts[table]))
            _note(lines, table, number)
            continue
        if depth == 0 and (assignment := _ASSIGNMENT.match(row)):
            _note(lines, table + _split(assignment[1]), number)
            row = assignment[2]
        depth += row.count("[") + row.count("{") - row.count("]") - row.count("}")
    return lines


def _note(lines: dict[Key, int], key: Key, number: int) -> None:
    for length in range(1, len(key) + 1):
        lines.setdefault(key[:length], number)


def _split(dotted: str) -> Key:
    return tuple(part.strip("\"'") for part in re.findall(_PART, dotted))


def _blank_strings(text: str) -> str:
    """The text with comments gone and the inside of every value's string blanked, so that brackets in words do not count.

    Lines stay where they are. A quoted key is kept: it is a string right before `=` or `.`.
    """

    def blank(match: re.Match[str]) -> str:
        if match[0].startswith("#"):
            return ""
        if "\n" in match[0]:
            return "\n" * match[0].count("\n")
        return match[0] if _NAME_GOES_ON.match(text, match.end()) else '""'

    return _STRING_OR_COMMENT.sub(blank, text)
