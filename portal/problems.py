"""What was wrong with an input: one shape for every importer, checker and form of the portal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a problem costs: an error loses the file's new version, a warning was repaired or needs a look."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One defect, where it stands, and what to do about it.

    `code` is stable and kebab-case, for counting; `message` is one plain sentence that ends with the cure;
    `line` counts from 1 in the file as it is on disk.
    """

    code: str
    message: str
    severity: Severity = Severity.WARNING
    line: int | None = None
    path: str = ""

    def at(self, path: str) -> Problem:
        """The same problem, placed in a file."""
        return replace(self, path=path)

    def as_dict(self) -> dict[str, Any]:
        return dict(vars(self))

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}  {self.severity}  {self.code}  {self.message}".strip()


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
