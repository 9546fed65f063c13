"""How words of the list of errors are compared: without case, and without marks, in whatever form they were typed."""

from __future__ import annotations

from portal.search.words import without_accents


def fold(text: str) -> str:
    """`Åsa`, composed or not, and `ASA` are one; so is an Arabic name with its vowel signs and without."""
    return without_accents(text).casefold()
