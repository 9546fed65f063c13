"""When an element is shown: conditions such as `a == b && (c != null || d == e)` read into a tree, and held against answers.

Values are bare text up to the next operator and may hold blanks, commas and parentheses, so the text is cut at `&&` and
`||` first; parentheses count as groups only where they open an operand, or close more than the operand itself has opened.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

Said = Mapping[str, tuple[str, ...]]

NULL = "null"
_JOINT = re.compile(r"&&|\|\|")
_COMPARISON = re.compile(r"\s*([^=!<>()]*?)\s*(==|!=)(.*)", re.DOTALL)
# Deeper than any real condition (2); what is deeper is not followed.
DEEPEST = 50


class Unclear(ValueError):
    """A condition that nobody can read; the message names the part."""


@dataclass(frozen=True)
class Condition(ABC):
    """A node of the tree."""

    @abstractmethod
    def holds(self, said: Said) -> bool:
        """Whether it is met by what was said."""

    @property
    def names(self) -> frozenset[str]:
        """The elements it looks at."""
        return frozenset()

    def put(self, change: Callable[[Comparison], Comparison]) -> Condition:
        """The same condition with every comparison changed."""
        return self


@dataclass(frozen=True)
class Constant(Condition):
    value: bool

    def holds(self, said: Said) -> bool:
        return self.value


@dataclass(frozen=True)
class Comparison(Condition):
    """`name == value`, or with `negated` `!=`; compared with null it asks whether there is no answer at all.

    An element that is not answered, or that does not exist, says nothing: it equals null, and differs from everything else.
    """

    name: str
    value: str
    negated: bool

    def holds(self, said: Said) -> bool:
        answer = said.get(self.name, ())
        equal = not answer if self.value == NULL else self.value in answer
        return equal is not self.negated

    @property
    def names(self) -> frozenset[str]:
        return frozenset({self.name})

    def put(self, change: Callable[[Comparison], Comparison]) -> Condition:
        return change(self)


@dataclass(frozen=True)
class AllOf(Condition):
    parts: tuple[Condition, ...]

    def holds(self, said: Said) -> bool:
        return all(part.holds(said) for part in self.parts)

    @property
    def names(self) -> frozenset[str]:
        return frozenset().union(*(part.names for part in self.parts))

    def put(self, change: Callable[[Comparison], Comparison]) -> Condition:
        return type(self)(tuple(part.put(change) for part in self.parts))


@dataclass(frozen=True)
class AnyOf(AllOf):
    def holds(self, said: Said) -> bool:
        return any(part.holds(said) for part in self.parts)


ALWAYS, NEVER = Constant(True), Constant(False)
_WORDS = {"": ALWAYS, "null": ALWAYS, "true": ALWAYS, "false": NEVER}


def parse(given: object) -> Condition:
    """The condition that a form gives as null, a boolean or a text. Raises Unclear."""
    if given is None or isinstance(given, bool):
        return NEVER if given is False else ALWAYS
    if not isinstance(given, str):
        raise Unclear(str(given)[:80])
    text = given.strip()
    if text.casefold() in _WORDS:
        return _WORDS[text.casefold()]
    return _Reader(list(_tokens(text))).whole()


def _tokens(text: str) -> Iterator[str | Condition]:
    """Operators, group parentheses and comparisons, in order; a parenthesis that closes nothing is left out."""
    start, depth = 0, 0
    joints = [*_JOINT.finditer(text), None]
    for joint in joints:
        operand = text[start : joint.start() if joint else len(text)].strip()
        while operand.startswith("("):
            depth += 1
            yield "("
            operand = operand[1:].lstrip()
        closing = 0
        while operand.endswith(")") and operand.count(")") > operand.count("("):
            operand = operand[:-1].rstrip()
            closing += 1
        yield _operand(operand)
        yield from ")" * min(closing, depth)
        depth -= min(closing, depth)
        if depth > DEEPEST:
            raise Unclear(text[:80])
        if joint:
            yield joint[0]
            start = joint.end()


def _operand(text: str) -> Condition:
    if found := _COMPARISON.fullmatch(text):
        name, operator, value = found[1].strip(), found[2], found[3].strip()
        if name and value:
            return Comparison(name, value, operator == "!=")
    if text.casefold() in ("true", "false"):
        return _WORDS[text.casefold()]
    raise Unclear(text[:80])


class _Reader:
    """Reads tokens by descent: `||` joins what `&&` joins; a group that is never closed ends with the text."""

    def __init__(self, tokens: list[str | Condition]) -> None:
        self.tokens = tokens
        self.at = 0

    def whole(self) -> Condition:
        return self.joined("||", AnyOf, lambda: self.joined("&&", AllOf, self.one))

    def joined(self, operator: str, kind: type[AllOf], part: Callable[[], Condition]) -> Condition:
        parts = [part()]
        while self.at < len(self.tokens) and self.tokens[self.at] == operator:
            self.at += 1
            parts.append(part())
        return parts[0] if len(parts) == 1 else kind(tuple(parts))

    def one(self) -> Condition:
        token = self.tokens[self.at]
        self.at += 1
        if isinstance(token, Condition):
            return token
        inner = self.whole()
        if self.at < len(self.tokens) and self.tokens[self.at] == ")":
            self.at += 1
        return inner
