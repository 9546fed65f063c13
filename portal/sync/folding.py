"""How words of the list of errors are compared: without case, and without marks, in whatever form they were typed."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """`Åsa`, composed or not, and `ASA` are one; so is an Arabic name with its vowel signs and without."""
    bare = (sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", "".join(bare)).casefold()
