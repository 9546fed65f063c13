"""`manage.py check --tag content`: every file of `articles/` and every flow is read; a broken one fails."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from portal import flows
from portal.articles.importing import content
from portal.directories.faults import Category
from portal.problems import Problem, Severity

CATEGORIES = frozenset(category.value for category in Category)


@register("content")
def own_content(**options: Any) -> list[CheckMessage]:
    """Every problem of our own articles, drawings and flows but the notes, with file, line and cure."""
    folder = settings.ARTICLES_DIR
    problems = [*flows.check(folder / "flows", categories=CATEGORIES), *content.check(folder)]
    return [_message(problem, folder) for problem in problems if problem.severity is not Severity.NOTE]


def _message(problem: Problem, folder: Path) -> CheckMessage:
    """The problem at its place as it is written in the checkout, to be opened from there."""
    kind = Error if problem.severity is Severity.ERROR else Warning
    path = (folder / problem.path).relative_to(folder.parent).as_posix()
    place = path + (f":{problem.line}" if problem.line else "")
    return kind(f"{place}  {problem.message}", id=f"portal.{problem.code}")
