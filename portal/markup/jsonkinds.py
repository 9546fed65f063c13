"""The JSON of the kinds that are data: what stands between the first and the last `---`, repaired where people err."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from portal.markup.encoding import line_at
from portal.markup.source import Unreadable
from portal.problems import Problem, Severity

DEEPEST = 60
# The longest real file has 44,110 bytes. Above this, JSON must be right as it stands.
LONGEST_REPAIR = 1024 * 1024

_FENCE = re.compile(r"^[ \t]*---[ \t]*$", re.MULTILINE)
_TOKEN = re.compile(
    r'"(?:[^"\\]+|\\.)*"?|//[^\n]*|/\*.*?(?:\*/|\Z)|[{}\[\]:,]|[^\s"{}\[\]:,/]+|\s+|/',
    re.DOTALL,
)
_NAME = re.compile(r"[A-Za-z_$][\w$-]*")
# What JSON can say but a database cannot keep: NUL, and halves of surrogate pairs.
_ESCAPES = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True)
class Parsed:
    """The object a file holds, the Markdown around it, and what had to be repaired."""

    data: dict[str, Any]
    around: str
    problems: list[Problem]


class _Refused(ValueError):
    """A value that JavaScript knows but JSON does not, or that nobody can store."""

    def __init__(self, word: str, why: str) -> None:
        super().__init__(f"{word[:20]} {why}")
        self.word = word


def read(body: str, first_line: int) -> Parsed:
    """The JSON object in the body of a file; `first_line` is the line of the file that the body starts on.

    Control characters in strings, commas too many, keys without quotes and comments are repaired and reported; of a
    key given twice the last value counts. Raises Unreadable, with the line and the cure, for anything else.
    """
    start, end, around = _between_fences(body)
    text = body[start:end].lstrip()
    line = first_line + body.count("\n", 0, end - len(text) if text else start)
    problems: list[Problem] = []
    data = _parsed(text, line, problems)
    if not isinstance(data, dict):
        raise _unreadable("json-not-an-object", line, "The JSON is a list or a single value; put it between { and }.")
    if _is_too_deep(data):
        raise _unreadable("json-too-deep", line, f"The JSON is nested deeper than {DEEPEST} levels; make it flatter.")
    if _ESCAPES.search(text):
        data = _storable(data)
    return Parsed(data, around, problems)


def _between_fences(body: str) -> tuple[int, int, str]:
    fences = list(_FENCE.finditer(body))
    if fences:
        first, last = fences[0], fences[-1]
        end = last.start() if last is not first else len(body)
        return first.end(), end, body[: first.start()] + body[last.end() if last is not first else end :]
    start = body.find("{")
    return (start, len(body), body[:start]) if start >= 0 else (0, 0, body)


def _parsed(text: str, line: int, problems: list[Problem]) -> Any:
    if not text.strip():
        message = "There is no JSON below the title; put it between two lines “---”."
        raise _unreadable("json-missing", line, message)
    try:
        return _load(text, line, problems, strict=True)
    except ValueError:
        repaired = text if len(text) > LONGEST_REPAIR else "".join(_repaired(text, line, problems))
    try:
        return _load(repaired, line, problems, strict=False)
    except json.JSONDecodeError as error:
        at = line + error.lineno - 1
        raise _unreadable("json-invalid", at, f"The JSON cannot be read: {error.msg}. Correct it here.") from error
    except _Refused as error:
        at = line + repaired.count("\n", 0, max(repaired.find(error.word), 0))
        raise _unreadable("json-invalid", at, f"The JSON cannot be read: {error}. Correct it here.") from error
    except ValueError as error:  # a whole number of more digits than Python converts
        raise _unreadable("json-invalid", line, f"The JSON cannot be read: {error}. Correct it.") from error


def _load(text: str, line: int, problems: list[Problem], *, strict: bool) -> Any:
    repeated: list[str] = []

    def gather(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            repeated.extend(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        return found

    try:
        data = json.loads(
            text, strict=strict, object_pairs_hook=gather, parse_constant=_refuse_constant, parse_float=_finite
        )
    except RecursionError as error:
        raise _unreadable("json-too-deep", line, "The JSON is nested far too deep; make it flatter.") from error
    if repeated:
        problems.extend(_repeated(text, line, repeated))
    return data


def _repeated(text: str, line: int, keys: list[str]) -> Iterator[Problem]:
    for key in dict.fromkeys(keys[:20]):
        place = text.find(json.dumps(key, ensure_ascii=False))
        yield Problem(
            code="json-repeated-key",
            line=line + text.count("\n", 0, max(place, 0)),
            severity=Severity.NOTE,
            message=f"“{key[:40]}” is given more than once in one object; the last value counts. Keep only one.",
        )


def _refuse_constant(name: str) -> Any:
    raise _Refused(name, "is no JSON value")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise _Refused(text, "is too large a number")
    return number


def _repaired(text: str, line: int, problems: list[Problem]) -> Iterator[str]:
    """The text with keys quoted, and comments and commas that nothing follows left out."""
    tokens = list(_TOKEN.finditer(text))
    following = _following(tokens)
    reported: set[str] = set()

    def report(code: str, at: int, message: str) -> None:
        if code not in reported:
            reported.add(code)
            problems.append(Problem(code=code, line=line + line_at(text, at) - 1, message=message))

    for number, token in enumerate(tokens):
        word = token[0]
        after = following[number]
        if word == "," and after in ("}", "]", ""):
            report("json-trailing-comma", token.start(), "A comma stands before a closing bracket; remove it.")
        elif word.startswith(("//", "/*")):
            report("json-comment", token.start(), "JSON has no comments; remove it.")
        elif after == ":" and _NAME.fullmatch(word):
            report("json-key-not-quoted", token.start(), f"The key {word[:40]} has no quotation marks; add them.")
            yield f'"{word}"'
        else:
            if word[0] == '"' and _has_control(word):
                message = "A string is broken over lines or holds a tab; write \\n or \\t instead."
                report("json-control-character", token.start(), message)
            yield word


def _following(tokens: list[re.Match[str]]) -> list[str]:
    """For each token the next one that says something, '' at the end."""
    following = [""] * len(tokens)
    meaningful = ""
    for number in range(len(tokens) - 1, -1, -1):
        following[number] = meaningful
        word = tokens[number][0]
        if not word.isspace() and not word.startswith(("//", "/*")):
            meaningful = word
    return following


def _has_control(text: str) -> bool:
    return any(character < " " for character in text)


def _is_too_deep(data: Any) -> bool:
    level = [data]
    for _ in range(DEEPEST):
        level = [inner for value in level for inner in (value.values() if isinstance(value, dict) else value)]
        level = [inner for inner in level if isinstance(inner, dict | list)]
        if not level:
            return False
    return True


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, list):
        return [_storable(one) for one in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(one) for key, one in value.items()}
    return value


def _unreadable(code: str, line: int, message: str) -> Unreadable:
    return Unreadable(Problem(code=code, line=line, message=message, severity=Severity.ERROR))
