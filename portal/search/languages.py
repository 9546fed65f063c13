"""What search knows of each language: its stemmer, and the words that say nothing of what is sought."""

from __future__ import annotations

import threading
import tomllib
from functools import cache, lru_cache
from pathlib import Path

import Stemmer

from portal.search.words import without_accents

STEMMERS = {"en": "english", "sv": "swedish", "de": "german", "ar": "arabic"}
_STOP_WORDS = Path(__file__).parent / "data" / "stop_words.toml"
SHORTEST_STEMMED = 3
_stemmers = threading.local()


def language_of(locale: str) -> str:
    return locale.partition("-")[0]


@lru_cache(maxsize=131_072)
def stem(word: str, language: str) -> str:
    """What the forms of a word share; a word with digits, or of a language without a stemmer, stays as it is."""
    stemmer = _stemmer(language)
    if stemmer is None or len(word) < SHORTEST_STEMMED or not word.isalpha():
        return without_accents(word)
    return without_accents(stemmer.stemWord(word)) or word


def _stemmer(language: str) -> Stemmer.Stemmer | None:
    """A stemmer keeps its state between calls, so each thread has its own."""
    if language not in STEMMERS:
        return None
    mine = _stemmers.__dict__
    if language not in mine:
        mine[language] = Stemmer.Stemmer(STEMMERS[language], 0)
    return mine[language]


@cache
def stop_words(language: str) -> frozenset[str]:
    return frozenset(_tables().get(language, "").split())


@cache
def _tables() -> dict[str, str]:
    return tomllib.loads(_STOP_WORDS.read_text("utf-8"))
