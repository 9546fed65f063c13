"""What the service refuses by an object's own data: bad names, sizes, and a change between federated domains.

Limits: Microsoft's pages on sync errors and IdFix (facts/diagnosis.md 1.3).
"""

from __future__ import annotations

from collections.abc import Mapping

from portal.directories.faults import ErrorType
from portal.directories.simulator.export.refused import ExportRefused, Reject
from portal.directories.simulator.world.state import State
from portal.directories.simulator.world.values import PROXIES, UPN, domain_of, is_smtp

BAD_IN_UPN = frozenset(' \\%&*+/=?{}|<>();:,[]"')
UPN_LENGTH, PREFIX_LENGTH, DOMAIN_LENGTH, ADDRESS_LENGTH = 113, 64, 48, 256
MOST_VALUES = {"userCertificate": 15, PROXIES: 300}
MOST_PHOTO_BYTES = 100 * 1024
LONGEST = {"extensionAttribute1": 250}


def validate(state: State, desired: Mapping[str, list[str]]) -> None:
    """Raises ExportRefused for the first rule that is broken; sizes come before contents, as in the service."""
    _sizes(desired)
    names = desired.get(UPN, [])
    if names and (fault := upn_fault(state, names[0])):
        _refuse(ErrorType.VALIDATION_FAILED, "UserPrincipalName", names[0], fault)
    for address in desired.get(PROXIES, []):
        if fault := address_fault(address):
            _refuse(ErrorType.VALIDATION_FAILED, "ProxyAddresses", address, fault)


def _sizes(desired: Mapping[str, list[str]]) -> None:
    for name, most in MOST_VALUES.items():
        if len(desired.get(name, [])) > most:
            _refuse(ErrorType.LARGE_OBJECT, name, "", f"{len(desired[name])} values, at most {most} are allowed.")
    photo = desired.get("thumbnailPhoto", ["0"])[0]
    if int(photo) > MOST_PHOTO_BYTES:
        _refuse(ErrorType.LARGE_OBJECT, "thumbnailPhoto", "", f"{photo} bytes, at most {MOST_PHOTO_BYTES} are allowed.")
    for name, longest in LONGEST.items():
        if any(len(value) > longest for value in desired.get(name, [])):
            _refuse(ErrorType.EXCEEDED_LENGTH, name, "", f"Longer than {longest} characters.")


def upn_fault(state: State, name: str) -> str:
    """What is wrong with a UserPrincipalName, empty when nothing is."""
    prefix, at, domain = name.rpartition("@")
    if not at or not prefix or "@" in prefix:
        return "It must have one @ with a name before it."
    if len(name) > UPN_LENGTH or len(prefix) >= PREFIX_LENGTH or len(domain) > DOMAIN_LENGTH:
        return f"It is too long: under {PREFIX_LENGTH} characters before the @, at most {DOMAIN_LENGTH} after it."
    if set(prefix) & BAD_IN_UPN or not prefix.isascii():
        return "It has a character that is not allowed."
    if prefix.startswith(".") or prefix.endswith("."):
        return "The name before the @ may not start or end with a period."
    if domain.casefold() not in state.tenant.domains and domain.casefold() != state.tenant.initial_domain:
        return "Its domain is not verified in the tenant."
    return ""


def address_fault(address: str) -> str:
    """What is wrong with a proxy address; X500 addresses may hold nearly anything."""
    if not is_smtp(address):
        return ""
    bare = address.partition(":")[2] or address
    if len(address) > ADDRESS_LENGTH:
        return f"An address may have at most {ADDRESS_LENGTH} characters."
    if bare.count("@") != 1 or " " in bare or not all(bare.split("@")):
        return "It is not a valid address."
    return ""


def refuse_federated_change(state: State, before: str, after: str) -> None:
    """A user may not move straight from one federated domain to another."""
    old, new = domain_of(before), domain_of(after)
    domains = state.tenant.domains
    if before and old != new and domains.get(old) == domains.get(new) == "federated":
        _refuse(
            ErrorType.FEDERATED_DOMAIN_CHANGE,
            "UserPrincipalName",
            after,
            f"The domain changed from {old} to {new}, and both are federated.",
        )


def _refuse(type: ErrorType, attribute: str, value: str, detail: str) -> None:
    raise ExportRefused(Reject(type=type, attribute=attribute, value=value, detail=detail))
