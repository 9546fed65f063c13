"""Cuts text into words as people search for them: compounds whole and in parts, Chinese and Japanese in pairs of letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

LONGEST_WORD = 64
# Unicode blocks written without spaces: kana, Han with its extensions, half-width katakana.
_UNSPACED = (
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003134f"
)
# A run of letters, digits and underscores, joined by marks that stand inside names: AAD-Connect, 10.0.0.1, user's, C#, .NET
_RUN = re.compile(rf"[{_UNSPACED}]+|[^\W{_UNSPACED}]+(?:[-.'’_/\\:@&][^\W{_UNSPACED}]+)*[+#]{{0,2}}")
_INSIDE = re.compile(r"[-.'’_/\\:@&+#]+")
# userPrincipalName, AADConnect, MSOLUser: at a small letter before a capital, and before the last capital of a run.
_HUMP = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-ZÀ-Þ])(?=[A-ZÀ-Þ][a-zà-ÿ]{2})")
_ABBREVIATIONS = re.compile("[A-Z]{2,6}s")
_CAPITALS = re.compile("[A-ZÀ-Þ]")
_POSSESSIVE = re.compile(r"['’]s\b")
_JOINERS = re.compile(r"[\u00ad\u0640\u064b-\u0652\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff\x00]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, small and without accents' variants; a `whole` is a compound whose parts stand beside it."""

    text: str
    position: int
    whole: bool = False
    unspaced: bool = False


def clean(text: str) -> str:
    """One form for look-alikes; marks that nobody sees, and what no database holds, taken out."""
    if text.isascii():
        return text.replace("\x00", " ")
    return _JOINERS.sub("", unicodedata.normalize("NFKC", text))


def words(text: str) -> Iterator[Word]:
    """The words of a text in order. Parts of one compound count as places of their own; its whole stands at the first."""
    position = 0
    for run in runs(text):
        unspaced, whole, parts = taken_apart(run)
        if whole:
            yield Word(whole, position, whole=True)
        for part in parts:
            yield Word(part, position, unspaced=unspaced)
            position += 1


def runs(text: str) -> list[str]:
    """What stands between spaces and marks, before it is taken apart."""
    return _RUN.findall(clean(text))


@lru_cache(maxsize=65_536)
def taken_apart(run: str) -> tuple[bool, str, tuple[str, ...]]:
    """Whether a run is unspaced, its whole when it is a compound, and its parts."""
    if is_unspaced(run[0]):
        return True, "", tuple(run[place : place + 2] for place in range(max(1, len(run) - 1)))
    run = _POSSESSIVE.sub("", run)
    pieces = [piece for piece in _INSIDE.split(run) if piece]
    parts = [part.casefold()[:LONGEST_WORD] for piece in pieces for part in _humps(piece)]
    if len(parts) < 2:
        whole = run.casefold() if run[-1:] in "+#" and len(run) <= 4 else ""
        return False, whole, tuple(parts)
    return False, "".join(parts)[:LONGEST_WORD], tuple(parts)


def _humps(piece: str) -> list[str]:
    if _ABBREVIATIONS.fullmatch(piece):  # VMs, UPNs: no stemmer knows their plural
        return [piece[:-1]]
    return _HUMP.split(piece) if _CAPITALS.search(piece, 1) and not piece.isupper() else [piece]


def is_unspaced(letter: str) -> bool:
    return bool(re.match(f"[{_UNSPACED}]", letter))


def without_accents(word: str) -> str:
    """The word on its base letters: Anwendung and Änderung sort and match with those who type without dots."""
    if word.isascii():
        return word
    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))
