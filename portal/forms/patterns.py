"""Holds answers against the regular expressions of forms, in time linear to both: a form must not be able to stop a process.

Patterns come from files and answers from anybody, so Python's own engine, which may take for ever, is not asked; the one
that pydantic brings (Rust's) knows no look-around and no back-references, and says so when a pattern is read.
"""

from __future__ import annotations

from functools import lru_cache

from pydantic_core import SchemaError, SchemaValidator, ValidationError, core_schema

LONGEST_PATTERN = 1_000


def is_checkable(pattern: str) -> bool:
    return bool(pattern) and _validator(pattern) is not None


def fits(pattern: str, text: str) -> bool:
    """Whether the pattern is found in the text; one that cannot be checked is never in anybody's way."""
    validator = _validator(pattern)
    if validator is None:
        return True
    try:
        validator.validate_python(text)
    except ValidationError:
        return False
    return True


@lru_cache(maxsize=512)
def _validator(pattern: str) -> SchemaValidator | None:
    if len(pattern) > LONGEST_PATTERN:
        return None
    try:
        return SchemaValidator(core_schema.str_schema(pattern=pattern, regex_engine="rust-regex"))
    except SchemaError:
        return None
