"""`manage.py check --tag content`: every file of `articles/` and every flow is read; a broken one fails."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from portal import flows
from portal.articles.importing import content
from portal.problems import Problem, Severity


@register("content")
def own_content(**options: Any) -> list[CheckMessage]:
    """Every problem of our own articles, drawings and flows but the notes, with file, line and cure."""
    folder = settings.ARTICLES_DIR
    problems = [problem.at(f"flows/{problem.path}") for problem in flows.check(folder / "flows")]
    problems += content.check(folder)
    return [_message(problem) for problem in problems if problem.severity is not Severity.NOTE]


def _message(problem: Problem) -> CheckMessage:
    kind = Error if problem.severity is Severity.ERROR else Warning
    place = f"articles/{problem.path}" + (f":{problem.line}" if problem.line else "")
    return kind(f"{place}  {problem.message}", id=f"portal.{problem.code}")
