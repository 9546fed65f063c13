"""Load by wrk: its script walks a course of addresses and prints what our side needs for checking."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

from tests.bench.course import WHOLE_PAGE, Course, Tally, UsedUp
from tests.bench.line import Broken, Target

SCRIPT = Path(__file__).parent / "walk.lua"
GRACE_SECONDS = 20
MICROSECONDS = 1_000_000


def press(target: Target, course: Course, connections: int, seconds: int) -> Tally:
    """Run wrk with one thread. Distinct addresses are checked one by one, those of one address by their bytes in all."""
    with tempfile.NamedTemporaryFile("w", suffix=".paths") as file:
        file.write("\n".join(course.paths if course.is_endless else course.paths[course.position :]))
        file.flush()
        said = _run(target, file.name, connections, seconds, check_each=course.length is None)
    if not course.is_endless:
        _advance(course, said["asked"])
    return _tally(said, course, connections)


def _run(target: Target, paths: str, connections: int, seconds: int, *, check_each: bool) -> dict[str, int]:
    command = [
        "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", f"--timeout={GRACE_SECONDS}s", "-s", str(SCRIPT),
        f"http://{target.host}:{target.port}", "--", paths, WHOLE_PAGE.decode() if check_each else "",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 2 * GRACE_SECONDS, check=False)
    last = done.stdout.strip().rpartition("\n")[2]
    if done.returncode or not last.startswith("{"):
        raise Broken(f"wrk ended with exit code {done.returncode}: {done.stderr[-500:]}")
    return json.loads(last)


def _advance(course: Course, asked: int) -> None:
    course.position += asked
    if course.position >= len(course.paths):
        raise UsedUp(f"All {len(course.paths)} distinct addresses were asked for: run fewer or shorter rounds.")


def _tally(said: dict[str, int], course: Course, connections: int) -> Tally:
    wrong = said["failed"] + said["bad"]
    if course.length is not None and not _is_sum_of(said["bytes"], said["answers"], course.length, connections):
        wrong += said["answers"]
    return Tally(right=said["answers"] - wrong, wrong=wrong, seconds=said["microseconds"] / MICROSECONDS)


def _is_sum_of(received: int, answers: int, length: int, connections: int) -> bool:
    """Whether the bytes are those of the answers counted, and at most a part of one more on each connection."""
    return answers * length <= received <= (answers + connections) * length
