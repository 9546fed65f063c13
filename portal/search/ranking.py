"""What the terms of a query are worth, and which of them find candidates."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from portal.search import weights
from portal.search.languages import stem, stop_words
from portal.search.terms import Sort, key, terms_of

SORT_WEIGHTS = {
    Sort.STEM: weights.STEM,
    Sort.EXACT: weights.EXACT,
    Sort.WHOLE: weights.WHOLE,
    Sort.PAIR: weights.PAIR,
    Sort.CONCEPT: weights.CONCEPT,
}


@dataclass(frozen=True, slots=True)
class Sought:
    """A term of a query, as it is stored, and its weight before its rarity."""

    key: int
    sort: Sort
    weight: float


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """The terms that find candidates, those that only add to their scores, and what a perfect text would score."""

    finding: Mapping[int, float]
    adding: Mapping[int, float]
    best: float

    def all_finding(self) -> Weighed:
        """The same weights, with every term finding texts of its own."""
        return Weighed(finding={**self.finding, **self.adding}, adding={}, best=self.best)


def sought(text: str, language: str) -> list[Sought]:
    """The terms of a query in a language, each once."""
    stops = _stop_stems(language)
    found = []
    for sort, term in dict.fromkeys(terms_of(text, language)):
        weight = SORT_WEIGHTS[sort] * (weights.STOP if term in stops else 1)
        if weight:
            found.append(Sought(term, sort, weight))
    return found


@cache
def _stop_stems(language: str) -> frozenset[int]:
    return frozenset(key(language, Sort.STEM, stem(word, language)) for word in stop_words(language))


def weigh(terms: Sequence[Sought], texts_with: Mapping[int, int], texts: int) -> Weighed:
    """Weigh terms by how few texts hold them; of a long message only the most telling count."""
    heavy = sorted(
        ((_rarity(texts_with.get(term.key, 1), texts) * term.weight, term) for term in terms), key=lambda one: -one[0]
    )
    heavy = heavy[: weights.MOST_TERMS]
    best = sum(weight for weight, term in heavy if term.sort == Sort.STEM) or sum(weight for weight, _ in heavy)
    left = total = sum(weight for weight, _ in heavy)
    finding: dict[int, float] = {}
    adding: dict[int, float] = {}
    for weight, term in heavy:
        (finding if left > total * weights.ADDING_SHARE or not finding else adding)[term.key] = weight
        left -= weight
    return Weighed(finding=finding, adding=adding, best=best or 1.0)


def _rarity(texts_with: int, texts: int) -> float:
    """BM25's inverse document frequency."""
    return math.log(1 + (texts - min(texts_with, texts) + 0.5) / (texts_with + 0.5))
