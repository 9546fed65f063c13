"""Everything the simulator remembers, as one document of JSON values."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, TypeVar

from pydantic import Field

from portal.directories.simulator.world.entries import (
    AdObject,
    CloudObject,
    Connector,
    MetaverseObject,
    Numbered,
    Remembered,
    SpaceObject,
)
from portal.directories.simulator.world.switches import PERMISSIONS, initial

# Who writes to the log when it is no person and no fix.
SYNC_ENGINE = "sync engine"
CLOUD_SERVICE = "cloud service"

NAMESPACE = uuid.UUID("6f1d3a52-0d3c-5a53-9a5e-2d0a5f3f6c11")


class Tenant(Remembered):
    """Names, domains, settings and switches of the tenant."""

    name: str = "contoso"
    initial_domain: str = "contoso.onmicrosoft.com"
    domains: dict[str, str] = Field(default_factory=dict)
    forest: str = "DC=contoso,DC=com"
    netbios: str = "CONTOSO"
    server: str = "dc1.contoso.com"
    excluded: list[str] = Field(default_factory=list)
    permissions: list[str] = Field(default_factory=lambda: list(PERMISSIONS))
    switches: dict[str, bool] = Field(default_factory=initial)


class Engine(Remembered):
    """The sync server: its scheduler and what its last runs came to."""

    cycle: int = 0
    interval_minutes: int = 30
    last_started_at: datetime | None = None
    export_started_at: datetime | None = None
    export_ended_at: datetime | None = None
    run_status: str = ""
    stopped: str = ""
    error_limit: int = 5000

    @property
    def interval(self) -> timedelta:
        return timedelta(minutes=self.interval_minutes)

    @property
    def due_at(self) -> datetime | None:
        return self.last_started_at + self.interval if self.last_started_at else None


class Injection(Remembered):
    """A fault to play: `kind` in `operation` (and, for a step, `step`), `times` left, `seconds` to wait or to ask for."""

    kind: str
    operation: str = ""
    step: str = ""
    times: int = 1
    seconds: float = 0


class LogEntry(Remembered):
    """One line of the append-only log."""

    number: int
    at: datetime
    cycle: int
    who: str
    what: str
    target: str = ""
    name: str = ""
    attribute: str = ""
    before: str = ""
    after: str = ""
    fix: str = ""
    lease: int | None = None
    step: str = ""


class State(Remembered):
    """The whole of Contoso."""

    seq: int = 0
    tenant: Tenant = Field(default_factory=Tenant)
    engine: Engine = Field(default_factory=Engine)
    ad: dict[str, AdObject] = Field(default_factory=dict)
    space: dict[str, SpaceObject] = Field(default_factory=dict)
    metaverse: dict[str, MetaverseObject] = Field(default_factory=dict)
    connectors: dict[str, Connector] = Field(default_factory=dict)
    cloud: dict[str, CloudObject] = Field(default_factory=dict)
    swept_at: datetime | None = None
    fences: dict[str, int] = Field(default_factory=dict)
    injections: list[Injection] = Field(default_factory=list)
    log: list[LogEntry] = Field(default_factory=list)

    def next_seq(self) -> int:
        self.seq += 1
        return self.seq

    def new_id(self, purpose: str, seq: int) -> str:
        """An id that the same history always leads to."""
        return str(uuid.uuid5(NAMESPACE, f"{self.tenant.name}/{purpose}/{seq}"))

    def switched(self, name: str) -> bool:
        return self.tenant.switches.get(name, False)

    def note(self, at: datetime, who: str, what: str, **more: Any) -> LogEntry:
        """Append a line to the log; `more` are fields of LogEntry."""
        entry = LogEntry(number=len(self.log) + 1, at=at, cycle=self.engine.cycle, who=who, what=what, **more)
        self.log.append(entry)
        return entry

    def as_document(self) -> dict[str, Any]:
        return self.model_dump(mode="json")


N = TypeVar("N", bound=Numbered)


def ordered(things: Iterable[N]) -> list[N]:
    """In the order of making, whatever order the store gave back."""
    return sorted(things, key=lambda thing: thing.seq)


def live_ad(state: State) -> Iterator[AdObject]:
    return (one for one in ordered(state.ad.values()) if one.is_live)


def live_cloud(state: State) -> Iterator[CloudObject]:
    return (one for one in ordered(state.cloud.values()) if one.is_live)
