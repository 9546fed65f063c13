"""Which processes belong to a data folder, seen from outside: by command line, environment or working folder."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from portal.runtime.places import CHECKOUT


def of(data: Path) -> list[psutil.Process]:
    return [process for process in psutil.process_iter() if _belongs(process, str(data))]


def _belongs(process: psutil.Process, data: str) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        traces = [*process.cmdline(), process.environ().get("PORTAL_DATA", ""), process.cwd()]
    except psutil.Error:  # it ended while we looked
        return False
    return any(trace == data or trace.startswith(f"{data}/") for trace in traces)


def _has(process: psutil.Process, word: str) -> bool:
    try:
        return any(word in part for part in process.cmdline())
    except psutil.Error:
        return False


def named(data: Path, word: str) -> list[psutil.Process]:
    """Those whose command line has `word`, oldest first."""
    return sorted((process for process in of(data) if _has(process, word)), key=psutil.Process.create_time)


def within(seconds: float, happens: Callable[[], object]) -> bool:
    """Whether it happens in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if happens():
            return True
        time.sleep(0.05)
    return bool(happens())


def python(code: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    """A program of a few lines, in the checkout."""
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=CHECKOUT,
        env=environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
