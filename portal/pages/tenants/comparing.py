"""The incoming and the existing object side by side, attribute by attribute, with the value in conflict marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.diagnosis.looking import Look, fault_of
from portal.directories.anchors import guid_of
from portal.directories.faults import Fault
from portal.directories.identity import attribute_family, fold_value
from portal.directories.objects import DirectoryObject, ObjectRef, Side
from portal.pages.tenants import labels
from portal.sync.models import SyncError

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One value; `conflict` marks the one that both objects want, `at` is set for a time."""

    value: str
    conflict: bool = False
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """One attribute of both objects; `same` only where both have a value."""

    label: Words
    code: str
    incoming: tuple[Cell, ...]
    existing: tuple[Cell, ...]
    same: bool
    conflict: bool


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where along the way an object stands: found there or not, and what is pending."""

    name: Words
    found: bool
    note: str


@dataclass(frozen=True, kw_only=True)
class Comparison:
    incoming_name: str
    existing_name: str
    incoming_kind: Words
    existing_kind: Words
    rows: tuple[Row, ...]
    more: tuple[Row, ...]
    incoming_places: tuple[Place, ...]
    existing_places: tuple[Place, ...]


# Label, the name shown in code, the attribute in Active Directory, and in Microsoft Entra ID.
ATTRIBUTES: tuple[tuple[Words, str, str, str], ...] = (
    (gettext_lazy("Display name"), "displayName", "displayName", "displayName"),
    (gettext_lazy("Sign-in name"), "userPrincipalName", "userPrincipalName", "userPrincipalName"),
    (gettext_lazy("Mail"), "mail", "mail", "mail"),
    (gettext_lazy("Addresses"), "proxyAddresses", "proxyAddresses", "proxyAddresses"),
    (gettext_lazy("Employee ID"), "employeeID", "employeeID", "employeeId"),
    (gettext_lazy("Account name"), "sAMAccountName", "sAMAccountName", "onPremisesSamAccountName"),
    (gettext_lazy("Security identifier"), "objectSid", "objectSid", "onPremisesSecurityIdentifier"),
    (
        gettext_lazy("Place in Active Directory"),
        "distinguishedName",
        "distinguishedName",
        "onPremisesDistinguishedName",
    ),
    (gettext_lazy("Created"), "whenCreated", "whenCreated", "createdDateTime"),
    (gettext_lazy("Licences"), "assignedLicenses", "", "assignedLicenses"),
    (gettext_lazy("Mailbox"), "mailbox", "", "mailbox"),
    (gettext_lazy("Roles"), "roles", "", "roles"),
    (gettext_lazy("Last sign-in"), "lastSignInDateTime", "", "lastSignInDateTime"),
    (gettext_lazy("Deleted"), "deletedDateTime", "", "deletedDateTime"),
    (gettext_lazy("Held back by the cloud"), "onPremisesProvisioningErrors", "", "onPremisesProvisioningErrors"),
)
# Rarely what decides, so they are folded away unless the conflict is theirs.
FOLDED = frozenset(
    {"mail", "employeeID", "sAMAccountName", "objectSid", "distinguishedName", "mailbox", "objectGUID", "id"}
)
TIMES = frozenset({"whenCreated", "lastSignInDateTime", "deletedDateTime"})
# The attribute of a directory in which the value of an error stands, by the family of the error's attribute.
HOLDING = {
    "userprincipalname": ("userPrincipalName",),
    "proxyaddresses": ("proxyAddresses",),
    "sipproxyaddress": ("proxyAddresses",),
    "mail": ("mail",),
    "onpremisesecurityidentifier": ("objectSid",),
    "sourceanchor": ("sourceAnchor",),
}


def compare(error: SyncError, look: Look) -> Comparison:
    """Both objects as the directory holds them now; as the report named them where it cannot be read."""
    fault = fault_of(error)
    if error.cleared_in is not None or error.sweep_by is not None:
        fault = replace(fault, value="")  # nothing is in conflict any more, so nothing is marked
    finding = look.finding
    incoming = finding.incoming if finding else ()
    existing = finding.existing if finding else ()
    rows = list(_rows(fault, _Values(incoming, fault.incoming), _Values(existing, fault.existing)))
    return Comparison(
        incoming_name=error.incoming_name,
        existing_name=error.existing_name,
        incoming_kind=labels.KINDS[fault.incoming.kind],
        existing_kind=labels.KINDS[fault.existing.kind] if fault.existing else "",
        rows=tuple(row for row in rows if row.conflict or row.code not in FOLDED),
        more=tuple(row for row in rows if not row.conflict and row.code in FOLDED),
        incoming_places=_places(incoming) if finding else (),
        existing_places=_places(_whereabouts(incoming, existing, fault), (Side.CLOUD, Side.AD))
        if finding and fault.existing
        else (),
    )


class _Values:
    """The values of one object, from wherever it was seen: the source first, then the cloud, then the report."""

    def __init__(self, seen: Iterable[DirectoryObject], reported: ObjectRef | None) -> None:
        self._by_side = {one.side: one for one in seen}
        self._reported = reported or ObjectRef()

    def of(self, in_ad: str, in_cloud: str) -> tuple[str, ...]:
        source, cloud = self._by_side.get(Side.AD), self._by_side.get(Side.CLOUD)
        if source and in_ad and (values := tuple(source.attributes.get(in_ad, ()))):
            return values
        if cloud and (values := tuple(cloud.attributes.get(in_cloud, ()))):
            return values
        return () if self._by_side else self._from_report(in_cloud)

    def _from_report(self, name: str) -> tuple[str, ...]:
        ref = self._reported
        known = {
            "displayName": ref.display_name,
            "userPrincipalName": ref.user_principal_name,
            "mail": ref.mail,
            "onPremisesDistinguishedName": ref.distinguished_name,
        }
        return (known[name],) if known.get(name) else ()

    @property
    def in_cloud(self) -> tuple[str, ...]:
        """The sign-in name in the cloud, where the cloud put another one in its place."""
        source, cloud = self._by_side.get(Side.AD), self._by_side.get(Side.CLOUD)
        if not source or not cloud or source.get("userPrincipalName") == cloud.get("userPrincipalName"):
            return ()
        return tuple(cloud.attributes.get("userPrincipalName", ()))

    @property
    def anchor(self) -> str:
        return next((one.anchor for one in self._by_side.values() if one.anchor), "") or self._reported.anchor

    @property
    def cloud_id(self) -> str:
        cloud = self._by_side.get(Side.CLOUD)
        return cloud.id if cloud else self._reported.cloud_id


def _rows(fault: Fault, incoming: _Values, existing: _Values) -> Iterable[Row]:
    marks = _marker(fault)
    for label, code, in_ad, in_cloud in ATTRIBUTES:
        yield from _row(label, code, incoming.of(in_ad, in_cloud), existing.of(in_ad, in_cloud), marks)
        if code == "userPrincipalName":
            yield from _row(_("Sign-in name in the cloud"), "", incoming.in_cloud, existing.in_cloud, marks)
    yield from _row(_("Source anchor"), "sourceAnchor", _one(incoming.anchor), _one(existing.anchor), marks)
    guids = _one(guid_of(incoming.anchor)), _one(guid_of(existing.anchor))
    yield from _row(_("Source anchor as GUID"), "objectGUID", *guids, marks)
    yield from _row(_("Object ID in the cloud"), "id", _one(incoming.cloud_id), _one(existing.cloud_id), marks)


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


Marker = Callable[[str, str], bool]


def _marker(fault: Fault) -> Marker:
    """Tells whether a value of an attribute is the one in conflict."""
    family = attribute_family(fault.attribute)
    wanted = fold_value(fault.attribute, fault.value)
    places = HOLDING.get(family, (fault.attribute,))
    return lambda code, value: bool(wanted) and code in places and fold_value(fault.attribute, value) == wanted


def _row(label: Words, code: str, incoming: tuple[str, ...], existing: tuple[str, ...], marks: Marker) -> Iterable[Row]:
    """Nothing where neither object has a value."""
    if not incoming and not existing:
        return
    mine = tuple(_cell(code, value, marks) for value in incoming)
    theirs = tuple(_cell(code, value, marks) for value in existing)
    conflict = any(cell.conflict for cell in (*mine, *theirs))
    folded = {value.casefold() for value in incoming} == {value.casefold() for value in existing}
    yield Row(label=label, code=code, incoming=mine, existing=theirs, same=folded, conflict=conflict)


def _cell(code: str, value: str, marks: Marker) -> Cell:
    return Cell(value=value, conflict=marks(code, value), at=parse_datetime(value) if code in TIMES else None)


def _whereabouts(
    incoming: tuple[DirectoryObject, ...], existing: tuple[DirectoryObject, ...], fault: Fault
) -> tuple[DirectoryObject, ...]:
    """The existing object wherever it is, without accounts that are the incoming one's: what has its name often is.

    After a fix the existing object is synchronized from the incoming account, so then that one is its own.
    """
    if any(one.anchor == fault.incoming.anchor for one in existing if one.side is Side.CLOUD):
        return (*existing, *incoming)
    return tuple(one for one in existing if one.side is Side.CLOUD or one.anchor != fault.incoming.anchor)


def _places(seen: tuple[DirectoryObject, ...], sides: tuple[Side, ...] = tuple(Side)) -> tuple[Place, ...]:
    """The stations of synchronization, in order; the connector of the cloud shares its side with that of AD."""
    places = []
    for side in sides:
        here = [one for one in seen if one.side is side]
        pending = next((one.get("pending") for one in here if one.get("pending")), "")
        gone = any(one.deleted for one in here)
        note = _("deleted") if gone else (_("pending: %(what)s") % {"what": pending} if pending else "")
        places.append(Place(name=labels.SIDES[side], found=bool(here), note=note))
    return tuple(places)
