"""What an import is asked to do, and what it tells afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portal.problems import Problem, Severity

Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Request:
    """What an import is asked to do; paths are resolved."""

    path: Path
    collection: str | None = None
    root: Path | None = None
    locale: str | None = None
    prune: bool = False
    dry_run: bool = False


@dataclass(kw_only=True)
class Report:
    """What an import did: counts of files, and every problem with its place."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    rejected: int = 0
    pictures: int = 0
    collections: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def wrote(self) -> bool:
        return bool(self.new or self.changed or self.removed or self.pictures)

    def reject(self, problem: Problem) -> None:
        """Count a file that could not be stored, with its reason."""
        self.rejected += 1
        self.problems.append(problem)

    def in_order(self) -> list[Problem]:
        return sorted(self.problems, key=lambda problem: (problem.path, problem.line or 0))

    def as_dict(self) -> dict[str, Any]:
        names = ("read", "new", "changed", "unchanged", "removed", "rejected", "pictures")
        return {
            "counts": {name: getattr(self, name) for name in names},
            "problems": [problem.as_dict() for problem in self.in_order()],
        }


def error(code: str, path: str, message: str) -> Problem:
    """A problem that keeps a file from being stored."""
    return Problem(code=code, message=message, severity=Severity.ERROR, path=path)


def errors_among(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return [problem.as_dict() for problem in problems if problem.severity is Severity.ERROR]
