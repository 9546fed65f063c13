"""The terms of a document: what of each field is found, and how much each find is worth (BM25F, saturated here already)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b

from portal.search import weights
from portal.search.languages import stem, stop_words
from portal.search.synonyms import mentions
from portal.search.words import words


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
    total: Counter[Term] = Counter()
    for name, text in document.fields.items():
        field = weights.FIELDS[name]
        counted = Counter(terms_of(text, document.language, name))
        length = sum(number for (sort, _), number in counted.items() if sort == Sort.STEM)
        norm = 1 - field.length_counts + field.length_counts * length / field.usual_length
        for term, number in counted.items():
            total[term] += field.weight * number / norm
    return {term: value / (weights.SATURATION + value) for term, value in total.items()}


def terms_of(text: str, language: str, field: str) -> Iterator[Term]:
    """The terms of a field. Bodies leave out words that say nothing and hold no pairs; titles keep all."""
    in_body = field == "body"
    stops = stop_words(language)
    parts: list[str] = []
    before = ""
    for word in words(text):
        if word.whole:
            yield Sort.WHOLE, word.text
            continue
        parts.append(word.text)
        if word.text in stops:
            if not in_body:
                yield Sort.STEM, stem(word.text, language)
            continue
        now = word.text if word.unspaced else stem(word.text, language)
        yield Sort.STEM, now
        if now != word.text and not in_body:
            yield Sort.EXACT, word.text
        if before and not in_body:
            yield Sort.PAIR, f"{before} {now}"
        before = now
    for mention in mentions(parts):
        yield Sort.CONCEPT, mention.concept


@lru_cache(maxsize=131_072)
def key(language: str, sort: str, text: str) -> int:
    """A term as the number it is stored by: 64 bits, so that no table of numbers has to be asked while indexing."""
    digest = blake2b(f"{language}\0{sort}\0{text}".encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
