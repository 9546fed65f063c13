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
_Form = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept, and the words (first and number) that name it."""

    concept: str
    first: int
    length: int


def mentions(names: Sequence[str], starts: Sequence[tuple[int, int]] | None = None) -> list[Mention]:
    """The concepts that a run of words, each as `name_form` gives it, speaks of; of overlapping names the longest.

    `starts` says where names may begin, as places with numbers of words, when that is known already; else anywhere.
    """
    forms = _by_first_word()
    found: list[Mention] = []
    end = 0
    places = range(len(names)) if starts is None else [at + step for at, number in starts for step in range(number)]
    for place in places:
        if place < end:
            continue
        for form, concept in forms.get(names[place], ()):
            if len(form) == 1 or tuple(names[place : place + len(form)]) == form:
                found.append(Mention(concept, place, len(form)))
                end = place + len(form)
                break
    return found


def name_form(word: str) -> str:
    """A word as names are compared: they are English, in whatever language they are used."""
    return stem(word, "en")


def begins_a_name(name: str) -> bool:
    return name in _by_first_word()


@cache
def _by_first_word() -> dict[str, tuple[tuple[_Form, str], ...]]:
    """All forms by their first word, the longest first."""
    table: dict[str, list[tuple[_Form, str]]] = {}
    for concept, forms in tomllib.loads(FILE.read_text("utf-8"))["concepts"].items():
        for form in forms:
            key = tuple(name_form(word.text) for word in words(form) if not word.whole)
            table.setdefault(key[0], []).append((key, concept))
    return {first: tuple(sorted(forms, key=lambda one: -len(one[0]))) for first, forms in table.items()}
