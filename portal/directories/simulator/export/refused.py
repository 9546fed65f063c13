"""How the service refuses the export of one object."""

from __future__ import annotations

from dataclasses import dataclass

from portal.directories.faults import ErrorType


@dataclass(frozen=True, kw_only=True)
class Reject:
    """One reason; `existing` is the id of the cloud object in the way."""

    type: ErrorType
    attribute: str = ""
    value: str = ""
    existing: str = ""
    code: int | None = None
    detail: str = ""


class ExportRefused(Exception):
    """The object was not exported; it is tried again with every cycle."""

    def __init__(self, *rejects: Reject) -> None:
        super().__init__("; ".join(f"{one.type}: {one.attribute}" for one in rejects))
        self.rejects = rejects
