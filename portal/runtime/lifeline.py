"""Starts a child process that dies with its parent, even when the parent is killed outright."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable
from functools import partial
from typing import Any

PR_SET_PDEATHSIG = 1
LINUX = sys.platform.startswith("linux")
# Loaded here, because between fork and exec a child may not load anything.
_prctl: Callable[[int, int], int] | None = ctypes.CDLL(None).prctl if LINUX else None


def spawn(command: list[str], *, death_signal: signal.Signals, **options: Any) -> subprocess.Popen[bytes]:
    """Start `command` in a session of its own; when this process ends, the kernel sends it `death_signal`.

    Call from the main thread: Linux means the thread that forked when it speaks of the parent. Options are Popen's; a
    change of user comes before the request to the kernel, which would forget it.
    """
    if _prctl is None:
        return _spawn_with_watcher(command, death_signal=death_signal, **options)
    ask = partial(_die_with, os.getpid(), death_signal)
    return subprocess.Popen(command, start_new_session=True, preexec_fn=ask, **options)


def die_with_parent(death_signal: signal.Signals = signal.SIGKILL) -> None:
    """Tie this process, forked by a program we did not write, to its present parent."""
    parent = os.getppid()
    if _prctl is not None:
        _die_with(parent, death_signal)
        return
    threading.Thread(target=_watch_parent, args=(parent, death_signal), daemon=True).start()


def _die_with(parent: int, death_signal: signal.Signals) -> None:
    assert _prctl is not None
    _prctl(PR_SET_PDEATHSIG, death_signal)
    if os.getppid() != parent:  # it died before we asked
        os.kill(os.getpid(), death_signal)


def _watch_parent(parent: int, death_signal: signal.Signals) -> None:
    while os.getppid() == parent:
        time.sleep(0.2)
    os.kill(os.getpid(), death_signal)


def _spawn_with_watcher(command: list[str], *, death_signal: signal.Signals, **options: Any) -> subprocess.Popen[bytes]:
    """The same where the kernel has no death signal (macOS): a shell waits on a pipe that only this process holds open.

    When this process ends the kernel closes the pipe. When the child ends first, the watcher goes within a second, so that
    it never signals a stranger who got the child's number.
    """
    reading, writing = os.pipe()
    child = subprocess.Popen(command, start_new_session=True, **options)
    script = (
        f"(while kill -0 {child.pid} 2>/dev/null; do sleep 1; done; kill $$) & "
        f"read line; kill -{int(death_signal)} {child.pid}"
    )
    subprocess.Popen(["/bin/sh", "-c", script], stdin=reading, start_new_session=True, stderr=subprocess.DEVNULL)
    os.close(reading)
    weakref.finalize(child, os.close, writing)
    return child
