"""The export of a change to an object that the cloud has already."""

from __future__ import annotations

from datetime import datetime

from portal.directories.faults import ErrorType
from portal.directories.simulator.export.adding import fill
from portal.directories.simulator.export.quarantine import refuse_conflicts
from portal.directories.simulator.export.refused import ExportRefused, Reject
from portal.directories.simulator.export.validating import refuse_federated_change, validate
from portal.directories.simulator.world.entries import Connector
from portal.directories.simulator.world.state import SYNC_ENGINE, State
from portal.directories.simulator.world.values import UPN

MOVED_ANCHOR = "The sourceAnchor attribute has changed. Set it back to the value it was first exported with."


def update(state: State, connector: Connector, now: datetime) -> None:
    """Raises ExportRefused; the cloud object then stays as it was."""
    there = state.cloud[connector.cloud_id]
    if there.cloud_managed:
        return
    _refuse_moved_anchor(connector)
    validate(state, connector.desired)
    before, after = connector.exported.get(UPN, [""])[0], connector.desired.get(UPN, [""])[0]
    refuse_federated_change(state, before, after)
    changed = [name for name in connector.desired if connector.desired[name] != connector.exported.get(name)]
    refuse_conflicts(state, connector, changed)
    if connector.desired != connector.exported:
        fill(state, there, connector, now, anew=False)
        connector.exported = dict(connector.desired)
        state.note(
            now,
            SYNC_ENGINE,
            "updated",
            target=there.id,
            name=there.get("displayName"),
            attribute=", ".join(sorted(changed)),
        )


def _refuse_moved_anchor(connector: Connector) -> None:
    if connector.moved_anchor:
        raise ExportRefused(
            Reject(
                type=ErrorType.UPDATE_NOT_ALLOWED,
                attribute="SourceAnchor",
                value=connector.moved_anchor,
                existing=connector.cloud_id,
                detail=MOVED_ANCHOR,
            )
        )
