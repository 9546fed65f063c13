"""Values that must be unique in a tenant: who holds them, and how addresses are told apart."""

from __future__ import annotations

from functools import lru_cache

from portal.directories.identity import fold_value
from portal.directories.simulator.world.entries import CloudObject
from portal.directories.simulator.world.state import State, ordered

UPN = "userPrincipalName"
PROXIES = "proxyAddresses"
SID = "onPremisesSecurityIdentifier"

fold = lru_cache(maxsize=20_000)(fold_value)


def is_smtp(address: str) -> bool:
    """Whether an address is SMTP; one without a prefix is."""
    prefix, colon, _ = address.partition(":")
    return not colon or prefix.casefold() == "smtp"


def is_sip(address: str) -> bool:
    return address[:4].casefold() == "sip:"


def primary(addresses: list[str]) -> str:
    """The primary SMTP address, the one with capitals, as reported; empty where there is none."""
    return next((one for one in addresses if one.startswith("SMTP:")), "")


def same_address(first: str, second: str) -> bool:
    """Whether two addresses are of one type and equal without case; only SMTP has an implied prefix."""
    if is_smtp(first) and is_smtp(second):
        return fold(PROXIES, first) == fold(PROXIES, second)
    return first.casefold() == second.casefold()


def holds(one: CloudObject, attribute: str, value: str) -> bool:
    """Whether a cloud object has this value in earnest, not merely in quarantine."""
    if attribute == PROXIES:
        return any(same_address(value, address) for address in one.all(PROXIES))
    return fold(attribute, one.get(attribute)) == fold(attribute, value)


def holders(state: State, attribute: str, value: str, *, but: str = "") -> list[CloudObject]:
    """Who else holds a value, live ones first.

    A user in the recycle bin keeps its values reserved until it is purged: the spec's first failure says so.
    """
    found = [one for one in ordered(state.cloud.values()) if one.id != but and holds(one, attribute, value)]
    return sorted(found, key=lambda one: one.deleted_at is not None)


def domain_of(name: str) -> str:
    return name.rpartition("@")[2].casefold()
