"""What crosses a door, to and from JSON, so that plans, findings and results can be kept in a record."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


@cache
def _adapter(shape: type) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def dump(thing: Any) -> Any:
    """`thing` (a dataclass of this package) as JSON values."""
    return _adapter(type(thing)).dump_python(thing, mode="json")


def load(shape: type[T], data: Any) -> T:
    """The reverse of `dump`; raises pydantic.ValidationError when `data` is not of that shape."""
    return _adapter(shape).validate_python(data)
