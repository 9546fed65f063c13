"""A flow as an outline and as a table, from the same source as the drawing, with the way taken marked."""

from __future__ import annotations

from dataclasses import dataclass

from portal.flows.schema import Answer, Flow, Kind, Outcome, Question
from portal.flows.walking import Walk


@dataclass(frozen=True, kw_only=True)
class Item:
    """A node in the outline: the answer that leads to it ('' at the start) and what comes after it.

    `again` marks a node whose own branch stands further up; it has no `below` here.
    """

    name: str
    words: str
    answer: str
    kind: Kind | None
    taken: bool
    here: bool
    again: bool
    below: tuple[Item, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Line:
    """One answer of one question. `span` is the number of lines of its question, on the first of them, else 0."""

    question: str
    ask: str
    answer: str
    say: str
    target: str
    leads_to: str
    kind: Kind | None
    taken: bool
    here: bool
    span: int


def outline(flow: Flow, walk: Walk | None = None) -> Item:
    """The flow as a nested list, from its start."""
    return _item(flow, flow.start, "", walk, set(), taken=walk is not None)


def table(flow: Flow, walk: Walk | None = None) -> list[Line]:
    """The flow as rows, one for each answer, questions in the order of the file."""
    return [
        _line(flow, question, answer, walk, span=0 if number else len(question.answers))
        for question in flow.questions.values()
        for number, answer in enumerate(question.answers.values())
    ]


def _line(flow: Flow, question: Question, answer: Answer, walk: Walk | None, *, span: int) -> Line:
    target = _node(flow, answer.then)
    taken = _took(walk, question.name, answer.name)
    return Line(
        question=question.name,
        ask=question.ask,
        answer=answer.name,
        say=answer.say,
        target=target.name,
        leads_to=_words(target),
        kind=_kind(target),
        taken=taken,
        here=taken and _stands_at(walk, target.name),
        span=span,
    )


def _item(flow: Flow, name: str, answer: str, walk: Walk | None, seen: set[str], *, taken: bool) -> Item:
    node = _node(flow, name)
    again = name in seen
    seen.add(name)
    branches = () if again or isinstance(node, Outcome) else node.answers.values()
    return Item(
        name=name,
        words=_words(node),
        answer=answer,
        kind=_kind(node),
        taken=taken,
        here=taken and _stands_at(walk, name),
        again=again,
        below=tuple(_item(flow, one.then, one.say, walk, seen, taken=_took(walk, name, one.name)) for one in branches),
    )


def _took(walk: Walk | None, question: str, answer: str) -> bool:
    return walk is not None and walk.passes(question, answer)


def _stands_at(walk: Walk | None, name: str) -> bool:
    return walk is not None and walk.here.name == name


def _node(flow: Flow, name: str) -> Question | Outcome:
    return flow.questions.get(name) or flow.outcomes[name]


def _words(node: Question | Outcome) -> str:
    return node.title if isinstance(node, Outcome) else node.ask


def _kind(node: Question | Outcome) -> Kind | None:
    return node.kind if isinstance(node, Outcome) else None
