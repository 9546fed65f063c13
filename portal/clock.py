"""The one place that tells the time, so that tests can hold it still."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

_held: ContextVar[datetime | None] = ContextVar("held", default=None)


def now() -> datetime:
    """The present moment, always aware and in UTC."""
    return _held.get() or datetime.now(UTC)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Hold the clock at `moment` (aware) for the length of a test."""
    if moment.tzinfo is None:
        raise ValueError("the clock needs a moment with a time zone")
    token = _held.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _held.reset(token)


def cycle_start(moment: datetime, *, length: timedelta, offset: timedelta = timedelta(0)) -> datetime:
    """The start of the sync cycle that holds `moment`, when cycles of `length` are counted from the epoch plus `offset`."""
    epoch = datetime.fromtimestamp(0, UTC) + offset
    return epoch + ((moment - epoch) // length) * length
