"""What a scoping form is: its questions in order, the options of each, when it is shown, and what an answer must be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portal.forms.visibility import ALWAYS, Condition


class Control(StrEnum):
    """How a question is asked, by the names of the schema folded to lower case."""

    TEXT_BOX = "textbox"
    MULTI_LINE = "multilinetextbox"
    NUMBER = "numerictextbox"
    DATE_TIME = "datetimepicker"
    DROPDOWN = "dropdown"
    MULTI_SELECT = "multiselectdropdown"
    RADIO = "radiobuttongroup"
    INFO = "infoblock"
    TEXT = "textblock"

    @property
    def takes_answer(self) -> bool:
        return self not in (Control.INFO, Control.TEXT)

    @property
    def has_options(self) -> bool:
        return self in (Control.DROPDOWN, Control.MULTI_SELECT, Control.RADIO)


class Check(StrEnum):
    """What an answer must be, beyond being there."""

    PATTERN = "pattern"
    GREATER_THAN = "greater-than"
    LONGEST = "longest"


@dataclass(frozen=True, kw_only=True)
class Option:
    value: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One check of an answer: against `value`, or the answer of the element `other`; `text` is the form's own sentence."""

    check: Check
    value: str = ""
    other: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Element:
    """One line of a form. `info` and `content` are HTML that has passed the sanitizer; `is_dynamic` says that Microsoft's own
    portal fills the list from a service, which a public portal cannot ask: `options` then holds what is fixed.
    """

    id: str
    control: Control
    label: str
    required: bool = False
    options: tuple[Option, ...] = ()
    fallback: Option | None = None
    is_dynamic: bool = False
    condition: Condition = ALWAYS
    watermark: str = ""
    info: str = ""
    content: str = ""
    hints: tuple[str, ...] = ()
    lines: int = 0
    rules: tuple[Rule, ...] = ()
    is_description: bool = False

    @property
    def is_free(self) -> bool:
        """Whether its list is known to a service only, so that the answer has to be typed."""
        return self.control.has_options and not self.options

    @property
    def is_several(self) -> bool:
        return self.control is Control.MULTI_SELECT and not self.is_free

    @property
    def longest(self) -> int | None:
        """The least of the lengths that its rules allow."""
        return min((int(rule.value) for rule in self.rules if rule.check is Check.LONGEST), default=None)

    @property
    def choices(self) -> tuple[Option, ...]:
        """The options and, where the answer is typed, the way out that stands beside the box."""
        if self.options or self.fallback is None:
            return self.options
        return (self.fallback,)

    def text_of(self, value: str) -> str:
        """What a person sees of an answer."""
        return next((one.text for one in self.choices if one.value == value), value)


@dataclass(frozen=True, kw_only=True)
class Form:
    """A scoping form. `attach` says what should come along with the case."""

    title: str
    elements: tuple[Element, ...]
    attach: str = ""
    needs_resource: bool = False
    needs_subscription: bool = False

    @property
    def questions(self) -> tuple[Element, ...]:
        return tuple(one for one in self.elements if one.control.takes_answer)

    def element(self, name: str) -> Element | None:
        return next((one for one in self.elements if one.id == name), None)

    @property
    def deciding(self) -> frozenset[str]:
        """The elements whose answers show or hide others."""
        return frozenset(name for one in self.elements for name in one.condition.names)
