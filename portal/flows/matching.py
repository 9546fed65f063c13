"""Recognising an error in what a person pastes: mails, HTML, JSON, screenshots read by machine, half a sentence."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache

from portal.flows.schema import Flow

LONGEST_TEXT = 20_000  # of what is pasted, and of what it unfolds into
SHORTEST_PHRASE = 8
SAFE_ANYWHERE = 14

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_ESCAPED_LETTER = re.compile(r"\\u([0-9a-fA-F]{4})")
_ESCAPE = re.compile(r"\\[nrt]")
_HYPHEN_AT_LINE_END = re.compile(r"-\s*\n\s*")
_TOKEN = re.compile(r"[a-z0-9_]+(?:-[a-z0-9_]+)*")
_NUMBER = re.compile(r"\d{1,6}")


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """What gives an error away: phrases, and codes (`*` stands for anything; bare numbers need a word beside them)."""

    phrases: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Found:
    """A pattern that a text holds, and by which of its words."""

    name: str
    by: str
    weight: int


@dataclass(frozen=True, kw_only=True)
class Guess:
    """What a pasted text seems to be: the answers it gives, and the words that gave it away."""

    name: str
    answers: Mapping[str, str]
    by: str


def guess(flow: Flow, text: str) -> list[Guess]:
    """What `text` may be by the flow's matches, the surest first, none twice; [] when nothing is recognised."""
    patterns = {name: Pattern(phrases=match.phrases, codes=match.codes) for name, match in flow.matches.items()}
    return [Guess(name=one.name, answers=flow.matches[one.name].answers, by=one.by) for one in find(patterns, text)]


def find(patterns: Mapping[str, Pattern], text: str) -> list[Found]:
    """The patterns that a text holds, the most specific (longest words) first."""
    read = _Text(text)
    found = [best for name, pattern in patterns.items() if (best := _best(name, pattern, read))]
    surest_first = sorted(found, key=lambda one: -one.weight)
    return [one for place, one in enumerate(surest_first) if not _within(one, surest_first[:place])]


def squeeze(text: str) -> str:
    """Letters and digits only, in lower case: what is left of a sentence however it was wrapped, quoted or marked up."""
    return "".join(letter for letter in unfold(text) if letter.isalnum())


@lru_cache(maxsize=2_048)
def _squeezed(phrase: str) -> str:
    """Phrases and codes of patterns are few, and held against every text."""
    return squeeze(phrase)


def unfold(text: str) -> str:
    """The text as its writer saw it: markup, escapes and look-alikes undone, in lower case, at most 20,000 letters."""
    text = html.unescape(html.unescape(text[:LONGEST_TEXT]))
    text = _ESCAPED_LETTER.sub(lambda match: chr(int(match[1], 16)), text)
    text = _TAG.sub("", _ESCAPE.sub("\n", text))
    text = _HYPHEN_AT_LINE_END.sub("-", unicodedata.normalize("NFKC", text)[:LONGEST_TEXT]).casefold()
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf")


class _Text:
    """A pasted text in the forms that patterns are held against."""

    def __init__(self, text: str) -> None:
        unfolded = unfold(text)
        self.squeezed = "".join(letter for letter in unfolded if letter.isalnum())
        self.tokens = frozenset(_TOKEN.findall(unfolded))
        self.whole = unfolded.strip(" \t\n.:#\"'()[]")
        self.numbers = frozenset(re.findall(r"(?:error|code|type|status|http|fel|felkod)\W{0,3}(\d{1,6})\b", unfolded))


def _best(name: str, pattern: Pattern, text: _Text) -> Found | None:
    hits = [phrase for phrase in pattern.phrases if _squeezed(phrase) in text.squeezed]
    hits += [code for code in pattern.codes if _holds(text, code.casefold())]
    if not hits:
        return None
    by = max(hits, key=lambda words: len(squeeze(words)))
    return Found(name=name, by=by, weight=len(squeeze(by)))


def _within(one: Found, surer: list[Found]) -> bool:
    """Whether a hit is only a part of a longer one, as a type's name is part of the name of its quarantined form."""
    words = squeeze(one.by)
    return any(words != squeeze(other.by) and words in squeeze(other.by) for other in surer)


def _holds(text: _Text, code: str) -> bool:
    if _NUMBER.fullmatch(code):
        return code in text.numbers or text.whole == code
    if "*" in code:
        return any(fnmatchcase(token, code) for token in text.tokens)
    return code in text.tokens or (len(_squeezed(code)) >= SAFE_ANYWHERE and _squeezed(code) in text.squeezed)
