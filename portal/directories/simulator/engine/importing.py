"""The import half of a cycle: what both directories hold is read into their connector spaces."""

from __future__ import annotations

from datetime import datetime

from portal.directories.objects import Kind
from portal.directories.simulator.engine.flows import anchor_for, in_scope
from portal.directories.simulator.engine.writeback import write_back
from portal.directories.simulator.world import switches
from portal.directories.simulator.world.entries import AdObject, CloudObject, Connector, SpaceObject
from portal.directories.simulator.world.state import State, live_ad, live_cloud


def import_all(state: State, now: datetime) -> None:
    if state.switched(switches.WRITEBACK):
        write_back(state, now)
    import_ad(state)
    import_cloud(state)


def import_ad(state: State) -> None:
    """Stage every live object in scope; what vanished or moved out of scope leaves the space."""
    staged = {one.ad_id: one for one in state.space.values()}
    seen = set()
    for one in live_ad(state):
        if in_scope(state, one):
            seen.add(one.id)
            _stage(state, one, staged.get(one.id))
    for ad_id, gone in staged.items():
        if ad_id not in seen:
            _forget(state, gone)


def _stage(state: State, one: AdObject, known: SpaceObject | None) -> None:
    anchor = anchor_for(state, one)
    if known is None:
        seq = state.next_seq()
        known = SpaceObject(
            id=state.new_id("space", seq),
            seq=seq,
            kind=one.kind,
            ad_id=one.id,
            dn=one.dn,
            anchor=anchor,
            anchor_now=anchor,
        )
        state.space[known.id] = known
    known.dn = one.dn
    known.attributes = {name: list(values) for name, values in one.attributes.items()}
    known.anchor_now = anchor
    if not _exported(state, known):
        known.anchor = anchor


def _exported(state: State, known: SpaceObject) -> bool:
    """An anchor may change only while nothing carries it in the cloud yet (Microsoft's page on design concepts)."""
    there = known.metaverse_id
    return bool(there) and any(one.metaverse_id == there and one.cloud_id for one in state.connectors.values())


def _forget(state: State, gone: SpaceObject) -> None:
    del state.space[gone.id]
    if gone.metaverse_id:
        state.metaverse.pop(gone.metaverse_id, None)


def import_cloud(state: State) -> None:
    """Confirm what the cloud still has, and stage synced objects that no connector knows: the orphans."""
    for connector in list(state.connectors.values()):
        _confirm(state, connector, state.cloud.get(connector.cloud_id))
    known = {one.cloud_id for one in state.connectors.values()}
    for one in live_cloud(state):
        if one.sync and one.id not in known:
            _stage_orphan(state, one)


def _confirm(state: State, connector: Connector, there: CloudObject | None) -> None:
    if not connector.cloud_id:
        return
    orphan = not connector.metaverse_id
    if there is None or not there.is_live or (orphan and not there.sync):
        if connector.metaverse_id and not connector.going:
            _start_over(connector)
        else:
            del state.connectors[connector.id]
    elif orphan:
        connector.anchor = there.anchor
    elif not connector.going and there.sync is not True and not there.cloud_managed:
        _start_over(connector)


def _start_over(connector: Connector) -> None:
    """The cloud object is gone or no longer ours: add it again."""
    connector.cloud_id = ""
    connector.exported = {}
    connector.errors = []


def _stage_orphan(state: State, one: CloudObject) -> None:
    seq = state.next_seq()
    state.connectors[one.id] = Connector(id=one.id, seq=seq, kind=Kind(one.kind), anchor=one.anchor, cloud_id=one.id)
