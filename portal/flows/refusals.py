"""Every reason for which a fix is refused: Microsoft's sentence as it is, what it means, and what to do next."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from portal.flows.matching import Pattern, find
from portal.flows.schema import Advice, Frozen, Kind, Name, Status, Words, named


class About(StrEnum):
    """Which object a refusal means."""

    INCOMING = "incoming"
    EXISTING = "existing"
    BOTH = "both"
    OTHER = "other"
    TENANT = "tenant"
    PERSON = "person"
    SERVICE = "service"


class Leaves(StrEnum):
    """The diagnose status that a refused fix leaves."""

    NOT_STARTED = "not-started"
    MANUAL_FIX_REQUIRED = "manual-fix-required"


class Refusal(Advice):
    """One reason. `sentence` is Microsoft's own, never translated, '' where Microsoft has none; `also` are further
    sentences with the same meaning; `setting` names what to change in the tenant; `effective` says when a retry helps.
    """

    kind: Kind
    about: About
    status: Leaves
    retry: bool
    sentence: str = ""
    also: tuple[Words, ...] = ()
    codes: tuple[Words, ...] = ()
    setting: str = ""

    @property
    def sentences(self) -> tuple[str, ...]:
        return (self.sentence, *self.also) if self.sentence else self.also

    def as_outcome(self) -> dict[str, Any]:
        """The same advice as the fields of an outcome, for a flow that ends at this refusal."""
        fields = {name: getattr(self, name) for name in Advice.model_fields if name != "name"}
        return {**fields, "kind": self.kind, "status": Status.NONE, "refusal": self.name}


class Refusals(Frozen):
    """The table of refusals in one language."""

    locale: str
    rows: Annotated[dict[Name, Refusal], BeforeValidator(named)] = Field(alias="refusal", min_length=1)

    @model_validator(mode="after")
    def _agree_with_itself(self) -> Refusals:
        for row in self.rows.values():
            if row.retry and row.status is Leaves.MANUAL_FIX_REQUIRED:
                raise ValueError(f"refusal {row.name} allows a retry, so it must leave not-started")
        return self

    def __getitem__(self, name: str) -> Refusal:
        return self.rows[name]

    def get(self, name: str) -> Refusal | None:
        return self.rows.get(name)

    def recognise(self, text: str) -> Refusal | None:
        """The refusal that a message of a directory means; None when it is none of these."""
        found = find({name: pattern(row) for name, row in self.rows.items()}, text)
        return self.rows[found[0].name] if found else None


def pattern(row: Refusal) -> Pattern:
    return Pattern(phrases=row.sentences, codes=row.codes)
