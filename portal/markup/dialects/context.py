"""What every construct knows while one text is dressed: where it comes from, its language, and what is to be reported."""

from __future__ import annotations

import posixpath
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from portal import locales
from portal.locales import Locale
from portal.markup import naming
from portal.markup.source import Kind
from portal.problems import Problem, Severity

DATA = Path(__file__).resolve().parent.parent / "data"
MOST_PROBLEMS = 200  # of one text; a hostile file must not fill the report


@cache
def table(name: str) -> dict[str, Any]:
    """One of the TOML tables beside this package."""
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


@dataclass(kw_only=True)
class Context:
    """One text being dressed. `path` is its source path relative to the root; `side` is `original` for the English
    half of a bilingual file, whose problems are those of the local half and are not told twice."""

    path: str
    dialect: str
    kind: Kind
    locale: Locale
    topics: tuple[str, ...] = ()
    title: str = ""
    body: str = ""
    body_line: int = 1
    quiet: bool = False
    problems: list[Problem] = field(default_factory=list)
    links: dict[str, None] = field(default_factory=dict)
    media: dict[str, None] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    repeated: Counter[str] = field(default_factory=Counter)
    told: set[tuple[str, str]] = field(default_factory=set)

    def label(self, name: str, **words: str) -> str:
        """Words of the portal in the language of the text, English where it has none of ours."""
        every = table("labels")
        text = every.get(self.locale.language, every["en"]).get(name) or every["en"][name]
        return text.format(**words) if words else text

    def report(self, code: str, message: str, needle: str = "", severity: Severity = Severity.WARNING) -> None:
        """Tell a problem once; `needle` is a piece of the body that shows the line it is on."""
        if self.quiet or (code, needle or message) in self.told or len(self.told) >= MOST_PROBLEMS:
            return
        self.told.add((code, needle or message))
        self.problems.append(
            Problem(code=code, message=message, severity=severity, line=self.line_of(needle), path=self.path)
        )

    def repaired(self, problems: Iterable[Problem]) -> None:
        """Take over what the parser mended; it counts lines from the start of the body."""
        if not self.quiet:
            self.problems += [
                replace(problem, line=problem.line and problem.line + self.body_line - 1, path=self.path)
                for problem in list(problems)[:MOST_PROBLEMS]
            ]

    def line_of(self, needle: str) -> int | None:
        place = self.body.find(needle) if needle else -1
        return None if place < 0 else self.body_line + self.body.count("\n", 0, place)

    @property
    def folder(self) -> str:
        return posixpath.dirname(self.path)


def article_path(path: str) -> str:
    """The path of an article in its collection: its source path without locale folder and ending, case kept."""
    return naming.name_of(path)[0]


def locale_of(stated: str | None, path: str) -> Locale:
    """The language of a text: what its header states, else a locale folder or file name, else English."""
    if stated and (code := locales.normalise(stated)):
        return locales.get(code)
    return locales.get(naming.name_of(path)[1] or locales.ENGLISH)
