"""References between objects: exported last, because both ends must be in the cloud."""

from __future__ import annotations

from datetime import datetime

from portal.directories.faults import ErrorType
from portal.directories.simulator.engine.flows import REFERENCES
from portal.directories.simulator.export.refused import ExportRefused, Reject
from portal.directories.simulator.world.entries import Connector
from portal.directories.simulator.world.state import State


def export_references(state: State, connector: Connector, now: datetime) -> None:
    """Write what can be resolved; raises ExportRefused for each referenced object that has an error of its own."""
    there = state.cloud[connector.cloud_id]
    if there.cloud_managed:
        return
    rejects: list[Reject] = []
    for name in sorted(REFERENCES):
        resolved = []
        for ad_id in connector.desired.get(name, []):
            target = _connector_of(state, ad_id)
            if target is None:
                continue
            if target.cloud_id:
                resolved.append(target.cloud_id)
            elif target.errors:
                rejects.append(_reject(name, ad_id, target))
        there.put(name, *resolved)
    if rejects:
        raise ExportRefused(*rejects)


def _connector_of(state: State, ad_id: str) -> Connector | None:
    staged = next((one for one in state.space.values() if one.ad_id == ad_id), None)
    if staged is None:
        return None
    return next((one for one in state.connectors.values() if one.metaverse_id == staged.metaverse_id), None)


def _reject(name: str, ad_id: str, target: Connector) -> Reject:
    who = target.desired.get("displayName", [target.id])[0]
    return Reject(
        type=ErrorType.REFERENCE_FAILED,
        attribute=name,
        value=ad_id,
        detail=f"The referenced object {who} could not be exported. Cure that error first.",
    )
