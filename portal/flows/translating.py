"""The words of a table, apart from its structure, and their exchange for those of another language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portal.flows.tables import Key, Table
from portal.problems import Problem

# Every other key is structure and must not stand in a translation.
WORD_KEYS = frozenset(
    [
        "title",
        "description",
        "ask",
        "why",
        "how",
        "say",
        "hint",
        "summary",
        "steps",
        "undo",
        "effective",
        "cost",
        "warnings",
        "label",
        "means",
        "here",
        "taken",
        "answered",
        "ends",
        "way",
        "open",
        "legend",
    ]
)

_CODE = re.compile(r"`([^`]+)`")
_SLOT = re.compile(r"(?<![{`])\{[a-z]+\}(?!`)")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A run of words, or a name or command (`code`) that is the same in every language and reads left to right."""

    text: str
    code: bool


def pieces(words: str) -> tuple[Piece, ...]:
    """Words split at their backticks, for showing: what stood between two of them is code."""
    parts = enumerate(_CODE.split(words))
    return tuple(Piece(text=text, code=position % 2 == 1) for position, text in parts if text)


def plain(words: str) -> str:
    """The words without backticks."""
    return _CODE.sub(r"\1", words)


def words_of(data: Mapping[str, Any], _at: Key = ()) -> Iterator[tuple[Key, str | list[str]]]:
    """Every word of a table with its key."""
    for name, value in data.items():
        if isinstance(value, Mapping):
            yield from words_of(value, (*_at, name))
        elif name in WORD_KEYS:
            yield (*_at, name), value


def translated(data: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, Any]:
    """The table with its words exchanged for `words`, which mirrors its keys."""
    result = dict(data)
    for name, value in words.items():
        result[name] = translated(result.get(name, {}), value) if isinstance(value, Mapping) else value
    return result


def check_translation(english: Table, other: Table) -> list[Problem]:
    """What keeps `other` from being a complete translation of the words in `english`."""
    wanted, given = dict(words_of(english.data)), dict(_leaves(other.data))
    problems = []
    for key in wanted.keys() - given.keys():
        message = f'"{_dotted(key)}" is not translated; add it, or remove the file until it is complete.'
        problems.append(other.problem("translation-missing", message, *key))
    for key in given.keys() - wanted.keys():
        message = f'"{_dotted(key)}" is no word of {english.file_name}; remove it, or correct its spelling.'
        problems.append(other.problem("translation-extra", message, *key))
    for key in wanted.keys() & given.keys():
        problems += _compare(other, key, wanted[key], given[key])
    return sorted(problems, key=lambda problem: (problem.line or 0, problem.message))


def _compare(other: Table, key: Key, english: Any, words: Any) -> list[Problem]:
    name = _dotted(key)
    if isinstance(english, list) != isinstance(words, list) or (
        isinstance(english, list) and len(english) != len(words)
    ):
        count = len(english) if isinstance(english, list) else "one text, not a list"
        message = f'"{name}" must have as many parts as in English ({count}); translate each of them.'
        return [other.problem("translation-parts", message, *key)]
    pairs = list(zip(english, words, strict=True)) if isinstance(english, list) else [(english, words)]
    if any(not isinstance(text, str) or not text.strip() for _, text in pairs):
        return [other.problem("translation-empty", f'"{name}" is empty; translate it.', *key)]
    lost = [name for source, text in pairs for name in Counter(_names(source)) - Counter(_names(text))]
    if lost:
        message = f'"{name}" lost {lost[0]}; names, commands and slots stay as they are.'
        return [other.problem("translation-loses-name", message, *key)]
    return []


def _names(words: str) -> list[str]:
    """What must survive a translation: code between backticks, and slots such as `{steps}`."""
    return [*(f"`{code}`" for code in _CODE.findall(words)), *_SLOT.findall(words)]


def _leaves(data: Mapping[str, Any], _at: Key = ()) -> Iterator[tuple[Key, Any]]:
    for name, value in data.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, (*_at, name))
        else:
            yield (*_at, name), value


def _dotted(key: Key) -> str:
    return ".".join(key)
