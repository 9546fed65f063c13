"""What each rule of the ranking is worth, in this process; `measure_search` of `tests/bench/site` prints it.

Reads `../shared/corpus` and `../shared/eval`. Each row leaves out or changes one rule; the difference to the first row is its worth.
Look at both halves: a rule that helps one only is chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from portal.articles.importing import rows
from portal.articles.importing.processes import outcomes
from portal.articles.importing.tree import walk
from portal.articles.searching.documents import documents
from portal.search import ranking, terms, weights
from portal.search.query import parse
from portal.search.ranking import sought, weigh
from portal.search.terms import Document, Sort, impacts
from portal.search.weights import FieldWeight
from tests.bench import queries
from tests.bench.queries import Query
from tests.bench.stage import BenchFailed
from tests.shared import CORPUS

ENGLISH = "en"


@dataclass(frozen=True, kw_only=True)
class Variant:
    """The ranking with something changed: sorts of terms by weight, fields by weight, saturation, stop words, stems."""

    name: str
    sorts: tuple[tuple[Sort, float], ...] = ()
    fields: tuple[tuple[str, FieldWeight], ...] = ()
    saturation: float = weights.SATURATION
    stop: float = weights.STOP
    stemmed: bool = True
    most_terms: int = weights.MOST_TERMS


def variants() -> list[Variant]:
    plain = tuple((name, replace(field, weight=1.0)) for name, field in weights.FIELDS.items())
    unmeasured = tuple((name, replace(field, length_counts=0.0)) for name, field in weights.FIELDS.items())
    bare = tuple((sort, 0.0) for sort in Sort if sort is not Sort.STEM)
    return [
        Variant(name="as it is"),
        *(
            Variant(name=f"without {sort.name.casefold()} terms", sorts=((sort, 0.0),))
            for sort in Sort
            if sort is not Sort.STEM
        ),
        Variant(name="stems alone", sorts=bare),
        Variant(name="words as written, no stems", stemmed=False),
        Variant(name="words that say nothing count in full", stop=1.0),
        Variant(name="every field weighs the same", fields=plain),
        Variant(name="lengths do not count", fields=unmeasured),
        Variant(name="plain BM25: stems, equal fields", fields=plain, sorts=bare, stop=1.0),
        *(
            Variant(name=f"without {name}", fields=((name, replace(field, weight=1e-9)),))
            for name, field in weights.FIELDS.items()
        ),
        Variant(name="the 8 most telling terms only", most_terms=8),
    ]


@contextmanager
def applied(variant: Variant) -> Iterator[None]:
    """The constants of the ranking as a variant has them; as they were afterwards."""
    before = (
        weights.FIELDS,
        dict(ranking.SORT_WEIGHTS),
        weights.SATURATION,
        weights.STOP,
        weights.MOST_TERMS,
        terms.stem,
    )
    weights.FIELDS = {**weights.FIELDS, **dict(variant.fields)}
    ranking.SORT_WEIGHTS.update(variant.sorts)
    weights.SATURATION, weights.STOP, weights.MOST_TERMS = variant.saturation, variant.stop, variant.most_terms
    if not variant.stemmed:
        terms.stem = lambda word, language: word
    terms._analysed.cache_clear()
    try:
        yield
    finally:
        weights.FIELDS, sorts, weights.SATURATION, weights.STOP, weights.MOST_TERMS, terms.stem = before
        ranking.SORT_WEIGHTS.update(sorts)
        terms._analysed.cache_clear()


class Index:
    """The postings of English documents in memory, ranked by the code that ranks those of the database."""

    def __init__(self, stored: list[tuple[str, Document]]) -> None:
        self._paths = [path for path, _ in stored]
        self._postings: dict[int, list[tuple[int, float]]] = {}
        for number, (_, document) in enumerate(stored):
            for term, impact in impacts(document).items():
                self._postings.setdefault(term, []).append((number, impact))
        self._texts_with = {term: len(postings) for term, postings in self._postings.items()}

    def search(self, text: str) -> list[str]:
        weighed = weigh(sought(parse(text).text, ENGLISH), self._texts_with, len(self._paths))
        scores: dict[int, float] = {}
        for term, weight in {**weighed.finding, **weighed.adding}.items():
            for number, impact in self._postings.get(term, ()):
                scores[number] = scores.get(number, 0.0) + weight * impact
        best = sorted(scores, key=lambda number: (-scores[number], number))
        return [self._paths[number] for number in best[: queries.DEPTH]]


def read(root: Path) -> list[tuple[str, Document]]:
    """Every English document for readers below a folder, with its source path, as an import would see it."""
    files = walk(root, root)
    placing = rows.Placing(
        root=root, root_name="", collection=None, locale=None, pictures=frozenset(files.media), fingerprint=b""
    )
    found = [one.row for one in outcomes(list(files.articles), placing) if one.row and one.row["for_readers"]]
    return [(row["source_path"], one) for row in found for one in documents(row) if one.language == ENGLISH]


def run(only: str = "") -> None:
    """Print a row for each variant whose name holds `only`; the first is always shown. Raises BenchFailed."""
    evaluation = queries.real()
    if not evaluation:
        raise BenchFailed("../shared is absent beside the checkout; there is nothing to judge by.")
    stored = read(CORPUS / "selfhelp")
    print(f"{len(stored):,} documents, {len(evaluation):,} queries; MRR@10 / recall@10")
    for place, variant in enumerate(variants()):
        if place == 0 or only in variant.name:
            _tell(variant, stored, evaluation)


def _tell(variant: Variant, stored: list[tuple[str, Document]], evaluation: list[Query]) -> None:
    with applied(variant):
        quality = queries.judge(evaluation, Index(stored).search)
    print(f"{variant.name:40}", *(f"{name} {figures}" for name, figures in quality.items()), sep="  ", flush=True)
