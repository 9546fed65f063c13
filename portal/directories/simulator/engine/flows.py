"""Which attribute flows where: from Active Directory over the metaverse to the cloud, as a table."""

from __future__ import annotations

from portal.directories.anchors import anchor_of
from portal.directories.simulator.world import switches
from portal.directories.simulator.world.entries import AdObject, MetaverseObject, SpaceObject
from portal.directories.simulator.world.state import State

# Active Directory, metaverse, cloud.
FLOWS = (
    ("displayName", "displayName", "displayName"),
    ("givenName", "givenName", "givenName"),
    ("sn", "sn", "surname"),
    ("userPrincipalName", "userPrincipalName", "userPrincipalName"),
    ("sAMAccountName", "accountName", "onPremisesSamAccountName"),
    ("mail", "mail", "mail"),
    ("mailNickname", "mailNickname", "mailNickname"),
    ("proxyAddresses", "proxyAddresses", "proxyAddresses"),
    ("employeeID", "employeeID", "employeeId"),
    ("objectSid", "objectSid", "onPremisesSecurityIdentifier"),
    ("userCertificate", "userCertificate", "userCertificate"),
    ("thumbnailPhoto", "thumbnailPhoto", "thumbnailPhoto"),
    ("extensionAttribute1", "extensionAttribute1", "extensionAttribute1"),
    ("manager", "manager", "manager"),
    ("member", "member", "members"),
)
REFERENCES = frozenset({"manager", "members"})
USERS_ONLY = frozenset({"userPrincipalName"})


def in_scope(state: State, one: AdObject) -> bool:
    """Whether the container of an AD object is selected for synchronization."""
    dn = one.dn.casefold()
    return not any(dn.endswith("," + excluded.casefold()) for excluded in state.tenant.excluded)


def is_filtered(one: AdObject | SpaceObject) -> bool:
    """Whether the standard rules keep an object from the cloud (cloudFiltered)."""
    tagged = one.get("adminDescription").startswith(("User_", "Group_"))
    return tagged or one.get("isCriticalSystemObject").casefold() == "true"


def anchor_for(state: State, one: AdObject) -> str:
    """The source anchor of an AD object: mS-DS-ConsistencyGuid where that is the anchor and it is set, else objectGUID."""
    guid = one.get("mS-DS-ConsistencyGuid") if state.switched(switches.GUID_ANCHOR) else ""
    return anchor_of(guid or one.id)


def to_metaverse(one: SpaceObject) -> dict[str, list[str]]:
    return {there: one.all(here) for here, there, _ in FLOWS if one.all(here)}


def to_cloud(one: MetaverseObject, *, domain: str, dn: str) -> dict[str, list[str]]:
    """What the cloud should hold; references are still ids of AD objects."""
    wanted = {there: one.all(here) for _, here, there in FLOWS if one.all(here)}
    if one.kind != "user":
        wanted = {name: values for name, values in wanted.items() if name not in USERS_ONLY}
    wanted["onPremisesDistinguishedName"] = [dn]
    if one.kind == "user":
        wanted["onPremisesDomainName"] = [domain]
        wanted["onPremisesUserPrincipalName"] = one.all("userPrincipalName")
    return {name: values for name, values in wanted.items() if values}
