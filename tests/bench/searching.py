"""Search: the API over HTTP beside SQLite FTS5 in this process, over the corpus and over one ten times as large."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from statistics import quantiles
from urllib.parse import urlencode

from tests.bench import queries, tenfold
from tests.bench.corpus import SEED, Corpus
from tests.bench.fts5 import Fts5
from tests.bench.line import Target, get
from tests.bench.queries import Query
from tests.bench.report import Wanted, heading, table
from tests.bench.rounds import rotated
from tests.bench.stage import BenchFailed, Stage
from tests.shared import CORPUS

OURS, PEER = "api/v1/search over HTTP", "SQLite FTS5, in this process"
TIMED, TENFOLD = 300, "tenfold"
WANTED = {1: Wanted(below=40), 10: Wanted(below=80)}
ENGLISH = """
    SELECT source_path, title, description, headings::text, text FROM portal_articletext
    WHERE for_readers AND locale = 'en-us' ORDER BY id
"""


def run(stage: Stage, corpus: Corpus, *, rounds: int) -> None:
    stage.import_articles(corpus.path)
    if (translated := CORPUS / "alchemy").is_dir():
        stage.import_articles(translated)
    asked = queries.real() or queries.made(_titles(stage))
    _compare(stage, asked, rounds, times=1)
    tree = stage.folder / TENFOLD
    tenfold.write(corpus.path, tree)
    stage.import_articles(tree, "--collection", TENFOLD)
    _compare(stage, asked, rounds, times=10)


def _titles(stage: Stage) -> list[tuple[str, str]]:
    with stage.connect() as connection:
        return [(title, path) for path, title, *_ in connection.execute(ENGLISH)]


def _compare(stage: Stage, asked: list[Query], rounds: int, *, times: int) -> None:
    with stage.connect() as connection:
        peer = Fts5(connection.execute(ENGLISH).fetchall())
        texts = connection.execute("SELECT count(*) FROM portal_searchdocument").fetchone()[0]
    timed = random.Random(SEED).sample([query.text for query in asked], min(TIMED, len(asked)))
    with stage.serving() as target:
        contenders = {OURS: lambda text: _ask(target, text), PEER: peer.search}
        for text in timed[:50]:
            _ask(target, text)
        taken: dict[str, list[float]] = {name: [] for name in contenders}
        for number in range(rounds):
            for name in rotated(list(contenders), number):
                taken[name] += [_milliseconds(contenders[name], text) for text in timed]
        # Of a text and its copies nobody can say which one is meant.
        quality = {name: queries.judge(asked, search) if times == 1 else {} for name, search in contenders.items()}
    heading(
        f"Search among {texts:,} texts{' (the corpus ten times, words varied)' if times > 1 else ''}",
        f"{len(timed)} queries in {rounds} interleaved rounds, one after the other; ten hits with snippets each; "
        f"all and hard: MRR@10 / recall@10 over {len(asked)} queries",
    )
    rows = [
        _row(name, taken[name], {key: str(value) for key, value in quality[name].items()}, times) for name in contenders
    ]
    table(("contender", "p50 ms", "p95 ms", "wanted", "all", "hard"), rows)


def _row(name: str, taken: list[float], quality: dict[str, str], times: int) -> tuple[str, ...]:
    cuts = quantiles(taken, n=100)
    wanted = WANTED[times].says(cuts[94]) if name == OURS else ""
    return name, f"{cuts[49]:.1f}", f"{cuts[94]:.1f}", wanted, quality.get("all", ""), quality.get("hard", "")


def _milliseconds(search: Callable[[str], list[str]], text: str) -> float:
    started = time.perf_counter()
    search(text)
    return (time.perf_counter() - started) * 1000


def _ask(target: Target, text: str) -> list[str]:
    answer = get(target, "/api/v1/search?" + urlencode({"q": text, "locale": "en-us", "limit": 10}))
    if answer.status != 200:
        raise BenchFailed(f"The search answered {answer.status} to {text[:80]!r}.")
    return [hit["source_path"] for hit in json.loads(answer.body)["hits"]]
