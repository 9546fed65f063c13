"""The export half of a cycle: deletions, changes, additions, then references, each object for itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from portal.directories.faults import ErrorType
from portal.directories.simulator.export.adding import add
from portal.directories.simulator.export.references import export_references
from portal.directories.simulator.export.refused import ExportRefused, Reject
from portal.directories.simulator.export.updating import update
from portal.directories.simulator.world.bin import soft_delete
from portal.directories.simulator.world.entries import Connector, ExportFault
from portal.directories.simulator.world.state import SYNC_ENGINE, State, ordered

ORDER = ("delete", "update", "add")
VIOLATION = "The object to be deleted is not synchronized from on-premises any more."


class StoppedAtLimit(Exception):
    """Too many errors: the run stops, and what it did not reach is not reported."""


def export(state: State, now: datetime) -> str:
    """Export everything that is pending, and return the run status as the sync client writes it."""
    known = {connector.id: connector.errors for connector in state.connectors.values()}
    try:
        for kind in ORDER:
            for connector in ordered(state.connectors.values()):
                if connector.pending == kind:
                    _attempt(state, connector, _EXPORTS[kind], known.get(connector.id, []), now)
        for connector in ordered(state.connectors.values()):
            if connector.metaverse_id and connector.cloud_id and not connector.errors:
                _attempt(state, connector, export_references, known.get(connector.id, []), now)
    except StoppedAtLimit:
        return "stopped-error-limit"
    failed = any(connector.errors for connector in state.connectors.values())
    return "completed-export-errors" if failed else "success"


Export = Callable[[State, Connector, datetime], None]


def _attempt(state: State, connector: Connector, act: Export, known: list[ExportFault], now: datetime) -> None:
    """Replace the object's errors by those of this attempt; one that was `known` keeps the time it was first seen."""
    try:
        act(state, connector, now)
    except ExportRefused as refused:
        connector.errors = [_fault(known, reject, now) for reject in refused.rejects]
    else:
        connector.errors = []
    if sum(len(one.errors) for one in state.connectors.values()) > state.engine.error_limit:
        raise StoppedAtLimit


def _fault(errors: list[ExportFault], reject: Reject, now: datetime) -> ExportFault:
    known = (
        one.first_seen
        for one in errors
        if (one.type, one.attribute, one.value) == (reject.type, reject.attribute, reject.value)
    )
    return ExportFault(
        type=reject.type,
        attribute=reject.attribute,
        value=reject.value,
        existing=reject.existing,
        code=reject.code,
        detail=reject.detail,
        first_seen=next(known, now),
        seen=now,
    )


def _delete(state: State, connector: Connector, now: datetime) -> None:
    """A deletion reaches only what is still synchronized; the client calls the rest error 114 (0x8023134a)."""
    there = state.cloud.get(connector.cloud_id)
    if there is not None and there.is_live:
        if not there.sync:
            raise ExportRefused(
                Reject(type=ErrorType.DELETION_VIOLATION, existing=there.id, code=114, detail=VIOLATION)
            )
        soft_delete(state, there, now, SYNC_ENGINE)
    del state.connectors[connector.id]


_EXPORTS: dict[str, Export] = {"delete": _delete, "update": update, "add": add}
