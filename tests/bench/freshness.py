"""Freshness: how long after an import's commit both workers serve the new text, with readers asking all the while."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.bench.articles import address
from tests.bench.line import Line, Target, get
from tests.bench.report import Wanted, figure, heading, table
from tests.bench.rounds import Series
from tests.bench.stage import WHO_ANSWERS, WORKERS, BenchFailed, Stage

COLLECTION, NAME = "freshness", "article"
PAGE = address("en-us", "public", COLLECTION, NAME)
WANTED = Wanted(below=200)
COMMITTED = "SELECT pg_xact_commit_timestamp(xmin) FROM portal_articletext WHERE collection = %s AND path = %s"
LOST_SECONDS, PAUSE_SECONDS = 60.0, 0.002
# After both workers are fresh, nothing on any other connection may still be old.
AFTERWARDS = 12


@dataclass(frozen=True, kw_only=True)
class Readers:
    """A connection to each worker, and the file that the import reads."""

    lines: list[Line]
    file: Path

    def write(self, text: str) -> None:
        self.file.parent.mkdir(exist_ok=True)
        self.file.write_text(f"---\ntitle: Freshness\n---\n# Freshness\n\n{text}\n", encoding="utf-8")

    def wait_for(self, text: str) -> float:
        """The moment (seconds since the epoch) at which the last worker served `text` for the first time."""
        waiting, deadline = list(self.lines), time.time() + LOST_SECONDS
        while waiting:
            waiting = [line for line in waiting if text.encode() not in line.get(PAGE).body]
            if waiting and time.time() > deadline:
                raise BenchFailed(f"A worker never served the new text within {LOST_SECONDS:g} s.")
            time.sleep(PAUSE_SECONDS if waiting else 0)
        return time.time()


def run(stage: Stage, *, tries: int) -> None:
    heading(
        "Freshness: from an import's commit until both workers serve the new text",
        f"{tries} imports of a changed article by the real command, each worker asked every few milliseconds; "
        "the commit's moment is PostgreSQL's own; the longest counts",
    )
    with ExitStack() as held:
        target = held.enter_context(stage.serving())
        lines = [held.enter_context(line) for line in one_line_per_worker(target)]
        readers = Readers(lines=lines, file=stage.folder / COLLECTION / f"{NAME}.md")
        _import(stage, readers, "As it was at first.")
        lags = Series(values=tuple(_lag(stage, readers, target, number) for number in range(tries)))
    longest = max(lags.values)
    table(
        ("tries", "median ms", "longest ms", "wanted"),
        [(str(tries), figure(lags), f"{longest:.0f}", WANTED.says(longest))],
    )


def one_line_per_worker(target: Target) -> list[Line]:
    """Open connections until every worker has taken one; the others are closed again."""
    found: dict[bytes, Line] = {}
    for _ in range(200):
        line = Line(target)
        process = line.get(WHO_ANSWERS).body
        if process in found:
            line.close()
        found.setdefault(process, line)
        if len(found) == WORKERS:
            return list(found.values())
    raise BenchFailed(f"Of {WORKERS} workers only {len(found)} took connections.")


def _lag(stage: Stage, readers: Readers, target: Target, number: int) -> float:
    """Milliseconds from the commit to the last worker."""
    text = f"As changed for the {number}th time."
    readers.write(text)
    with stage.starting("manage.py", "import_articles", str(readers.file.parent), "--collection", COLLECTION):
        fresh_at = readers.wait_for(text)
    for _ in range(AFTERWARDS):
        if text.encode() not in get(target, PAGE).body:
            raise BenchFailed("A worker that was fresh served the old text again.")
    return (fresh_at - _committed_at(stage).timestamp()) * 1000


def _import(stage: Stage, readers: Readers, text: str) -> None:
    readers.write(text)
    stage.import_articles(readers.file.parent, "--collection", COLLECTION)


def _committed_at(stage: Stage) -> datetime:
    with stage.connect() as connection:
        found = connection.execute(COMMITTED, [COLLECTION, NAME]).fetchone()
    if found is None or found[0] is None:
        raise BenchFailed("PostgreSQL does not know when the text was committed.")
    return found[0]
