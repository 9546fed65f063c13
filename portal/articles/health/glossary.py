"""Which names a translation garbled, by the table `glossary.toml`: pure, text in, findings out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("glossary.toml")
# Around a garbled spelling, so that it can be found in the file.
CONTEXT = 60
LOOSE = re.compile(r"[\s\u00a0\u200b-\u200f\u00ad‑–-]+")


@dataclass(frozen=True, kw_only=True)
class Term:
    """A name that must survive: how English has it, what else means the same, and what machines made of it by locale."""

    name: str
    english: tuple[str, ...]
    same: tuple[str, ...]
    kept: dict[str, tuple[str, ...]]
    garbled: dict[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Garbled:
    """One garbled name: the spelling met, or none when the name is simply lost, and the words around it."""

    term: str
    words: str


@lru_cache(maxsize=1)
def terms() -> tuple[Term, ...]:
    return tuple(_term(row) for row in tomllib.loads(FILE.read_text("utf-8"))["term"])


def _term(row: dict) -> Term:
    spellings = {
        name: {code: tuple(words) for code, words in row.get(name, {}).items()} for name in ("kept", "garbled")
    }
    return Term(name=row["name"], english=tuple(row["english"]), same=tuple(row.get("same", ())), **spellings)


def garbled(locale: str, text: str, pairs: Iterable[Sequence[str]] | None) -> list[Garbled]:
    """Each garbled name once; `pairs` are unit, translation and English, where the file kept them."""
    found = {one.term: one for one in _lost(locale, pairs or ())}
    found.update({one.term: one for one in _misspelt(locale, text)})
    return [found[name] for name in sorted(found)]


def _misspelt(locale: str, text: str) -> Iterator[Garbled]:
    for term, spelling in _spellings(locale):
        if match := spelling.search(text):
            yield Garbled(term=term, words=_around(text, match.start(), match.end()))


def _around(text: str, start: int, end: int) -> str:
    """The words around a place, whole ones where the language has spaces."""
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    if start > CONTEXT and " " in before:
        before = "… " + before.partition(" ")[2]
    if len(text) > end + CONTEXT and " " in after:
        after = after.rpartition(" ")[0] + " …"
    return " ".join(f"{before}{text[start:end]}{after}".split())


@lru_cache(maxsize=64)
def _spellings(locale: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    known = ((term.name, term.garbled.get(locale, ())) for term in terms())
    return tuple((name, _any_of(words)) for name, words in known if words)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    # Japanese sets no spaces between words, so that only letters of other scripts end one.
    either = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-zÀ-ÿ])(?:{either})(?![A-Za-zÀ-ÿ])", re.IGNORECASE)


def _lost(locale: str, pairs: Iterable[Sequence[str]]) -> Iterator[Garbled]:
    for _, target, source in pairs:
        for term in terms():
            if any(_holds(source, name) for name in term.english) and not _keeps(term, locale, _loose(target)):
                yield Garbled(term=term.name, words=" ".join(target.split())[: 3 * CONTEXT])


@lru_cache(maxsize=512)
def _name(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


def _holds(source: str, name: str) -> bool:
    return name in source and _name(name).search(source) is not None


def _keeps(term: Term, locale: str, target: str) -> bool:
    names = (*term.english, *term.same, *term.kept.get(locale, ()))
    return any(_loose(name) in target for name in names)


@lru_cache(maxsize=4096)
def _loose(words: str) -> str:
    return LOOSE.sub("", words).casefold()
