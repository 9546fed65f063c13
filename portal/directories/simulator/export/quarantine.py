"""Values in conflict: which refuse the whole object, which are held back, and the placeholder for a held name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from portal.directories.faults import ErrorType
from portal.directories.objects import Kind
from portal.directories.simulator.export.refused import ExportRefused, Reject
from portal.directories.simulator.world import switches
from portal.directories.simulator.world.entries import CloudObject, Connector, Held
from portal.directories.simulator.world.state import State
from portal.directories.simulator.world.values import PROXIES, SID, UPN, holders, is_sip, is_smtp, same_address

# Graph names the two properties that can be quarantined so.
HELD_UPN, HELD_ADDRESS = "UserPrincipalName", "ProxyAddress"


def refuse_conflicts(state: State, connector: Connector, names: Iterable[str]) -> None:
    """Raises ExportRefused with every value among the attributes `names` that is in conflict and is not quarantined."""
    rejects = [reject for name in names for reject in _rejects(state, connector, name)]
    if rejects:
        raise ExportRefused(*rejects)


def _rejects(state: State, connector: Connector, name: str) -> list[Reject]:
    values = connector.desired.get(name, [])
    if name == SID:
        return _unique(state, connector, SID, "OnPremiseSecurityIdentifier", values)
    if name == UPN and not state.switched(switches.QUARANTINE_UPN):
        return _unique(state, connector, UPN, "UserPrincipalName", values)
    if name == PROXIES:
        return _address_rejects(state, connector, values)
    return []


def _address_rejects(state: State, connector: Connector, values: list[str]) -> list[Reject]:
    sip = [value for value in values if is_sip(value)]
    smtp = [value for value in values if is_smtp(value)]
    if state.switched(switches.QUARANTINE_PROXY):
        smtp = [value for value in smtp if _is_exception(state, connector, value)]
    return [
        *_unique(state, connector, PROXIES, "SipProxyAddress", sip),
        *_unique(state, connector, PROXIES, "ProxyAddresses", smtp),
    ]


def _unique(state: State, connector: Connector, attribute: str, label: str, values: list[str]) -> list[Reject]:
    found = ((value, holders(state, attribute, value, but=connector.cloud_id)) for value in values)
    return [
        Reject(type=ErrorType.MUST_BE_UNIQUE, attribute=label, value=value, existing=others[0].id)
        for value, others in found
        if others
    ]


def _is_exception(state: State, connector: Connector, address: str) -> bool:
    """Resiliency leaves out a new user that meets a group's address, and two groups that are new in one export."""
    if connector.cloud_id:
        return False
    for other in holders(state, PROXIES, address):
        if other.kind is Kind.GROUP and connector.kind is Kind.USER:
            return True
        if other.kind is connector.kind is Kind.GROUP and other.created_cycle == state.engine.cycle:
            return True
    return False


def place_name(state: State, one: CloudObject, name: str, now: datetime) -> None:
    """Give an object its UserPrincipalName, or a placeholder while somebody else has it."""
    kept = [held for held in one.held if held.property != HELD_UPN]
    if others := holders(state, UPN, name, but=one.id):
        known = next((held for held in one.held if held.property == HELD_UPN and held.value == name), None)
        kept.append(known or Held(property=HELD_UPN, value=name, occurred=now, existing=others[0].id))
        if known is None or not one.get(UPN):
            one.put(UPN, placeholder(state, one, name))
    else:
        one.put(UPN, name)
    one.held = kept


def placeholder(state: State, one: CloudObject, name: str) -> str:
    """`prefix+4digits@tenant.onmicrosoft.com`, free in the tenant and the same whenever history repeats itself."""
    prefix = name.rpartition("@")[0]
    attempt = 0
    while True:
        digest = hashlib.sha256(f"{one.id}/{name}/{attempt}".encode()).digest()
        made = f"{prefix}+{int.from_bytes(digest[:4]) % 10_000:04d}@{state.tenant.initial_domain}"
        if not holders(state, UPN, made, but=one.id):
            return made
        attempt += 1


def place_addresses(state: State, one: CloudObject, wanted: list[str], now: datetime, *, anew: bool) -> None:
    """Give an object its addresses; new ones that somebody else has are held, held ones wait for the sweep.

    `anew` looks at every address as if it were new, as the service does for an object it has just made or matched.
    """
    had = [] if anew else one.all(PROXIES)
    waiting = [] if anew else [held for held in one.held if held.property == HELD_ADDRESS]
    placed: list[str] = []
    held_now: list[Held] = []
    for address in wanted:
        known = next((held for held in waiting if same_address(held.value, address)), None)
        is_ours = any(same_address(address, mine) for mine in had)
        if any(same_address(address, other) for other in (*placed, *(held.value for held in held_now))):
            continue
        others = [] if is_ours or not is_smtp(address) else holders(state, PROXIES, address, but=one.id)
        if known is not None:
            held_now.append(known)
        elif others:
            held_now.append(Held(property=HELD_ADDRESS, value=address, occurred=now, existing=others[0].id))
        else:
            placed.append(address)
    one.put(PROXIES, *placed)
    one.held = [held for held in one.held if held.property != HELD_ADDRESS] + held_now
