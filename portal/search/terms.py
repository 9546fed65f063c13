"""The terms of a document: what of each field is found, and how much each find is worth (BM25F, saturated here already)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b

from portal.search import weights
from portal.search.languages import stem, stop_words
from portal.search.synonyms import begins_a_name, mentions, name_form
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


Term = tuple[Sort, int]


def impacts(document: Document) -> dict[int, float]:
    """What each term of a document, by its key, is worth, between 0 and 1, whatever the other documents hold."""
    total: dict[int, float] = {}
    for name, text in document.fields.items():
        if not text:
            continue
        field = weights.FIELDS[name]
        terms = terms_of(text, document.language, in_body=name == "body")
        length = [sort for sort, _ in terms].count(Sort.STEM)
        worth = field.weight / (1 - field.length_counts + field.length_counts * length / field.usual_length)
        for _, term in terms:
            total[term] = total.get(term, 0.0) + worth
    return {term: value / (weights.SATURATION + value) for term, value in total.items()}


def terms_of(text: str, language: str, *, in_body: bool = False) -> list[Term]:
    """The terms of a field. Bodies leave out words that say nothing; titles and queries keep all."""
    terms: list[Term] = []
    names: list[str] = []
    starts: list[tuple[int, int]] = []
    before = 0
    for run in runs(text):
        whole, parts, in_bodies, said, begins = _analysed(run, language)
        if begins:
            starts.append((len(names), begins))
        names += said
        if whole:
            terms.append(whole)
        if in_body:
            terms += in_bodies
            continue
        for stemmed, exact, says_nothing in parts:
            terms.append(stemmed)
            if says_nothing:
                continue
            if exact:
                terms.append(exact)
            if before:
                terms.append((Sort.PAIR, pair_key(before, stemmed[1])))
            before = stemmed[1]
    terms += [(Sort.CONCEPT, key(language, Sort.CONCEPT, mention.concept)) for mention in mentions(names, starts)]
    return terms


_Part = tuple[Term, Term | None, bool]


@lru_cache(maxsize=65_536)
def _analysed(run: str, language: str) -> tuple[Term | None, tuple[_Part, ...], tuple[Term, ...], tuple[str, ...], int]:
    """The whole of a run; its parts (stem, own form where that differs, whether it says nothing); those for bodies; names,
    and how many of these to look at: none where no name begins.
    """
    unspaced, whole, parts = taken_apart(run)
    stops = stop_words(language)
    analysed: list[_Part] = []
    for part in parts:
        stemmed = part if unspaced else stem(part, language)
        exact = (Sort.EXACT, key(language, Sort.EXACT, part)) if stemmed != part else None
        analysed.append(((Sort.STEM, key(language, Sort.STEM, stemmed)), exact, part in stops))
    in_bodies = tuple(stemmed for stemmed, _, says_nothing in analysed if not says_nothing)
    named = (Sort.WHOLE, key(language, Sort.WHOLE, whole)) if whole else None
    said = tuple(map(name_form, parts))
    return named, tuple(analysed), in_bodies, said, len(said) if any(map(begins_a_name, said)) else 0


def key(language: str, sort: str, text: str) -> int:
    """A term as the number it is stored by: 64 bits, so that no table of numbers has to be asked while indexing."""
    digest = blake2b(f"{language}\0{sort}\0{text}".encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def pair_key(first: int, second: int) -> int:
    """The number of two stems side by side, from theirs; the other way round they are another pair."""
    return (first * 0x1E3779B97F4A7C15 + second * 3 + 1 + 2**63) % 2**64 - 2**63
