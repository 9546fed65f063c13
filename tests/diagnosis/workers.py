"""Real workers, as the supervisor starts them, on the database of the test."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator

import pytest

from portal.runtime.supervisor import PROGRAMS
from tests.diagnosis.processes import CHECKOUT, environment

SOON_SECONDS = 60.0


@pytest.fixture
def start_worker() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts the worker with the supervisor's own command, with short patience."""
    command = next(command for name, command, _ in PROGRAMS if name == "worker")
    started: list[subprocess.Popen[bytes]] = []

    def start(**more: str) -> subprocess.Popen[bytes]:
        started.append(
            subprocess.Popen(command, cwd=CHECKOUT, env={**environment(), "PORTAL_LOG_LEVEL": "ERROR", **more})
        )
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait(10)


def wait_for(what: Callable[[], bool], *, seconds: float = SOON_SECONDS) -> float:
    """How many seconds it took until something was so."""
    began = time.monotonic()
    while not what():
        assert time.monotonic() - began < seconds, "it did not happen in time"
        time.sleep(0.05)
    return time.monotonic() - began
