"""Puts a server under load for some seconds with wrk, or with a client of ours where wrk is absent, and checks what comes back."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench import sockets, wrk
from tests.bench.course import Course, Press
from tests.bench.line import Target


class BadAnswers(Exception):
    """Under load the server answered something else than it was measured for."""


@dataclass(frozen=True, kw_only=True)
class Generator:
    """How load is made, and what a reader of the figures must know of it."""

    name: str
    note: str
    press: Press


WRK = Generator(name="wrk", note="load by wrk, one thread, on the same cores", press=wrk.press)
OURS = Generator(
    name="ours",
    note="load by a Python client of ours, wrk not being there: it takes as much of the cores as the server, "
    "so that all ratios are nearer to 1 than with wrk",
    press=sockets.press,
)


def generator(*, without_wrk: bool = False) -> Generator:
    return OURS if without_wrk or not shutil.which("wrk") else WRK


def per_second(made_by: Generator, target: Target, course: Course, *, connections: int, seconds: int) -> float:
    """Right answers per second. Raises BadAnswers when a single one was wrong."""
    tally = made_by.press(target, course, connections, seconds)
    if tally.wrong or not tally.right:
        raise BadAnswers(
            f"{tally.wrong} wrong and {tally.right} right answers at {connections} connections, "
            f"beginning with {course.paths[0]}"
        )
    return tally.right / tally.seconds


def one(path: str, *, length: int) -> Course:
    """The same address again and again; every answer must have exactly this length over the wire."""
    return Course(paths=(path,), length=length)


def each_once(paths: Sequence[str]) -> Course:
    """Every address once in the whole run; every answer must be 200 and a whole page."""
    return Course(paths=tuple(paths), length=None)
