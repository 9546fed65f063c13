"""Where the two objects of a sync error are now, in each of the four places."""

from __future__ import annotations

from dataclasses import dataclass

from portal.directories.faults import Fault
from portal.directories.objects import Kind, ObjectRef
from portal.directories.simulator.world.entries import AdObject, CloudObject, Connector, MetaverseObject, SpaceObject
from portal.directories.simulator.world.state import State, ordered


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Both ends; what is not there is None. `source` is the incoming object in Active Directory."""

    connector: Connector | None
    person: MetaverseObject | None
    staged: SpaceObject | None
    source: AdObject | None
    incoming: CloudObject | None
    existing: CloudObject | None

    @property
    def anchor(self) -> str:
        """The source anchor of the incoming object, empty when it is nowhere any more."""
        if self.connector is not None:
            return self.connector.anchor
        return self.incoming.anchor if self.incoming else ""


def locate(state: State, fault: Fault) -> Pair:
    connector = _connector(state, fault.incoming)
    cloud_id = (connector.cloud_id if connector else "") or fault.incoming.cloud_id
    person = state.metaverse.get(connector.metaverse_id) if connector else None
    staged = state.space.get(person.space_id) if person else None
    return Pair(
        connector=connector,
        person=person,
        staged=staged,
        source=state.ad.get(staged.ad_id) if staged else None,
        incoming=state.cloud.get(cloud_id),
        existing=state.cloud.get(fault.existing.cloud_id) if fault.existing else None,
    )


def _connector(state: State, incoming: ObjectRef) -> Connector | None:
    """By id, and by anchor after the connector space was built anew; never an orphan's."""
    found = state.connectors.get(incoming.connector_id)
    if found is None and incoming.anchor:
        same = (one for one in ordered(state.connectors.values()) if one.anchor == incoming.anchor)
        found = next((one for one in same if one.metaverse_id), None)
    return found


def refer_to_cloud(state: State, one: CloudObject) -> ObjectRef:
    connector = next((other for other in state.connectors.values() if other.cloud_id == one.id), None)
    return ObjectRef(
        kind=Kind(one.kind),
        display_name=one.get("displayName"),
        user_principal_name=one.get("userPrincipalName"),
        mail=one.get("mail"),
        anchor=one.anchor,
        connector_id=connector.id if connector else "",
        cloud_id=one.id,
        distinguished_name=one.get("onPremisesDistinguishedName"),
        source_of_authority="Active Directory" if one.sync else "Microsoft Entra ID",
    )


def refer_to_connector(state: State, one: Connector) -> ObjectRef:
    """An object on its way to the cloud, by what synchronization wants it to be."""
    there = state.cloud.get(one.cloud_id)
    if there is not None and not one.desired:
        return refer_to_cloud(state, there)
    wanted = {name: values[0] for name, values in one.desired.items()}
    return ObjectRef(
        kind=Kind(one.kind),
        display_name=wanted.get("displayName", ""),
        user_principal_name=wanted.get("userPrincipalName", ""),
        mail=wanted.get("mail", ""),
        anchor=one.anchor,
        connector_id=one.id,
        cloud_id=one.cloud_id,
        distinguished_name=wanted.get("onPremisesDistinguishedName", ""),
        source_of_authority="Active Directory",
    )
