"""What is said of an answer that cannot be used: templates that pages translate and programs get in English."""

from __future__ import annotations

from portal.forms.schema import Control, Element
from portal.forms.summary import name_of
from portal.forms.validating import Fault, Wrong

LONGEST_NAME = 120

CHOOSE = "Choose an answer to “%(question)s”."
ENTER_MOMENT = "Enter a date and a time for “%(question)s”."
LATER = "“%(question)s” must be more than the answer to “%(other)s”."
SENTENCES = {
    Wrong.MISSING: "Answer “%(question)s”.",
    Wrong.NOT_AN_OPTION: "Choose one of the answers offered to “%(question)s”.",
    Wrong.TOO_LONG: "Shorten the answer to “%(question)s” to %(longest)s characters; it has %(length)s.",
    Wrong.NOT_A_NUMBER: "The answer to “%(question)s” must be a number, such as 4 or 2.5.",
    Wrong.NOT_A_MOMENT: "The answer to “%(question)s” must be a date and a time, such as 2026-01-31 08:15.",
    Wrong.PATTERN: "The answer to “%(question)s” is not written as expected.",
    Wrong.NOT_GREATER: "The answer to “%(question)s” must be more than %(least)s.",
}


def templates() -> tuple[str, ...]:
    """Every template, for translation."""
    return (*SENTENCES.values(), CHOOSE, ENTER_MOMENT, LATER)


def template(fault: Fault) -> str:
    if fault.wrong is Wrong.MISSING and fault.element.options:
        return CHOOSE
    if fault.wrong is Wrong.MISSING and fault.element.control is Control.DATE_TIME:
        return ENTER_MOMENT
    if fault.wrong is Wrong.NOT_GREATER and fault.facts["other"]:
        return LATER
    return SENTENCES[fault.wrong]


def facts(fault: Fault) -> dict[str, str]:
    return {**fault.facts, "question": short_name(fault.element)}


def short_name(element: Element) -> str:
    name = name_of(element)
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def in_english(fault: Fault) -> str:
    sentence = template(fault) % facts(fault)
    return f"{sentence} {fault.text}" if fault.text else sentence
