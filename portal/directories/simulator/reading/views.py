"""Objects of the simulator as they cross the door: with the attribute names of the place where they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from portal.directories.anchors import anchor_of, connector_dn
from portal.directories.objects import DirectoryObject, Kind, Side
from portal.directories.simulator.engine.flows import anchor_for
from portal.directories.simulator.reading.pairs import Pair
from portal.directories.simulator.world.entries import (
    AdObject,
    CloudObject,
    Connector,
    MetaverseObject,
    SpaceObject,
    parent_of,
)
from portal.directories.simulator.world.state import State


def _time(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _attributes(given: dict[str, list[str]], **more: str | list[str]) -> dict[str, tuple[str, ...]]:
    added = {name: tuple([value] if isinstance(value, str) else value) for name, value in more.items() if value}
    return {name: tuple(values) for name, values in given.items()} | added


def ad_view(state: State, one: AdObject) -> DirectoryObject:
    gone = not one.is_live
    return DirectoryObject(
        side=Side.AD,
        kind=Kind(one.kind),
        id=one.id,
        anchor=anchor_for(state, one),
        display_name=one.get("displayName"),
        deleted=gone,
        attributes=_attributes(
            one.attributes,
            objectGUID=one.id,
            distinguishedName=one.dn,
            whenCreated=_time(one.created_at),
            whenChanged=_time(one.changed_at),
            isDeleted="True" if gone else "",
            lastKnownParent=parent_of(one.dn) if gone else "",
        ),
    )


def space_view(one: SpaceObject) -> DirectoryObject:
    return DirectoryObject(
        side=Side.CONNECTOR_SPACE,
        kind=Kind(one.kind),
        id=one.id,
        anchor=one.anchor,
        display_name=one.get("displayName"),
        attributes=_attributes(one.attributes, distinguishedName=one.dn, connector="Active Directory"),
    )


def connector_view(one: Connector) -> DirectoryObject:
    return DirectoryObject(
        side=Side.CONNECTOR_SPACE,
        kind=Kind(one.kind),
        id=one.id,
        anchor=one.anchor,
        display_name=one.desired.get("displayName", [""])[0],
        attributes=_attributes(
            one.desired, distinguishedName=connector_dn(one.anchor), connector="Microsoft Entra ID", pending=one.pending
        ),
    )


def metaverse_view(one: MetaverseObject) -> DirectoryObject:
    return DirectoryObject(
        side=Side.METAVERSE,
        kind=Kind(one.kind),
        id=one.id,
        anchor=one.anchor,
        display_name=one.get("displayName"),
        attributes=_attributes(one.attributes, sourceAnchor=one.anchor, cloudFiltered=str(one.filtered)),
    )


def cloud_view(one: CloudObject) -> DirectoryObject:
    return DirectoryObject(
        side=Side.CLOUD,
        kind=Kind(one.kind),
        id=one.id,
        anchor=one.anchor,
        display_name=one.get("displayName"),
        deleted=not one.is_live,
        attributes=_attributes(
            one.attributes,
            id=one.id,
            onPremisesSyncEnabled="" if one.sync is None else str(one.sync),
            onPremisesImmutableId=one.anchor,
            onPremisesObjectIdentifier=one.identifier,
            isCloudManaged="True" if one.cloud_managed else "",
            assignedLicenses=one.licences,
            mailbox="True" if one.mailbox else "",
            roles=one.roles,
            eligibleRoles=one.eligible_roles,
            onPremisesProvisioningErrors=[f"{held.property}: {held.value}" for held in one.held],
            createdDateTime=_time(one.created_at),
            deletedDateTime=_time(one.deleted_at),
            restoredDateTime=_time(one.restored_at),
            lastSignInDateTime=_time(one.signed_in_at),
        ),
    )


def incoming_views(state: State, pair: Pair) -> tuple[DirectoryObject, ...]:
    """The incoming object from its source to the cloud."""
    views = [
        ad_view(state, pair.source) if pair.source else None,
        space_view(pair.staged) if pair.staged else None,
        metaverse_view(pair.person) if pair.person else None,
        connector_view(pair.connector) if pair.connector else None,
        cloud_view(pair.incoming) if pair.incoming else None,
    ]
    return tuple(replace(view, is_incoming=True) for view in views if view is not None)


def existing_views(state: State, pair: Pair) -> tuple[DirectoryObject, ...]:
    """The existing object in the cloud, and its source where that is still there under the same anchor."""
    if pair.existing is None:
        return ()
    found = [cloud_view(pair.existing)]
    if pair.existing.anchor and pair.existing.anchor != pair.anchor:
        sources = (one for one in state.ad.values() if _is_source(state, one, pair.existing.anchor))
        found += [ad_view(state, one) for one in sorted(sources, key=lambda one: one.seq)]
    return tuple(replace(view, is_existing=True) for view in found)


def _is_source(state: State, one: AdObject, anchor: str) -> bool:
    return anchor in (anchor_for(state, one), anchor_of(one.id)) and one.is_live
