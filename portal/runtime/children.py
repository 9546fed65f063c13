"""One process that the supervisor keeps alive: started, started again with growing pauses when it ends, stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from portal.runtime.cures import CannotRun

FIRST_PAUSE, LONGEST_PAUSE = 0.25, 30.0
# Who lived this long was well: the next failure is a first one again.
WELL_AFTER_SECONDS = 20.0
ASK_AGAIN_SECONDS = 1.0
Process = subprocess.Popen[bytes]


@dataclass(kw_only=True)
class Child:
    """What to start, and how it fares. Any end is a failure, exit code 0 too: an idle worker ends so when its database goes.

    `start` returns None when it is not yet its turn; it is asked again.
    """

    name: str
    start: Callable[[], Process | None]
    process: Process | None = None
    pause: float = FIRST_PAUSE
    started: float = 0.0
    due: float = field(default_factory=time.monotonic)

    def tend(self) -> None:
        """Start it when it is due; see that it lives. Returns at once."""
        now = time.monotonic()
        if self.process is None and now >= self.due:
            self.due = now + ASK_AGAIN_SECONDS
            try:
                self.begin()
            except CannotRun as refusal:
                self._wait_before_next(now, str(refusal))
        elif self.process is not None and (code := self.process.poll()) is not None:
            self._end_group()
            self.process = None
            self._wait_before_next(now, _how_it_ended(code))

    def begin(self) -> None:
        """Start it now; raises CannotRun when that is refused."""
        self.started = time.monotonic()
        self.process = self.start()

    def _wait_before_next(self, now: float, why: str) -> None:
        if now - self.started > WELL_AFTER_SECONDS:
            self.pause = FIRST_PAUSE
        say(f"{self.name}: {why}; starting it again in {self.pause:g} s")
        self.due = now + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)

    def ask_to_end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self, *, patience: float) -> None:
        """Wait for a process that was asked, then kill what is left of it and of its own children."""
        if self.process is None:
            return
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self._end_group()
            self.process.wait()
        self._end_group()

    def _end_group(self) -> None:
        """Each child leads a session of its own, so its group is exactly what it left behind."""
        assert self.process is not None
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):  # nobody left; macOS says it in the second way
            return


def say(words: str) -> None:
    """One line for the person at the terminal."""
    print(f"portal  {words}", flush=True)


def _how_it_ended(code: int) -> str:
    return f"ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"
