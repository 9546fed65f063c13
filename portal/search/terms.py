"""The terms of a document: what of each field is found, and how much each find is worth (BM25F, saturated here already)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b

from portal.search import weights
from portal.search.languages import stem, stop_words
from portal.search.synonyms import mentions, name_form
from portal.search.words import runs, taken_apart


class Sort(StrEnum):
    """What a term stands for; the same letters of another sort are another term."""

    STEM = "s"
    EXACT = "e"
    WHOLE = "w"
    PAIR = "p"
    CONCEPT = "c"


@dataclass(frozen=True, kw_only=True)
class Document:
    """One text as search sees it: its fields by name, as plain words, in one language."""

    language: str
    fields: Mapping[str, str]


Term = tuple[str, str]


def impacts(document: Document) -> dict[Term, float]:
    """What each term of a document is worth, between 0 and 1, whatever the other documents hold."""
    total: dict[Term, float] = {}
    for name, text in document.fields.items():
        field = weights.FIELDS[name]
        counted = Counter(terms_of(text, document.language, in_body=name == "body"))
        length = sum(number for (sort, _), number in counted.items() if sort is Sort.STEM)
        worth = field.weight / (1 - field.length_counts + field.length_counts * length / field.usual_length)
        for term, number in counted.items():
            total[term] = total.get(term, 0.0) + worth * number
    return {term: value / (weights.SATURATION + value) for term, value in total.items()}


def terms_of(text: str, language: str, *, in_body: bool = False) -> list[Term]:
    """The terms of a field. Bodies leave out words that say nothing and hold no pairs; titles and queries keep all."""
    terms: list[Term] = []
    names: list[str] = []
    before = ""
    for run in runs(text):
        whole, parts = _analysed(run, language)
        if whole:
            terms.append(whole)
        for stemmed, exact, name, says_nothing in parts:
            names.append(name)
            if in_body:
                if not says_nothing:
                    terms.append(stemmed)
                continue
            terms.append(stemmed)
            if says_nothing:
                continue
            if exact:
                terms.append(exact)
            if before:
                terms.append((Sort.PAIR, f"{before} {stemmed[1]}"))
            before = stemmed[1]
    terms += [(Sort.CONCEPT, mention.concept) for mention in mentions(names)]
    return terms


@lru_cache(maxsize=65_536)
def _analysed(run: str, language: str) -> tuple[Term | None, tuple[tuple[Term, Term | None, str, bool], ...]]:
    """The whole of a run, and of each part its stem, its own form where that differs, its name, and whether it says nothing."""
    unspaced, whole, parts = taken_apart(run)
    stops = stop_words(language)
    analysed = []
    for part in parts:
        stemmed = part if unspaced else stem(part, language)
        exact = (Sort.EXACT, part) if stemmed != part else None
        analysed.append(((Sort.STEM, stemmed), exact, name_form(part), part in stops))
    return (Sort.WHOLE, whole) if whole else None, tuple(analysed)


@lru_cache(maxsize=131_072)
def key(language: str, sort: str, text: str) -> int:
    """A term as the number it is stored by: 64 bits, so that no table of numbers has to be asked while indexing."""
    digest = blake2b(f"{language}\0{sort}\0{text}".encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
