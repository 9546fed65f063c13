"""Faults to play, for tests and for seeing how the portal bears them: time-outs, throttling, nonsense, slowness."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from portal.directories.faults import Report
from portal.directories.refusals import Nonsense, Throttled, TimedOut, Unavailable
from portal.directories.simulator.world.state import Injection
from portal.directories.simulator.world.store import Store

FAULTS = {
    "timeout-before": "No answer in time, and nothing was written.",
    "timeout-after": "No answer in time, though it was written.",
    "throttled": "Too many requests: wait the given seconds.",
    "nonsense": "An answer that cannot be read, though it was written.",
    "slow": "The answer takes the given seconds.",
    "truncated": "The report breaks off in the middle.",
    "unreachable": "The directory cannot be reached.",
}
OPERATIONS = ("errors", "find", "plan", "apply", "observe", "start_cycle")
FOREVER = -1


@dataclass(frozen=True, kw_only=True)
class Played:
    """The fault that is being played, if any, and the document as it was just read."""

    injection: Injection | None
    values: Mapping[str, Any]


@contextmanager
def played(store: Store, operation: str, step: str = "") -> Iterator[Played]:
    """Play the first fault meant for this operation: before the block, or after it."""
    values = store.read()
    injection = _take(store, operation, step) if values.get("injections") else None
    _before(injection)
    slept = injection is not None and injection.kind == "slow"
    yield Played(injection=injection, values=store.read() if slept else values)
    if injection is not None and injection.kind == "timeout-after":
        raise TimedOut("The directory did not answer in time.")
    if injection is not None and injection.kind == "nonsense":
        raise Nonsense("The directory's answer cannot be read.")


def _take(store: Store, operation: str, step: str) -> Injection | None:
    with store.exclusively() as document:
        waiting = [Injection.model_validate(one) for one in document.values.get("injections", [])]
        found = next((one for one in waiting if _fits(one, operation, step)), None)
        if found is None:
            return None
        if found.times != FOREVER:
            found.times -= 1
            document.values["injections"] = [one.model_dump(mode="json") for one in waiting if one.times]
            document.changed = True
        return found


def _fits(one: Injection, operation: str, step: str) -> bool:
    return one.operation in ("", operation) and one.step in ("", step)


def _before(injection: Injection | None) -> None:
    if injection is None:
        return
    if injection.kind == "timeout-before":
        raise TimedOut("The directory did not answer in time.")
    if injection.kind == "unreachable":
        raise Unavailable("The directory cannot be reached.")
    if injection.kind == "throttled":
        raise Throttled("The directory asks to wait.", retry_after=int(injection.seconds) or None)
    if injection.kind == "slow":
        time.sleep(injection.seconds)


def truncate(whole: Report) -> Report:
    """The first half of a report, as a broken connection leaves it."""
    half = whole.faults[: len(whole.faults) // 2]
    return replace(whole, faults=half, complete=False, why_incomplete="The report broke off in the middle.")
