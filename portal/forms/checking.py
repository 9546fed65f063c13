"""The flaws of a form as problems of its file: with the line of the element and the cure, for the report of an import."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from portal.forms.reading import Flaw, read_form
from portal.problems import Problem, Severity

# What is shown as well as it would be without the flaw.
NOTES = {"form-visibility-unknown-id", "form-repeated-id"}


def problems_of(data: Mapping[str, Any], text: str) -> list[Problem]:
    """Everything about the form in `data` that a content owner should correct; `text` is its file, whole."""
    return [_problem(flaw, text) for flaw in read_form(data).flaws]


def _problem(flaw: Flaw, text: str) -> Problem:
    severity = Severity.NOTE if flaw.code in NOTES else Severity.WARNING
    return Problem(code=flaw.code, message=flaw.message, severity=severity, line=line_of(flaw.element, text))


def line_of(element: str, text: str) -> int:
    """The line on which an element names its id; of the form itself, that of formElements."""
    pattern = rf'"?id"?\s*:\s*{re.escape(json.dumps(element, ensure_ascii=False))}' if element else '"?formElements"?'
    found = re.search(pattern, text, re.IGNORECASE)
    return text.count("\n", 0, found.start()) + 1 if found else 1
