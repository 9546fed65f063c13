"""What makes two reports of a sync error the same error, whatever was renamed, moved or spelled otherwise in between."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from portal.directories.faults import Fault

# The same attribute under the names that the client, the service, Graph and the old cmdlets use.
FAMILIES = {
    "proxyaddress": "proxyaddresses",
    "smtpproxyaddress": "proxyaddresses",
    "sipproxyaddresses": "sipproxyaddress",
    "onpremisessecurityidentifier": "onpremisesecurityidentifier",
    "objectsid": "onpremisesecurityidentifier",
    "immutableid": "sourceanchor",
    "onpremisesimmutableid": "sourceanchor",
    "upn": "userprincipalname",
}
# The name that people read, of each family that has several; as Microsoft's page on sync errors spells it.
SPELLINGS = {
    one.casefold(): one
    for one in (
        "UserPrincipalName",
        "ProxyAddresses",
        "SipProxyAddress",
        "OnPremiseSecurityIdentifier",
        "SourceAnchor",
    )
}
# Errors about size are about the attribute: its content may change from report to report.
WITHOUT_VALUE = frozenset({"usercertificate", "usersmimecertificate", "thumbnailphoto"})
CASE_MATTERS = frozenset({"sourceanchor"})
UNREADABLE_VALUE = "system.byte[]"
_MAIL_PREFIX = re.compile(r"^(smtp|sip):", re.IGNORECASE)


def attribute_family(attribute: str) -> str:
    """One name for an attribute, however a report spells it: `ProxyAddress` and `ProxyAddresses` are one family."""
    folded = attribute.strip().casefold()
    return FAMILIES.get(folded, folded)


def spelled(attribute: str) -> str:
    """The one name under which people read an attribute, whoever reports it; one without a family stays as it is."""
    return SPELLINGS.get(attribute_family(attribute), attribute)


def fold_value(attribute: str, value: str) -> str:
    """A value as it is compared: without case, Unicode form, blanks around it and the type prefix of an address."""
    family = attribute_family(attribute)
    plain = unicodedata.normalize("NFC", value).strip()
    if family in WITHOUT_VALUE or plain.casefold() == UNREADABLE_VALUE:
        return ""
    if family in CASE_MATTERS:
        return plain
    if family in {"proxyaddresses", "sipproxyaddress"}:
        plain = _MAIL_PREFIX.sub("", plain).strip()
    return unicodedata.normalize("NFC", "".join(_without_case(sign) for sign in plain))


def _without_case(sign: str) -> str:
    """Sign for sign: a folding that makes two of one would take straße@ and strasse@ for the same address."""
    folded = sign.casefold()
    return folded if len(folded) == 1 else sign.lower()


def identity_key(fault: Fault, *, tenant: str) -> str:
    """What makes two reports of an error the same error (design section 8), as 64 hexadecimal digits.

    Tenant, incoming object (anchor or connector-space id, never its DN), attribute family and folded value: so the key
    stays when the type turns into its quarantined form, an address changes case, or the object is moved or renamed.
    """
    parts = (tenant, fault.incoming.key, attribute_family(fault.attribute), fold_value(fault.attribute, fault.value))
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def claim_keys(fault: Fault) -> tuple[str, ...]:
    """The keys of the incoming and the existing object, in the order in which a fix claims them."""
    keys = {f"incoming:{fault.incoming.key}"}
    if fault.existing is not None:
        keys.add(f"existing:{fault.existing.cloud_id or fault.existing.key}")
    return tuple(sorted(keys))
