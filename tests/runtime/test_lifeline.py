"""A child dies with its parent, with the kernel's help or, as on macOS, without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.runtime import processes

WITH_THE_KERNEL = "from portal.runtime import lifeline\n"
WITHOUT_IT = WITH_THE_KERNEL + "lifeline._prctl = None\n"
PARENT = (
    "import signal, sys\n"
    "child = lifeline.spawn([sys.executable, '-c', {code!r}], death_signal=signal.SIGTERM, stdout=1)\n"
    "sys.stdin.readline()\n"
    "child.kill(); child.wait(); print('child ended', flush=True); sys.stdin.readline()"
)
SLEEP = "print('up', flush=True); import time; time.sleep(60)"
BOTH_WAYS = pytest.mark.parametrize("way", [WITH_THE_KERNEL, WITHOUT_IT], ids=["kernel", "watcher"])


@BOTH_WAYS
def test_a_killed_parent_takes_its_child_with_it(way: str, data: Path, environment: dict[str, str]) -> None:
    parent = processes.python(way + PARENT.format(code=SLEEP), environment)
    assert parent.stdout.readline() == "up\n"
    parent.kill()
    assert processes.within(5, lambda: not processes.of(data))
    parent.communicate()


@BOTH_WAYS
def test_nothing_watches_a_child_that_ended_first(way: str, data: Path, environment: dict[str, str]) -> None:
    parent = processes.python(way + PARENT.format(code=SLEEP), environment)
    assert parent.stdout.readline() == "up\n"
    parent.stdin.write("\n")
    parent.stdin.flush()
    assert parent.stdout.readline() == "child ended\n"
    assert processes.within(5, lambda: [process.pid for process in processes.of(data)] == [parent.pid])
    parent.communicate("\n")


@BOTH_WAYS
def test_a_process_that_others_forked_can_tie_itself(way: str, data: Path, environment: dict[str, str]) -> None:
    tie = f"{way}lifeline.die_with_parent(); {SLEEP}"
    fork = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {tie!r}]); sys.stdin.readline()"
    parent = processes.python(fork, environment)
    assert parent.stdout.readline() == "up\n"
    parent.kill()
    assert processes.within(5, lambda: not processes.of(data))
    parent.communicate()
