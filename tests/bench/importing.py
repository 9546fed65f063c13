"""Import: the real command into an empty database beside a plain Python-Markdown loop over the same files, and again unchanged.

The loop takes the bodies of all files, as the import does; a second loop takes those alone that are Markdown and not JSON, and is the
harder measure.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from functools import partial

from tests.bench.corpus import Corpus
from tests.bench.report import NOTHING_WANTED, Wanted, figure, heading, ratio, spread, table
from tests.bench.rounds import Series, interleave
from tests.bench.stage import BenchFailed, Stage

PROCESSES = os.cpu_count() or 1
OURS, AGAIN = "import_articles, empty database", "import_articles, nothing changed"
PEER, PEER_MARKDOWN = "Python-Markdown loop, the same files", "Python-Markdown loop, Markdown files only"
WANTED = {OURS: Wanted(at_least=0.4)}
WANTED_SECONDS = {AGAIN: Wanted(below=3)}
BODIES = {
    PEER: "SELECT source_path FROM portal_articletext ORDER BY source_path",
    PEER_MARKDOWN: "SELECT source_path FROM portal_articletext WHERE html <> '' ORDER BY source_path",
}


@dataclass
class Imports:
    """The three contenders on one stage; each gives its seconds and checks that it did its work."""

    stage: Stage
    corpus: Corpus
    bodies: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        """One import beforehand says which files are articles, warms the file cache, and compiles our modules."""
        self.fill()
        with self.stage.connect() as connection:
            self.bodies = {peer: [row[0] for row in connection.execute(query)] for peer, query in BODIES.items()}

    def fill(self) -> float:
        self.stage.empty()
        started = time.perf_counter()
        counts = self.stage.import_articles(self.corpus.path)
        taken = time.perf_counter() - started
        if counts["read"] != self.corpus.files or counts["new"] + counts["rejected"] != counts["read"]:
            raise BenchFailed(f"The import did not take in every file: {counts}")
        return taken

    def repeat(self) -> float:
        started = time.perf_counter()
        counts = self.stage.import_articles(self.corpus.path)
        taken = time.perf_counter() - started
        if counts["new"] or counts["changed"] or counts["removed"]:
            raise BenchFailed(f"The second import found something to write: {counts}")
        return taken

    def loop(self, peer: str) -> float:
        listing, number = self.stage.folder / "bodies.txt", len(self.bodies[peer])
        listing.write_text("".join(f"{self.corpus.path / name}\n" for name in self.bodies[peer]))
        started = time.perf_counter()
        said = self.stage.run("-m", "tests.bench.peers", str(listing), str(PROCESSES))
        taken = time.perf_counter() - started
        rendered, given_up = map(int, said.split())
        if rendered + given_up != number or given_up * 100 > number:
            raise BenchFailed(f"The Python-Markdown loop rendered {rendered} of {number} files")
        return taken


def run(stage: Stage, corpus: Corpus, *, rounds: int) -> None:
    """Leaves the corpus stored for the benchmarks that come after."""
    imports = Imports(stage, corpus)
    # The unchanged run needs the full one before it, whichever of the others begins a round.
    loops = {peer: partial(imports.loop, peer) for peer in BODIES}
    seconds = interleave({**loops, OURS: imports.fill}, rounds)
    seconds[AGAIN] = interleave({AGAIN: imports.repeat}, rounds)[AGAIN]
    heading(
        f"Import of {corpus.files:,} files, {len(imports.bodies[PEER_MARKDOWN]):,} of them Markdown ({corpus.name})",
        f"{rounds} interleaved rounds, {PROCESSES} processes each; start of processes, reading, rendering, sanitizing, indexing "
        "and storing are all in it; a loop reads and renders, and stores nothing",
    )
    rows = [_row(name, seconds[name], seconds[PEER], corpus.files) for name in (PEER, PEER_MARKDOWN, OURS, AGAIN)]
    table(("contender", "seconds", "spread", "files/s", "x loop", "wanted"), rows)


def _row(name: str, seconds: Series, peer: Series, files: int) -> tuple[str, ...]:
    """Speed over the loop's speed: the loop's seconds over ours, round by round."""
    speeds = Series(values=tuple(files / value for value in seconds.values))
    faster = peer.over(seconds)
    wanted = WANTED.get(name, NOTHING_WANTED).says(faster.median)
    within = WANTED_SECONDS.get(name, NOTHING_WANTED).says(seconds.median)
    return (
        name,
        figure(seconds, 2),
        spread(seconds),
        figure(speeds),
        ratio(faster),
        wanted or within.replace("below 3", "below 3 s"),
    )
