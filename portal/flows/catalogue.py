"""The words around every flow: names of roles, kinds of ends, evidence, and what a drawing says of itself."""

from __future__ import annotations

from pydantic import Field, model_validator

from portal.flows.schema import Evidence, Frozen, Kind, Reversible, Role, Status, Words


class Label(Frozen):
    """What something is called, and one sentence on what that means."""

    label: Words
    means: Words


class DrawingWords(Frozen):
    """What stands in and beside a drawing; `way` and `open` are for those who hear it (`{steps}`, `{question}`)."""

    here: Words
    taken: Words
    ends: Words
    answered: Words
    way: Words
    open: Words


class Catalogue(Frozen):
    """The words in one language; complete, or not there at all."""

    locale: str
    roles: dict[Role, Label] = Field(alias="role")
    kinds: dict[Kind, Label] = Field(alias="kind")
    statuses: dict[Status, Label] = Field(alias="status")
    reversible: dict[Reversible, Label]
    evidence: dict[Evidence, Label]
    drawing: DrawingWords

    @model_validator(mode="after")
    def _name_everything(self) -> Catalogue:
        tables = ((Role, self.roles), (Kind, self.kinds), (Status, self.statuses), (Reversible, self.reversible))
        for names, labels in (*tables, (Evidence, self.evidence)):
            if missing := sorted(set(names) - set(labels)):
                raise ValueError(f"{names.__name__.lower()} {missing[0]} has no label; add it")
        return self
