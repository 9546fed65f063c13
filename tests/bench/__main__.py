"""`python -m tests.bench`, which `make bench` calls: runs all benchmarks, or those that are named, and prints their figures."""

from __future__ import annotations

import argparse
import os
import platform
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

from portal.runtime.cures import CannotRun
from tests.bench import corpus, errors, freshness, importing, load, searching, serving
from tests.bench.corpus import Corpus
from tests.bench.course import UsedUp
from tests.bench.line import Broken
from tests.bench.load import BadAnswers, Generator
from tests.bench.report import heading
from tests.bench.stage import BenchFailed, Stage, set_up


@dataclass(frozen=True, kw_only=True)
class Run:
    """What every benchmark gets."""

    stage: Stage
    corpus: Corpus
    made_by: Generator
    rounds: int | None
    errors: int

    def rounds_or(self, usual: int) -> int:
        return self.rounds or usual


BENCHES: dict[str, Callable[[Run], None]] = {
    "import": lambda run: importing.run(run.stage, run.corpus, rounds=run.rounds_or(3)),
    "serving": lambda run: serving.run(run.stage, run.made_by, rounds=run.rounds_or(5)),
    "freshness": lambda run: freshness.run(run.stage, tries=run.rounds_or(20)),
    "errors": lambda run: errors.run(run.stage, errors=run.errors, rounds=run.rounds_or(9)),
    # Last, because it leaves ten times as many articles behind.
    "search": lambda run: searching.run(run.stage, run.corpus, rounds=run.rounds_or(3)),
}
# They read what the import leaves behind.
NEED_ARTICLES = {"serving"}


def main() -> None:
    asked = _arguments()
    names = [name for name in BENCHES if name in asked.benches] if asked.benches else list(BENCHES)
    heading(
        f"Python {platform.python_version()}, Django {version('django')}, granian {version('granian')}, "
        f"{os.cpu_count()} cores. Only ratios within one run count.",
        'x means: times as fast as the peer, median (least-most) of the ratios of each round; "noisy": a spread over 25 %',
    )
    with set_up() as stage:
        run = Run(
            stage=stage,
            corpus=corpus.choose(stage.folder),
            made_by=load.generator(without_wrk=asked.without_wrk),
            rounds=asked.rounds,
            errors=asked.errors,
        )
        if "import" not in names and NEED_ARTICLES.intersection(names):
            stage.import_articles(run.corpus.path)
        for name in names:
            BENCHES[name](run)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Benchmarks, figures as ratios.")
    parser.add_argument("benches", nargs="*", help=f"which ones, of {', '.join(BENCHES)} (all, when none is named)")
    parser.add_argument("--rounds", type=int, help="how many rounds, instead of each benchmark's own number")
    parser.add_argument("--errors", type=int, default=errors.MANY, help="sync errors of a tenant (%(default)s)")
    parser.add_argument("--without-wrk", action="store_true", help="make load with our own client even where wrk is")
    asked = parser.parse_args()
    if unknown := set(asked.benches) - set(BENCHES):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
    if asked.errors < errors.SMALLEST or asked.errors % errors.SMALLEST:
        parser.error(f"--errors must be a multiple of {errors.SMALLEST:,}")
    return asked


def _end(number: int, _: object) -> None:
    """Unwind as on Ctrl-C, so that servers and the temporary folder go too."""
    sys.exit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)
    try:
        main()
    except (BenchFailed, BadAnswers, Broken, CannotRun, UsedUp) as failure:
        sys.exit(f"bench  {failure}")
    except KeyboardInterrupt:
        sys.exit("bench  stopped")
