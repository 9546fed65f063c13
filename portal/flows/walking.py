"""A person's way through a flow: pure, from the answers alone, so that it can be walked again at any time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from portal.flows.schema import Answer, Flow, Outcome, Question

LONGEST_VALUE = 80


@dataclass(frozen=True, kw_only=True)
class Step:
    """One question that was answered."""

    question: Question
    answer: Answer


@dataclass(frozen=True, kw_only=True)
class Walk:
    """How far some answers lead.

    `invalid` is a value given for the question `here` that is none of its answers; it was not followed. `remembered`
    are valid answers to questions that this way did not pass (yet): kept, so that a change of mind loses nothing.
    """

    flow: Flow
    taken: tuple[Step, ...]
    here: Question | Outcome
    invalid: str | None = None
    remembered: Mapping[str, str] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome | None:
        """The outcome that was reached; None while a question is open."""
        return self.here if isinstance(self.here, Outcome) else None

    @property
    def question(self) -> Question | None:
        return self.here if isinstance(self.here, Question) else None

    @property
    def answers(self) -> dict[str, str]:
        """The answers of the way taken, in its order."""
        return {step.question.name: step.answer.name for step in self.taken}

    @property
    def suggested(self) -> str | None:
        """The answer given to this question before, to be offered, never forced."""
        return self.remembered.get(self.here.name)

    def passes(self, question: str, answer: str | None = None) -> bool:
        """Whether the way taken goes through `question` (by `answer`, where one is named)."""
        given = self.answers.get(question)
        return given is not None and (answer is None or given == answer)


def walk(flow: Flow, answers: Mapping[str, str], *, until: str | None = None) -> Walk:
    """Follow `answers` (question name → answer name) from the start as far as they lead.

    Names that are no question of the flow are ignored, so that a changed flow breaks no saved diagnosis. A value that
    is no answer to its question stops the walk there and is reported. `until` stops at a question although it is
    answered, for going back to it.
    """
    taken: list[Step] = []
    here: Question | Outcome = _reach(flow, flow.start)
    invalid = None
    while isinstance(here, Question) and here.name != until and here.name in answers:
        answer = here.answers.get(answers[here.name])
        if answer is None:
            invalid = answers[here.name][:LONGEST_VALUE]
            break
        taken.append(Step(question=here, answer=answer))
        here = _reach(flow, answer.then)
    passed = {step.question.name for step in taken}
    remembered = {name: value for name, value in known(flow, answers).items() if name not in passed}
    return Walk(flow=flow, taken=tuple(taken), here=here, invalid=invalid, remembered=remembered)


def paths(flow: Flow) -> Iterator[Walk]:
    """Every way through the flow, each from the start to an outcome. The flow must be free of cycles."""
    open_ways: list[dict[str, str]] = [{}]
    while open_ways:
        way = walk(flow, open_ways.pop())
        if way.question is None:
            yield way
        else:
            open_ways += [{**way.answers, way.here.name: answer} for answer in reversed(way.question.answers)]


def walk_to(flow: Flow, name: str) -> Walk:
    """The first way that ends at the outcome `name`. Raises LookupError when none does."""
    for way in paths(flow):
        if way.here.name == name:
            return way
    raise LookupError(f"no way through flow {flow.name} ends at {name}")


def known(flow: Flow, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that the flow knows, in the order of its questions; everything else left out."""
    return {
        name: answers[name]
        for name, question in flow.questions.items()
        if name in answers and answers[name] in question.answers
    }


def from_query(flow: Flow, query: Mapping[str, str] | Iterable[tuple[str, str]]) -> dict[str, str]:
    """The answers in an address's query (a mapping or pairs; the last one counts); other parameters are ignored.

    A value that is no answer is kept, cut short, so that the page can say what was wrong with it.
    """
    pairs = dict(query)
    return {name: pairs[name][:LONGEST_VALUE] for name in flow.questions if name in pairs}


def to_query(flow: Flow, answers: Mapping[str, str]) -> str:
    """The canonical query of some answers: choices only, in the order of the file, '' when there are none."""
    return urlencode(known(flow, answers))


def _reach(flow: Flow, name: str) -> Question | Outcome:
    node = flow.node(name)
    if node is None:
        raise ValueError(f"flow {flow.name} has no question or outcome {name}; run the content check")
    return node
