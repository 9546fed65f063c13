"""The keys and values of a header, whatever its syntax, with the line of each and the problems met on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from portal.problems import Problem, Severity

# A header is short; what is longer is not one, and must not cost time or memory.
LONGEST_HEADER = 64 * 1024


@dataclass
class Fields:
    """What a header holds: `raw` as found (keys folded to lower case), with the line each key first stood on.

    `repeated` are the keys given more than once, `mended` those that were misspelt and read as another key.
    """

    raw: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    repeated: set[str] = field(default_factory=set)
    mended: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def add(self, key: str, value: Any, line: int) -> None:
        """Keep a value; a key that comes twice keeps both, and says so."""
        key = key.casefold()
        if key not in self.raw:
            self.raw[key] = value
            self.lines[key] = line
            return
        if key in self.repeated:
            self.raw[key].append(value)
            return
        self.raw[key] = [self.raw[key], value]
        self.repeated.add(key)
        self.warn("repeated-key", line, f"“{key}” is given more than once; the first value counts. Keep only one.")

    def value(self, *keys: str) -> Any:
        """The first value under these keys that is not empty, else ''."""
        for key in keys:
            value = self.raw.get(key, "")
            if key in self.repeated:
                value = next((one for one in value if one), "")
            if value:
                return value
        return ""

    def text(self, *keys: str) -> str:
        """That value as one line of text; lists are joined by commas, mappings are not text."""
        value = self.value(*keys)
        if isinstance(value, list):
            value = ", ".join(one for one in value if isinstance(one, str))
        return " ".join(value.split()) if isinstance(value, str) else ""

    def words(self, *keys: str) -> list[str]:
        """That value as a list: a YAML list as it is, a text split at commas; blanks around words do not count."""
        value = self.value(*keys)
        parts = value if isinstance(value, list) else value.split(",") if isinstance(value, str) else []
        return [" ".join(one.split()) for one in parts if isinstance(one, str) and one.strip()]

    def line(self, *keys: str) -> int | None:
        return next((self.lines[key] for key in keys if key in self.lines), None)

    def warn(self, code: str, line: int | None, message: str) -> None:
        self.problems.append(Problem(code=code, line=line, message=message))

    def note(self, code: str, line: int | None, message: str) -> None:
        self.problems.append(Problem(code=code, line=line, message=message, severity=Severity.NOTE))
