"""From a TOML table to a model, every defect as a problem with its line and its cure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from portal.flows.tables import Table
from portal.problems import Problem

Model = TypeVar("Model", bound=BaseModel)


def parse(model: type[Model], table: Table, data: Mapping[str, Any]) -> tuple[Model | None, list[Problem]]:
    """The model that `data` (the table, perhaps with more in it) describes, or what is wrong with it."""
    try:
        return model.model_validate(dict(data)), []
    except ValidationError as error:
        return None, [_problem(table, one) for one in error.errors(include_url=False)]


def _problem(table: Table, error: ErrorDetails) -> Problem:
    where = tuple(str(part) for part in error["loc"] if part != "[key]")
    name = ".".join(where)
    last = next((part for part in reversed(where) if not part.isdigit()), "")
    kind = error["type"]
    if kind == "missing":
        return table.problem(f"missing-{_kebab(last)}", f'"{name}" is missing; add it.', *where)
    if kind == "extra_forbidden":
        return table.problem("unknown-key", f'"{name}" is not known; remove it, or correct its spelling.', *where)
    if kind == "enum":
        allowed = error.get("ctx", {}).get("expected", "")
        message = f'"{name}" is "{error["input"]}"; write one of {allowed}.'
        return table.problem(f"unknown-{_kebab(last)}", message, *where)
    if kind in ("too_short", "string_too_short"):
        return table.problem(f"missing-{_kebab(last)}", f'"{name}" is empty; fill it in.', *where)
    if kind == "string_pattern_mismatch":
        message = f'"{name}" is "{error["input"]}", which does not have the right form ({error["ctx"]["pattern"]}).'
        return table.problem(f"bad-{_kebab(last)}", message, *where)
    reason = error["msg"].removeprefix("Value error, ").rstrip(".")
    return table.problem(f"bad-{_kebab(last) or 'file'}", f'"{name}": {reason}.' if name else f"{reason}.", *where)


def _kebab(key: str) -> str:
    return key.replace("_", "-")
