"""One step of filling in a form: what was sent, and what the next page shows. Nothing of it is kept anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from portal.articles.scoping import Scoping
from portal.clouds import Cloud
from portal.forms.answers import Filled, fill
from portal.forms.schema import Control, Element
from portal.forms.summary import name_of, shown
from portal.forms.validating import Fault, faults
from portal.forms.words import facts, template
from portal.locales import get
from portal.markup import fitting

ANSWER = "a."
ZONES = tuple(
    [f"-{hours:02}:00" for hours in range(12, 0, -1) if hours not in (3,)]
    + ["-09:30", "-03:30", "-03:00", "+00:00"]
    + [f"+{hours:02}:00" for hours in range(1, 15)]
    + ["+03:30", "+04:30", "+05:30", "+05:45", "+06:30", "+08:45", "+09:30", "+10:30", "+12:45"]
)


class Step(StrEnum):
    """What the pressed button asks for."""

    UPDATE = "update"
    EDIT = "edit"
    CHECK = "check"
    SUMMARY = "summary"
    TEXT = "text"
    MARKDOWN = "markdown"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One element as a page shows it."""

    element: Element
    at: str
    said: tuple[str, ...] = ()
    answer: str = ""
    error: str = ""
    error_text: str = ""
    content: str = ""
    info: str = ""
    decides: bool = False
    is_new: bool = False
    asks_zone: bool = False

    @property
    def field(self) -> str:
        return f"{ANSWER}{self.element.id}"

    @property
    def name(self) -> str:
        return name_of(self.element)

    @property
    def typed(self) -> str:
        """What stands in a text box: not the way out beside it."""
        way_out = self.element.fallback.value if self.element.is_free and self.element.fallback else None
        return self.said[0] if self.said and self.said[0] != way_out else ""

    @property
    def described_by(self) -> str:
        """The ids of what a screen reader reads with the box."""
        there = (("hint", self.has_hint), ("error", bool(self.error)))
        return " ".join(f"{self.at}-{part}" for part, is_there in there if is_there)

    @property
    def attributes(self) -> list[tuple[str, str]]:
        """What a box tells a screen reader besides its label."""
        told = [("aria-describedby", self.described_by), ("aria-invalid", "true" if self.error else "")]
        told.append(("aria-required", "true" if self.element.required else ""))
        return [(name, value) for name, value in told if value]

    @property
    def watermark(self) -> str:
        """The hint of a box, unless the label says the same."""
        same = self.element.watermark.casefold().strip(" .:?") == self.name.casefold().strip(" .:?")
        return "" if same else self.element.watermark

    @property
    def has_hint(self) -> bool:
        one = self.element
        return bool(self.watermark or self.info or one.hints or (one.is_free and one.is_dynamic))


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What came with a step: the answers, the time zone of its times, and the questions that were on the page."""

    step: Step
    given: Mapping[str, list[str]]
    zone: str
    seen: frozenset[str]


def sent(data: QueryDict) -> Sent:
    """A step as it was sent. A button we do not know, or none, updates the form."""
    word = data.get("do", "")
    given = {name.removeprefix(ANSWER): data.getlist(name) for name in data if name.startswith(ANSWER)}
    zone = data.get("zone", "")
    return Sent(
        step=Step(word) if word in tuple(Step) else Step.UPDATE,
        given=given,
        zone=zone if zone in ZONES else "",
        seen=frozenset(data.getlist("seen")),
    )


NOTHING = Sent(step=Step.EDIT, given={}, zone="", seen=frozenset())


@dataclass(frozen=True, kw_only=True)
class Filling:
    """A form and one step of filling it in."""

    scoping: Scoping
    sent: Sent
    filled: Filled
    faults: tuple[Fault, ...]

    @property
    def new(self) -> frozenset[str]:
        """Questions that these answers opened and that were not on the page they were sent from."""
        if not self.sent.seen:
            return frozenset()
        return frozenset(one.id for one in self.filled.questions) - self.sent.seen

    @property
    def is_done(self) -> bool:
        """Whether the answers may go on to the next step."""
        return self.sent.step not in (Step.UPDATE, Step.EDIT) and not self.faults and not self.new


def filling(scoping: Scoping, given: Sent = NOTHING) -> Filling:
    filled = fill(scoping.form, given.given)
    looks = given.step not in (Step.UPDATE, Step.EDIT)
    return Filling(scoping=scoping, sent=given, filled=filled, faults=tuple(faults(filled)) if looks else ())


def from_request(request: HttpRequest, scoping: Scoping) -> Filling:
    return filling(scoping, sent(request.POST) if request.method == "POST" else NOTHING)


def context(one: Filling, cloud: Cloud) -> dict[str, Any]:
    """What every page of the form shows: the questions with their answers and faults."""
    text = one.scoping.text
    asked = asked_of(one, cloud)
    return {
        "title": one.scoping.form.title,
        "scoping": one.scoping,
        "text": text,
        "form": one.scoping.form,
        "shown": get(text.locale) if text.locale else None,
        "filling": one,
        "asked": asked,
        "answered": [row for row in asked if row.element.control.takes_answer],
        "errors": [row for row in asked if row.error],
        "opened": [row for row in asked if row.is_new],
        "is_update": one.sent.step is Step.UPDATE,
        "zone": one.sent.zone or "+00:00",
        "zones": ZONES_IN_ORDER,
        "decides": any(row.decides for row in asked),
        "has_required": any(row.element.required for row in asked),
    }


def asked_of(one: Filling, cloud: Cloud) -> list[Asked]:
    places = {element.id: f"q{number}" for number, element in enumerate(one.scoping.form.elements, start=1)}
    faulty = {fault.element.id: fault for fault in one.faults}
    deciding = one.scoping.form.deciding
    first_time = next((element.id for element in one.filled.questions if element.control is Control.DATE_TIME), None)
    return [
        Asked(
            element=element,
            at=places[element.id],
            said=one.filled.answer(element),
            answer=shown(one.filled, element, one.sent.zone or "+00:00") if element.control.takes_answer else "",
            error=sentence(faulty[element.id]) if element.id in faulty else "",
            error_text=faulty[element.id].text if element.id in faulty else "",
            content=fitting.fit(element.content, cloud, {}),
            info=fitting.fit(element.info, cloud, {}),
            decides=element.id in deciding,
            is_new=element.id in one.new,
            asks_zone=element.id == first_time,
        )
        for element in one.filled.shown
    ]


def sentence(fault: Fault) -> str:
    return _(template(fault)) % facts(fault)


def _minutes(zone: str) -> int:
    return (1 if zone[0] == "+" else -1) * (int(zone[1:3]) * 60 + int(zone[4:6]))


ZONES_IN_ORDER = tuple(sorted(ZONES, key=_minutes))
