"""The synchronization half of a cycle: staged objects reach the metaverse, and what the cloud should hold is worked out."""

from __future__ import annotations

from portal.directories.simulator.engine.flows import is_filtered, to_cloud, to_metaverse
from portal.directories.simulator.world.entries import Connector, MetaverseObject, SpaceObject
from portal.directories.simulator.world.state import State, ordered


def synchronize(state: State) -> None:
    for staged in ordered(state.space.values()):
        _project(state, staged)
    by_metaverse = {one.metaverse_id: one for one in state.connectors.values() if one.metaverse_id}
    for person in ordered(state.metaverse.values()):
        _provision(state, person, by_metaverse.get(person.id))
    for metaverse_id, connector in by_metaverse.items():
        if metaverse_id not in state.metaverse:
            _withdraw(state, connector)


def _project(state: State, staged: SpaceObject) -> None:
    person = state.metaverse.get(staged.metaverse_id)
    if person is None:
        seq = state.next_seq()
        person = MetaverseObject(
            id=state.new_id("metaverse", seq), seq=seq, kind=staged.kind, anchor=staged.anchor, space_id=staged.id
        )
        state.metaverse[person.id] = person
        staged.metaverse_id = person.id
    person.anchor = staged.anchor
    person.filtered = is_filtered(staged)
    person.attributes = to_metaverse(staged)


def _provision(state: State, person: MetaverseObject, connector: Connector | None) -> None:
    if person.filtered:
        if connector is not None:
            _withdraw(state, connector)
        return
    if connector is None:
        seq = state.next_seq()
        connector = Connector(
            id=state.new_id("connector", seq), seq=seq, kind=person.kind, anchor=person.anchor, metaverse_id=person.id
        )
        state.connectors[connector.id] = connector
    connector.going = False
    connector.anchor = person.anchor
    staged = state.space[person.space_id]
    connector.moved_anchor = staged.anchor_now if staged.anchor_now != staged.anchor else ""
    connector.desired = to_cloud(person, domain=state.tenant.netbios, dn=staged.dn)


def _withdraw(state: State, connector: Connector) -> None:
    """What was never added just goes; what is in the cloud waits for the export of its deletion."""
    if connector.cloud_id:
        connector.going = True
    else:
        del state.connectors[connector.id]
