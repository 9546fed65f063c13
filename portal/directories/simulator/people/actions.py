"""The shape of what a person can do in Contoso: a name, its parameters, and the refusal of a bad value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from portal.directories.simulator.world.entries import AdObject, CloudObject
from portal.directories.simulator.world.state import State

LONGEST_VALUE = 1024


class Field(StrEnum):
    """What a parameter takes; the demo offers a list for all but TEXT and NUMBER."""

    AD_OBJECT = "ad-object"
    AD_DELETED = "ad-deleted"
    AD_ATTRIBUTE = "ad-attribute"
    CLOUD_OBJECT = "cloud-object"
    CLOUD_DELETED = "cloud-deleted"
    CONTAINER = "container"
    SWITCH = "switch"
    PERMISSION = "permission"
    FAULT = "fault"
    OPERATION = "operation"
    SOURCE = "source"
    HOLDING = "holding"
    FLAG = "flag"
    TEXT = "text"
    NUMBER = "number"


class Said(str):
    """A sentence for a person, with its `template` and `facts` apart, so that it can be said in other languages too."""

    template: str
    facts: Mapping[str, Any]


def said(template: str, **facts: Any) -> Said:
    """The sentence in English; `template` has %(name)s where a fact stands."""
    sentence = Said(template % facts)
    sentence.template, sentence.facts = template, facts
    return sentence


class ActionRefused(Exception):
    """It was not done; the message is a sentence for the person, `parameter` the one at fault."""

    def __init__(self, sentence: str, *, parameter: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.parameter = parameter


@dataclass(frozen=True, kw_only=True)
class Parameter:
    name: str
    field: Field
    says: str
    required: bool = True


@dataclass(frozen=True, kw_only=True)
class Change:
    """An action under way: its values are checked."""

    state: State
    values: Mapping[str, str]
    who: str
    now: datetime
    action: str

    def ad(self, name: str = "object") -> AdObject:
        return self.state.ad[self.values[name]]

    def cloud(self, name: str = "object") -> CloudObject:
        return self.state.cloud[self.values[name]]

    def flag(self, name: str = "on") -> bool:
        return self.values[name] == "on"

    def note(self, one: AdObject | CloudObject | None = None, **more: Any) -> None:
        target = {"target": one.id, "name": one.get("displayName")} if one else {}
        self.state.note(self.now, self.who, self.action, **target, **more)

    def touch(self, one: AdObject) -> None:
        one.changed_at = self.now


@dataclass(frozen=True, kw_only=True)
class Action:
    """`act` changes the state and returns a sentence that says what happens next."""

    name: str
    says: str
    act: Callable[[Change], str]
    parameters: tuple[Parameter, ...] = ()


def text(name: str, says: str, *, required: bool = True) -> Parameter:
    return Parameter(name=name, field=Field.TEXT, says=says, required=required)


def pick(field: Field, says: str, *, name: str = "object") -> Parameter:
    return Parameter(name=name, field=field, says=says)
