"""A process that forks workers which stop at a chosen point of a fix; `python -m tests.diagnosis.doomed`.

It reads one JSON object a line and answers each with a line: `{"fix", "step", "point"}` forks a worker and answers when
that stopped or ended; `{"wait": pid}` answers when it ended. A stopped worker is woken or killed by whoever asked.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from typing import Any

import django

POINTS = ("before", "written", "journalled")


def stop_here() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def work(fix: int, step: int, point: str) -> None:
    """Run a fix as a worker does; the door and the journal stop it once, at the point."""
    from portal.diagnosis.fixes import journal, running

    class Trap:
        """The real door, with a stop before or after one write."""

        def __init__(self, door: Any) -> None:
            self._door = door

        def __getattr__(self, name: str) -> Any:
            return getattr(self._door, name)

        def apply(self, one: Any, lease: Any) -> Any:
            if point == "before" and one.number == step:
                stop_here()
            result = self._door.apply(one, lease)
            if point == "written" and one.number == step:
                stop_here()
            return result

    write, door = journal.write, running.door

    def stopping_write(held: Any, what: Any, one: Any = None, **details: Any) -> None:
        write(held, what, one, **details)
        if point == "journalled" and one is not None and (one.number, what) == (step, journal.What.AFTER):
            stop_here()

    journal.write = stopping_write
    running.door = lambda tenant: Trap(door(tenant))
    running.run_fix(fix)


def fork(order: dict[str, Any]) -> int:
    child = os.fork()
    if child:
        return child
    try:
        work(order["fix"], order["step"], order["point"])
    except BaseException:  # the forked process must never go on as its parent
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def wait(pid: int, options: int = 0) -> dict[str, Any]:
    _, status = os.waitpid(pid, options)
    if os.WIFSTOPPED(status):
        return {"pid": pid, "state": "stopped"}
    return {"pid": pid, "state": "ended", "code": os.waitstatus_to_exitcode(status)}


def main() -> None:
    django.setup()
    print(json.dumps({"state": "ready"}), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        answer = wait(order["wait"]) if "wait" in order else wait(fork(order), os.WUNTRACED)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
