"""The answers to a form: which questions they show, and what of them counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.forms.schema import Control, Element, Form

Given = Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A form with what somebody answered: the elements shown, in order, and the answers to those alone."""

    form: Form
    shown: tuple[Element, ...]
    answers: dict[str, tuple[str, ...]]

    @property
    def questions(self) -> tuple[Element, ...]:
        return tuple(one for one in self.shown if one.control.takes_answer)

    def answer(self, element: Element) -> tuple[str, ...]:
        return self.answers.get(element.id, ())


def fill(form: Form, given: Given) -> Filled:
    """Hold answers against the conditions, until nothing changes: an answer to a hidden question counts for nothing.

    Conditions that go round in a circle have no settled end; they stop after as many rounds as there are elements.
    """
    answers = {one.id: said for one in form.questions if (said := said_of(one, given.get(one.id, ())))}
    shown = form.elements
    for _round in range(len(form.elements) + 1):
        names = {one.id for one in shown}
        counted = {name: said for name, said in answers.items() if name in names}
        following = tuple(one for one in form.elements if one.condition.holds(counted))
        if following == shown:
            break
        shown = following
    names = {one.id for one in shown}
    return Filled(form=form, shown=shown, answers={name: said for name, said in answers.items() if name in names})


def said_of(element: Element, given: Sequence[str]) -> tuple[str, ...]:
    """An answer as it counts: without space around it, an option by its value; () for none."""
    said = tuple(dict.fromkeys(text for one in given if (text := _tidy(element, one))))
    if element.is_several:
        return said
    if element.is_free and element.fallback and element.fallback.value in said:
        return (element.fallback.value,)
    return said[:1]


def _tidy(element: Element, text: str) -> str:
    lines = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if element.control is not Control.MULTI_LINE:
        lines = " ".join(lines.split())
    values = {one.value for one in element.choices}
    if lines in values:
        return lines
    return next((one.value for one in element.choices if one.text.casefold() == lines.casefold()), lines)
