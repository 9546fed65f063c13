"""Takes names, addresses and ids out of a text and puts labels in, the same label wherever the same thing stood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum


class Sort(StrEnum):
    """What sort of thing a label stands for."""

    PERSON = "person"
    NAME = "name"
    SIGN_IN_NAME = "sign-in-name"
    ADDRESS = "address"
    PLACE = "place"
    ID = "id"
    VALUE = "value"
    TENANT = "tenant"


# What no list of known values may hold, but a text still can: found by its shape.
SHAPES: tuple[tuple[Sort, re.Pattern[str]], ...] = (
    (
        Sort.PLACE,
        re.compile(r"(?:CN|OU|DC)=[^\n`|]{1,1000}?,(?:DC|OU)=[^\s,`|]+(?:,(?:DC|OU)=[^\s,`|]+)*", re.IGNORECASE),
    ),
    (Sort.ID, re.compile(r"CN=\{[0-9A-F]+\}", re.IGNORECASE)),
    (Sort.ADDRESS, re.compile(r"(?<![^\s@`|,;:<>()\"“”])[^\s@`|,;:<>()\"“”]+@[^\s@`|,;:<>()\"“”]*\w")),
    (Sort.PLACE, re.compile(r"(?<![\w.-])(?:[\w-]{1,63}\.){1,9}onmicrosoft\.(?:com|us|cn|de)\b", re.IGNORECASE)),
    (Sort.PERSON, re.compile(r"(?<![\w\\])[\w.-]{1,64}\\[\w.$-]{1,64}")),
    (Sort.ID, re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE)),
    (Sort.ID, re.compile(r"\b[0-9a-f]{32}\b", re.IGNORECASE)),
    (Sort.ID, re.compile(r"\bS-1-\d+(?:-\d+)+\b")),
    (Sort.ID, re.compile(r"(?<![\w+/])[A-Za-z0-9+/]{22}==")),
)
# Shorter ones would be cut out of ordinary words; what a person is called, and a name in ideographs, may well be one sign.
SHORTEST = 2
# Not told apart: marks on letters, and signs that are not seen.
UNSEEN = frozenset({"Mn", "Cf"})
LIKE_I = str.maketrans("ı", "i")


class Redactor:
    """Labels are numbered in the order in which things were first told of; case, accents and width make no other thing."""

    def __init__(self, secrets: Iterable[tuple[Sort, str]]) -> None:
        self._labels: dict[str, str] = {}
        self._numbers: dict[Sort, int] = {}
        for sort, value in secrets:
            known = value.strip()
            if len(known) >= SHORTEST or not known.isascii() or (sort is Sort.NAME and known):
                self._label(sort, known)

    def redact(self, text: str) -> str:
        """The text without anything known, and without what looks like an address, a place or an id."""
        text = self._without_known(text)
        for sort, shape in SHAPES:
            text = shape.sub(lambda found, sort=sort: self._label(sort, found[0]), text)
        return text

    def _without_known(self, text: str) -> str:
        """Found in the folded text, cut out of the text itself, together with the marks that folding left out."""
        if not self._labels:
            return text
        folded, places = _fold(text)
        told, done = [], 0
        for found in self._known().finditer(folded):
            told += [text[done : places[found.start()]], self._labels[found[0]]]
            done = max(places[found.end()], places[found.end() - 1] + 1)
        return "".join([*told, text[done:]])

    def _known(self) -> re.Pattern[str]:
        longest_first = sorted(self._labels, key=len, reverse=True)
        return re.compile("|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in longest_first))

    def _label(self, sort: Sort, value: str) -> str:
        folded, _ = _fold(value)
        if not folded:
            return value
        if folded not in self._labels:
            self._numbers[sort] = self._numbers.get(sort, 0) + 1
            self._labels[folded] = f"[{sort} {self._numbers[sort]}]"
        return self._labels[folded]


def _fold(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its signs, and its end, the place in `text` from which it comes."""
    signs, places = [], []
    for place, one in enumerate(text):
        for sign in unicodedata.normalize("NFKD", one).casefold().translate(LIKE_I):
            if unicodedata.category(sign) not in UNSEEN:
                signs.append(sign)
                places.append(place)
    return "".join(signs), [*places, len(text)]
