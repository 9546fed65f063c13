"""Recognising an error in what a person pastes: mails, HTML, JSON, screenshots read by machine, half a sentence."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache

from portal.flows.schema import Flow, Match

LONGEST_TEXT = 20_000  # of what is pasted, and of what it unfolds into
SHORTEST_PHRASE = 8
SAFE_ANYWHERE = 14
LONGEST_GAP = 80  # letters and digits that a `*` in a phrase may stand for
ANYTHING = "*"

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_ESCAPED_LETTER = re.compile(r"\\u([0-9a-fA-F]{4})")
_ESCAPE = re.compile(r"\\[nrt]")
_HYPHEN_AT_LINE_END = re.compile(r"-\s*\n\s*")
_TOKEN = re.compile(r"[a-z0-9_]+(?:-[a-z0-9_]+)*")
_NUMBER = re.compile(r"\d{1,6}")
_SENTENCE_END = re.compile(r"[.:;!?|\"\u201c\u201d]+")
_LINE_END = re.compile(r"\s*[\r\n]+\s*")


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """What gives an error away; `*` stands for anything in all of it.

    `phrases` may stand anywhere. `sentences` are too plain for that: they stand alone, from one stop or line end to the
    next. `codes` are words of their own; bare numbers need a word such as "error" beside them. `together` are words that
    mean nothing alone, and something where all of them stand in the same text. What is `weak` counts only where nothing
    else is found.
    """

    phrases: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    weak: bool = False


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
    patterns = {name: _pattern(match) for name, match in flow.matches.items()}
    guesses: dict[tuple[tuple[str, str], ...], Guess] = {}
    for one in find(patterns, text):
        answers = flow.matches[one.name].answers
        guesses.setdefault(tuple(sorted(answers.items())), Guess(name=one.name, answers=answers, by=one.by))
    return list(guesses.values())


def _pattern(match: Match) -> Pattern:
    return Pattern(
        phrases=match.phrases,
        sentences=match.sentences,
        codes=match.codes,
        together=match.together,
        weak=match.weak,
    )


def find(patterns: Mapping[str, Pattern], text: str) -> list[Found]:
    """The patterns that a text holds, the most specific (longest words) first; weak ones only where there is no other."""
    read = _Text(text)
    found = [best for name, pattern in patterns.items() if (best := _best(name, pattern, read))]
    strong = [one for one in found if not patterns[one.name].weak]
    surest_first = sorted(strong or found, key=lambda one: -one.weight)
    return [one for place, one in enumerate(surest_first) if not _within(one, surest_first[:place])]


def squeeze(text: str) -> str:
    """Letters and digits only, in lower case: what is left of a sentence however it was wrapped, quoted or marked up."""
    return "".join(letter for letter in unfold(text) if letter.isalnum())


@lru_cache(maxsize=2_048)
def _squeezed(phrase: str) -> str:
    """Phrases and codes of patterns are few, and held against every text."""
    return squeeze(phrase)


@lru_cache(maxsize=2_048)
def _with_gaps(phrase: str) -> re.Pattern[str]:
    """A phrase with `*` as an expression for squeezed texts; the gaps are short, so that it is quick on any text."""
    return re.compile(f".{{0,{LONGEST_GAP}}}?".join(re.escape(squeeze(part)) for part in phrase.split(ANYTHING)))


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
        self.sentences = frozenset([*_sentences(unfolded), *_sentences(_LINE_END.sub(". ", unfolded))])
        self.whole = unfolded.strip(" \t\n.:#\"'()[]")
        self.numbers = frozenset(re.findall(r"(?:error|code|type|status|http|fel|felkod)\W{0,3}(\d{1,6})\b", unfolded))


def _best(name: str, pattern: Pattern, text: _Text) -> Found | None:
    hits = [phrase for phrase in pattern.phrases if _says(text, phrase)]
    hits += [sentence for sentence in pattern.sentences if _stands_alone(text, sentence)]
    hits += [code for code in pattern.codes if _holds(text, code.casefold())]
    hits += [words for words in pattern.together if all(_has_word(text, word) for word in words.casefold().split())]
    if not hits:
        return None
    by = max(hits, key=lambda words: len(squeeze(words)))
    shown = by if by in pattern.codes else by.replace(ANYTHING, "\u2026")
    return Found(name=name, by=shown, weight=len(squeeze(by)))


def _within(one: Found, surer: list[Found]) -> bool:
    """Whether a hit is only a part of a longer one, as a type's name is part of the name of its quarantined form."""
    words = squeeze(one.by)
    return any(words != squeeze(other.by) and words in squeeze(other.by) for other in surer)


def _sentences(text: str) -> set[str]:
    """What stands between one stop and the next, as letters and digits."""
    return {"".join(letter for letter in part if letter.isalnum()) for part in _SENTENCE_END.split(text)}


def _says(text: _Text, phrase: str) -> bool:
    if ANYTHING in phrase:
        return _with_gaps(phrase).search(text.squeezed) is not None
    return _squeezed(phrase) in text.squeezed


def _stands_alone(text: _Text, sentence: str) -> bool:
    return any(_with_gaps(sentence).fullmatch(one) for one in text.sentences)


def _has_word(text: _Text, word: str) -> bool:
    return any(fnmatchcase(token, word) for token in text.tokens)


def _holds(text: _Text, code: str) -> bool:
    if _NUMBER.fullmatch(code):
        return code in text.numbers or text.whole == code
    if "*" in code:
        return any(fnmatchcase(token, code) for token in text.tokens)
    return code in text.tokens or (len(_squeezed(code)) >= SAFE_ANYWHERE and _squeezed(code) in text.squeezed)
