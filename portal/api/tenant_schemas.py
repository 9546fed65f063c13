"""The shapes of what the API tells of a tenant."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Schema


class TenantOut(Schema):
    """A tenant of the caller's, her rights there, and how its synchronization stands."""

    tenant: str
    name: str
    cloud: str
    rights: list[str]
    errors: int
    cycle: int | None
    due: datetime | None
    read: datetime | None
    url: str


class TenantsOut(Schema):
    """All tenants of the caller."""

    tenants: list[TenantOut]


class ErrorOut(Schema):
    """One sync error as the list shows it. `status` is that of the current cycle."""

    id: int
    category: str
    type: str
    attribute: str
    value: str
    incoming: str
    existing: str
    status: str
    marks: list[str]
    first_seen: datetime
    seen: datetime
    first_cycle: int
    last_cycle: int
    cleared_in: int | None
    url: str


class ErrorsOut(Schema):
    """A page of open errors; `next` is the value of `after` for the page that follows, or null."""

    tenant: str
    cycle: int | None
    errors: list[ErrorOut]
    next: int | None


class ErrorDetail(ErrorOut):
    """One error with what its directory reports, whether it can be diagnosed, and its history."""

    report: dict[str, Any]
    is_diagnosed: bool
    why_not: str
    history: list[dict[str, Any]]


class AnswerOut(Schema):
    """One answer of the diagnosis, in the words of the flow."""

    question: str
    answer: str
    asked: str
    said: str


class DiagnosisOut(Schema):
    """The diagnosis of an error in the last cycle in which one was opened, with its case summary."""

    error: int
    cycle: int
    status: str
    flow: str
    answers: list[AnswerOut]
    open_question: str | None
    outcome: str | None
    summary: str
    markdown: str


class CycleOut(Schema):
    """One closed sync cycle."""

    cycle: int
    opened: datetime
    closed: datetime
    complete: bool
    export_started: datetime | None
    export_ended: datetime | None
    counts: dict[str, Any]


class CyclesOut(Schema):
    """A page of closed cycles, newest first; `current` is the number of the open one."""

    tenant: str
    current: int | None
    cycles: list[CycleOut]
    next: int | None


class LineOut(Schema):
    """One line of the record."""

    id: int
    at: datetime
    who: str
    what: str
    about: str
    error: int | None
    fix: int | None
    details: dict[str, Any]


class RecordOut(Schema):
    """A page of the record, newest first."""

    tenant: str
    lines: list[LineOut]
    next: int | None
