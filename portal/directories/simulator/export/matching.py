"""Which cloud object a new incoming object belongs to: hard match by anchor, soft match by name and primary address."""

from __future__ import annotations

from portal.directories.faults import ErrorType
from portal.directories.objects import Kind
from portal.directories.simulator.export.refused import ExportRefused, Reject
from portal.directories.simulator.world import switches
from portal.directories.simulator.world.entries import CloudObject, Connector
from portal.directories.simulator.world.state import State, ordered
from portal.directories.simulator.world.values import PROXIES, UPN, holders, primary

ROLE_HOLDER = "The cloud user with privileged roles is not allowed to be taken over."
CLOUD_MANAGED = "The cloud is the source of this user. Make on-premises its source again."
BLOCKED = "Hard match operation blocked due to security hardening. Review OnPremisesObjectIdentifier mapping."


def hard_match(state: State, connector: Connector, guid: str) -> CloudObject | None:
    """The cloud object with this anchor, in the recycle bin too; raises ExportRefused where it may not be taken."""
    found = next((one for one in ordered(state.cloud.values()) if one.anchor == connector.anchor), None)
    if found is None:
        return None
    if _is_taken(state, connector, found):
        _refuse(ErrorType.MUST_BE_UNIQUE, "SourceAnchor", connector.anchor, found)
    if found.kind is not connector.kind:
        _refuse(ErrorType.TYPE_MISMATCH, "SourceAnchor", connector.anchor, found)
    _refuse_takeover(state, connector, found, guid)
    return found


def _is_taken(state: State, connector: Connector, found: CloudObject) -> bool:
    others = (one for one in state.connectors.values() if one.id != connector.id and one.cloud_id == found.id)
    return any(one.metaverse_id and not one.going for one in others)


def _refuse_takeover(state: State, connector: Connector, found: CloudObject, guid: str) -> None:
    """The tenant's block, then the two hardening rules; an object that was this one's already is no takeover."""
    if found.sync is True and found.identifier == guid:
        return
    if found.cloud_managed:
        _refuse(ErrorType.INVALID_HARD_MATCH, "SourceAnchor", connector.anchor, found, detail=CLOUD_MANAGED)
    if found.sync is not True and state.switched(switches.BLOCK_TAKEOVER):
        _refuse(ErrorType.INVALID_HARD_MATCH, "SourceAnchor", connector.anchor, found)
    if state.switched(switches.HARDENED_ROLES) and (found.roles or found.eligible_roles):
        _refuse(ErrorType.INVALID_HARD_MATCH, "SourceAnchor", connector.anchor, found, code=103, detail=ROLE_HOLDER)
    if state.switched(switches.HARDENED_IDENTIFIER) and found.identifier not in ("", guid):
        _refuse(
            ErrorType.INVALID_HARD_MATCH, "onPremisesObjectIdentifier", found.identifier, found, code=96, detail=BLOCKED
        )


def soft_match(state: State, connector: Connector) -> CloudObject | None:
    """A cloud object without anchor that has the same name or primary address; only new objects are matched so."""
    for attribute, label, value in _match_values(connector):
        for found in holders(state, attribute, value):
            if matched := _try(state, connector, found, attribute, label, value):
                return matched
    return None


def _match_values(connector: Connector) -> list[tuple[str, str, str]]:
    name = connector.desired.get(UPN, [""])[0]
    address = primary(connector.desired.get(PROXIES, []))
    pairs = [(UPN, "UserPrincipalName", name), (PROXIES, "ProxyAddresses", address)]
    return [(attribute, label, value) for attribute, label, value in pairs if value]


def _try(
    state: State, connector: Connector, found: CloudObject, attribute: str, label: str, value: str
) -> CloudObject | None:
    if not found.is_live:
        return None
    if found.anchor:
        if found.kind is connector.kind and not _is_resilient(state, attribute):
            _refuse(ErrorType.INVALID_SOFT_MATCH, label, value, found)
        return None
    if found.kind is not connector.kind:
        _refuse(ErrorType.TYPE_MISMATCH, label, value, found)
    if found.kind is Kind.USER and (found.roles or found.eligible_roles):
        _refuse(ErrorType.ADMIN_ROLE_CONFLICT, label, value, found)
    if state.switched(switches.BLOCK_SOFT_MATCH):
        _refuse(ErrorType.INVALID_SOFT_MATCH, label, value, found)
    return found


def _is_resilient(state: State, attribute: str) -> bool:
    return state.switched(switches.QUARANTINE_UPN if attribute == UPN else switches.QUARANTINE_PROXY)


def _refuse(
    type: ErrorType, attribute: str, value: str, found: CloudObject, *, code: int | None = None, detail: str = ""
) -> None:
    raise ExportRefused(
        Reject(type=type, attribute=attribute, value=value, existing=found.id, code=code, detail=detail)
    )
