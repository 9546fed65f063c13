"""Whether the answers to a form can be used: every fault, each with its element, as a key and facts that pages put into words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from portal.forms.answers import Filled
from portal.forms.patterns import fits
from portal.forms.schema import Check, Control, Element, Rule

# Longer than any answer that somebody writes by hand; a log belongs into a file beside the case.
LONGEST_ANSWER = 20_000
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?|(\d{4}-\d\d-\d\d)")
_NUMBER = re.compile(r"[+-]?\d{1,18}(?:[.,]\d{1,9})?")


class Wrong(StrEnum):
    """What can be wrong with an answer."""

    MISSING = "missing"
    NOT_AN_OPTION = "not-an-option"
    TOO_LONG = "too-long"
    NOT_A_NUMBER = "not-a-number"
    NOT_A_MOMENT = "not-a-moment"
    PATTERN = "pattern"
    NOT_GREATER = "not-greater"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One answer that cannot be used. `facts` are for the sentence; `text` is the form's own sentence, if it has one."""

    element: Element
    wrong: Wrong
    facts: dict[str, str] = field(default_factory=dict)
    text: str = ""


def faults(filled: Filled) -> list[Fault]:
    """Every fault of every question shown, in their order; one for each question."""
    found = (next(_of_element(filled, element), None) for element in filled.questions)
    return [fault for fault in found if fault]


def _of_element(filled: Filled, element: Element) -> Iterator[Fault]:
    said = filled.answer(element)
    if not said:
        if element.required:
            yield Fault(element=element, wrong=Wrong.MISSING)
        return
    values = {one.value for one in element.options}
    if element.options and not values.issuperset(said):
        yield Fault(element=element, wrong=Wrong.NOT_AN_OPTION)
        return
    if element.is_free and element.fallback and said == (element.fallback.value,):
        return
    longest = min(element.longest or LONGEST_ANSWER, LONGEST_ANSWER)
    if not element.options and len(said[0]) > longest:
        facts = {"longest": str(longest), "length": str(len(said[0]))}
        yield Fault(element=element, wrong=Wrong.TOO_LONG, facts=facts)
    if element.control is Control.NUMBER and number(said[0]) is None:
        yield Fault(element=element, wrong=Wrong.NOT_A_NUMBER)
    if element.control is Control.DATE_TIME and moment(said[0]) is None:
        yield Fault(element=element, wrong=Wrong.NOT_A_MOMENT)
    for rule in element.rules:
        yield from BY_CHECK[rule.check](filled, element, rule)


def _by_pattern(filled: Filled, element: Element, rule: Rule) -> Iterator[Fault]:
    if not fits(rule.value, filled.answer(element)[0]):
        yield Fault(element=element, wrong=Wrong.PATTERN, facts={"pattern": rule.value}, text=rule.text)


def _by_size(filled: Filled, element: Element, rule: Rule) -> Iterator[Fault]:
    other = filled.form.element(rule.other) if rule.other else None
    least = (filled.answer(other) or ("",))[0] if other else rule.value
    mine, theirs = _measure(element, filled.answer(element)[0]), _measure(element, least)
    if mine is None or theirs is None or mine > theirs:
        return
    facts = {"least": least, "other": other.label if other else ""}
    yield Fault(element=element, wrong=Wrong.NOT_GREATER, facts=facts, text=rule.text)


BY_CHECK: dict[Check, Callable[[Filled, Element, Rule], Iterator[Fault]]] = {
    Check.PATTERN: _by_pattern,
    Check.GREATER_THAN: _by_size,
    Check.LONGEST: lambda *_: iter(()),
}


def _measure(element: Element, text: str) -> float | Decimal | None:
    if element.control is Control.DATE_TIME:
        found = moment(text)
        return found.timestamp() if found else None
    return number(text)


def number(text: str) -> Decimal | None:
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


def moment(text: str) -> datetime | None:
    """A date, or a date and a time with or without a time zone, as browsers and programs write it; else None."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    try:
        if found[4]:
            return datetime.fromisoformat(f"{found[4]}T00:00:00+00:00")
        return datetime.fromisoformat(f"{found[1]}T{found[2]}:00{(found[3] or '+00:00').replace('Z', '+00:00')}")
    except ValueError:
        return None
