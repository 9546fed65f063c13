"""How much work a call does, counted and not timed, so that a slow machine changes nothing."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

LONG = 60  # seconds of processor time; whatever comes to an end takes a hundredth of it


def calls_of(function: Callable[..., Any], *args: Any) -> int:
    """How many functions, those written in C included, are called while `function` runs."""
    number = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        function(*args)
    finally:
        sys.setprofile(None)
    return number


@contextmanager
def coming_to_an_end() -> Iterator[None]:
    """Fail instead of hanging for ever: a guard against what never ends, and no measure of speed."""

    def give_up(number: int, frame: object) -> None:
        raise AssertionError(f"this did not come to an end in {LONG} s of processor time")

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, LONG)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
