"""Queries to search with: real ones with known answers from the shared evaluation, else titles with a word left out."""

from __future__ import annotations

import json
import random
import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.bench.corpus import SEED
from tests.shared import SHARED

EVALUATION = SHARED / "eval" / "search.jsonl"
# Queries whose words stand in the answer itself.
EASY = frozenset({"h1", "desc"})
DEPTH = 10


@dataclass(frozen=True, kw_only=True)
class Query:
    """What is typed, the source paths that answer it, where it came from, and which half of all queries it belongs to."""

    text: str
    relevant: frozenset[str]
    source: str
    half: int


@dataclass(frozen=True, kw_only=True)
class Quality:
    """The mean reciprocal rank and the recall of the first ten hits."""

    rank: float
    recall: float

    def __str__(self) -> str:
        return f"{self.rank:.3f} / {self.recall:.3f}"


def real() -> list[Query]:
    """Those of the evaluation, halved by their ids, so that a rule can be found on one half and judged by the other."""
    if not EVALUATION.is_file():
        return []
    rows = [json.loads(line) for line in EVALUATION.read_text("utf-8").splitlines()]
    return [
        Query(
            text=row["query"], relevant=frozenset(row["relevant"]), source=row["source"], half=int(row["id"][0], 16) % 2
        )
        for row in rows
    ]


def made(titles: Iterable[tuple[str, str]]) -> list[Query]:
    """From titles and source paths, where the evaluation is absent."""
    chance = random.Random(SEED)
    return [_made(title.split(), path, chance) for title, path in titles]


def _made(words: list[str], path: str, chance: random.Random) -> Query:
    if len(words) > 2:
        words.pop(chance.randrange(len(words)))
    return Query(text=" ".join(words), relevant=frozenset({path}), source="title", half=chance.randrange(2))


def judge(queries: Iterable[Query], search: Callable[[str], list[str]]) -> dict[str, Quality]:
    """The quality over all queries, the hard ones, and each half of both."""
    found: dict[str, list[tuple[float, float]]] = {}
    for query in queries:
        scores = _scores(search(query.text)[:DEPTH], query.relevant)
        for name in ("all", "hard")[: 1 if query.source in EASY else 2]:
            found.setdefault(name, []).append(scores)
            found.setdefault(f"{name}, half {query.half + 1}", []).append(scores)
    return {
        name: Quality(rank=statistics.fmean(one[0] for one in every), recall=statistics.fmean(one[1] for one in every))
        for name, every in sorted(found.items())
    }


def _scores(found: list[str], relevant: frozenset[str]) -> tuple[float, float]:
    ranks = [rank for rank, path in enumerate(found, start=1) if path in relevant]
    return (1 / ranks[0] if ranks else 0.0), len(ranks) / min(DEPTH, len(relevant))
