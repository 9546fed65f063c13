"""The cells of the crash matrix: what happens to a fix, at which step and point of which plan, and how it then must end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

# The steps of each plan; where hardening calls for it, a plan clears the identifier first.
STEPS = {"in-cloud": 5, "in-cloud-cleared": 6, "in-ad": 1, "in-ad-cleared": 2}
POINTS = ("before", "written", "journalled")
# Modes that need a process that stops; the last two of them go on with a directory in trouble, at the successor's looks.
STOPPED = ("killed", "frozen", "database-stopped", "connection-cut", "killed-twice")
SUCCEEDED = {"killed-then-timeout": "timeout-before", "killed-then-throttled": "throttled"}


@dataclass(frozen=True)
class Played:
    """A fault that the directory plays itself: at a step's write, or at its looks, from the first or after the write.

    `passes` lists how often in a row it comes and the worker bears it; `stays` is more than the retry rule's tries, and
    `ends` how the fix then ends. What is known to have done nothing fails it; silence after a write leaves it unknown.
    """

    fault: str
    at: str
    passes: tuple[int, ...] = (1, 3)
    stays: int = 9
    ends: str = "unknown"


PLAYED = {
    "timeout-written": Played("timeout-after", "write", passes=(1,), stays=0),
    "nonsense": Played("nonsense", "write", passes=(1,), stays=0),
    "timeout-not-written": Played("timeout-before", "write"),
    "throttled": Played("throttled", "write", stays=15, ends="failed"),
    "timeout-look": Played("timeout-before", "look", ends="failed"),
    "throttled-look": Played("throttled", "look", stays=15, ends="failed"),
    "nonsense-look": Played("nonsense", "look", ends="failed"),
    "timeout-look-after": Played("timeout-before", "look-after"),
    "throttled-look-after": Played("throttled", "look-after", stays=15),
    "nonsense-look-after": Played("nonsense", "look-after"),
}


@dataclass(frozen=True)
class Crash:
    """One cell. `point` is before a step's write, written, or journalled; `times` how often a directory fails in a row."""

    mode: str
    step: int
    point: str = "before"
    plan: str = "in-cloud"
    times: int = 1
    ends: str = field(default="done", compare=False)

    def __str__(self) -> str:
        return f"{self.mode} x{self.times} at {self.point} {self.step} of {self.plan}"


def every_crash() -> list[Crash]:
    """No two of them alike."""
    return [crash for plan, steps in STEPS.items() for step in range(1, steps + 1) for crash in _of(plan, step)]


def _of(plan: str, step: int) -> Iterator[Crash]:
    for point in POINTS:
        for mode in STOPPED:
            # A second death needs a next point to come at.
            if mode != "killed-twice" or following(plan, step, point):
                yield Crash(mode, step, point, plan)
    for mode, fault in SUCCEEDED.items():
        stays = next(one.stays for one in PLAYED.values() if (one.fault, one.at) == (fault, "look-after"))
        for point in POINTS[:2]:
            yield Crash(mode, step, point, plan, 3)
            yield Crash(mode, step, point, plan, stays, ends="unknown")
    for mode, one in PLAYED.items():
        yield from (Crash(mode, step, "before", plan, times) for times in one.passes)
        if one.stays:
            yield Crash(mode, step, "before", plan, one.stays, ends=one.ends)


def following(plan: str, step: int, point: str) -> tuple[int, str] | None:
    """The step and the point after this one; None at the end of the plan."""
    if point != POINTS[-1]:
        return step, POINTS[POINTS.index(point) + 1]
    return (step + 1, POINTS[0]) if step < STEPS[plan] else None
