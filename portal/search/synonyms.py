"""Concepts with several names: which of them a run of words holds, however it is spelled."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.search.languages import stem
from portal.search.words import words

FILE = Path(__file__).parent / "data" / "synonyms.toml"
# The forms are names and English words, in whatever language they are used.
_LANGUAGE = "en"
_Form = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept, and the words (first and number) that name it."""

    concept: str
    first: int
    length: int


def mentions(texts: Sequence[str]) -> list[Mention]:
    """The concepts that a run of words names; of overlapping names the longest."""
    forms = _by_first_word()
    found: list[Mention] = []
    place = 0
    while place < len(texts):
        best = _longest(texts, place, forms.get(stem(texts[place], _LANGUAGE), ()))
        if best:
            found.append(best)
        place += best.length if best else 1
    return found


def _longest(texts: Sequence[str], place: int, candidates: Sequence[tuple[_Form, str]]) -> Mention | None:
    for form, concept in candidates:
        ahead = texts[place : place + len(form)]
        if len(ahead) == len(form) and all(
            stem(one, _LANGUAGE) == other for one, other in zip(ahead, form, strict=True)
        ):
            return Mention(concept, place, len(form))
    return None


@cache
def _by_first_word() -> dict[str, tuple[tuple[_Form, str], ...]]:
    """All forms by their first word, the longest first."""
    table: dict[str, list[tuple[_Form, str]]] = {}
    for concept, forms in tomllib.loads(FILE.read_text("utf-8"))["concepts"].items():
        for form in forms:
            key = tuple(stem(word.text, _LANGUAGE) for word in words(form) if not word.whole)
            table.setdefault(key[0], []).append((key, concept))
    return {first: tuple(sorted(forms, key=lambda one: -len(one[0]))) for first, forms in table.items()}
