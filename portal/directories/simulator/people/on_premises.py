"""What a person does in Active Directory."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from datetime import datetime

from portal.directories.objects import Kind
from portal.directories.simulator.people.actions import Action, ActionRefused, Change, Field, pick, said, text
from portal.directories.simulator.world.distinguished import dn_for
from portal.directories.simulator.world.entries import AdObject
from portal.directories.simulator.world.state import State
from portal.directories.simulator.world.values import PROXIES, same_address

# Attributes that can be changed by hand, and whether they take several values.
ATTRIBUTES = {
    "displayName": False,
    "givenName": False,
    "sn": False,
    "userPrincipalName": False,
    "sAMAccountName": False,
    "mail": False,
    "mailNickname": False,
    "proxyAddresses": True,
    "employeeID": False,
    "mS-DS-ConsistencyGuid": False,
    "adminDescription": False,
    "manager": False,
    "member": True,
    "userCertificate": True,
    "thumbnailPhoto": False,
    "extensionAttribute1": False,
}
# What a new account does not inherit from the one it replaces.
OWN = frozenset({"objectSid", "mS-DS-ConsistencyGuid", "sIDHistory"})
DOMAIN_SID = "S-1-5-21-2127521184-1604012920-1887927527"


def new_sid(seq: int) -> str:
    """A security identifier in Contoso's domain; relative ids are never used twice."""
    return f"{DOMAIN_SID}-{1000 + seq}"


def create(
    state: State, kind: Kind, name: str, container: str, now: datetime, attributes: Mapping[str, list[str]]
) -> AdObject:
    """A new object with a GUID and, unless it is a contact, a security identifier of its own."""
    seq = state.next_seq()
    one = AdObject(
        id=state.new_id("ad", seq),
        seq=seq,
        kind=kind,
        dn=dn_for(state, name, container),
        created_at=now,
        changed_at=now,
    )
    one.attributes = {key: list(values) for key, values in attributes.items() if values}
    one.put("displayName", name)
    if kind is not Kind.CONTACT and not one.get("objectSid"):
        one.put("objectSid", new_sid(seq))
    state.ad[one.id] = one
    return one


def _rename(change: Change) -> str:
    one, name = change.ad(), change.values["name"]
    before = one.get("displayName")
    one.dn = dn_for(change.state, name, one.parent)
    one.put("displayName", name)
    change.touch(one)
    change.note(one, attribute="displayName", before=before, after=name)
    return said("%(before)s is called %(name)s now. The next sync cycle picks it up.", before=before, name=name)


def _set(change: Change) -> str:
    one, attribute, value = change.ad(), change.values["attribute"], change.values.get("value", "")
    _check(change, attribute, value)
    before = ", ".join(one.all(attribute))
    one.put(attribute, value)
    return _changed(change, one, attribute, before, value)


def _add_value(change: Change) -> str:
    one, attribute, value = change.ad(), change.values["attribute"], change.values["value"]
    _check(change, attribute, value)
    if not ATTRIBUTES[attribute] and one.get(attribute):
        raise ActionRefused(said("%(name)s takes one value. Set it instead.", name=attribute), parameter="attribute")
    if _find(one, attribute, value):
        raise ActionRefused("The object has this value already.", parameter="value")
    one.put(attribute, *one.all(attribute), value)
    return _changed(change, one, attribute, "", value)


def _remove_value(change: Change) -> str:
    one, attribute, value = change.ad(), change.values["attribute"], change.values["value"]
    found = _find(one, attribute, value)
    if not found:
        raise ActionRefused("The object has no such value. Choose one that it has.", parameter="value")
    one.put(attribute, *(other for other in one.all(attribute) if other != found))
    return _changed(change, one, attribute, found, "")


def _find(one: AdObject, attribute: str, value: str) -> str:
    same = same_address if attribute == PROXIES else (lambda first, second: first.casefold() == second.casefold())
    return next((mine for mine in one.all(attribute) if same(mine, value)), "")


def _changed(change: Change, one: AdObject, attribute: str, before: str, after: str) -> str:
    change.touch(one)
    change.note(one, attribute=attribute, before=before, after=after)
    return said(
        "%(attribute)s of %(name)s was changed. The next sync cycle picks it up.",
        attribute=attribute,
        name=one.get("displayName"),
    )


def _check(change: Change, attribute: str, value: str) -> None:
    if attribute == "displayName" and not value:
        raise ActionRefused("An object needs a display name.", parameter="value")
    if attribute == "mS-DS-ConsistencyGuid" and value:
        _check_guid(value)
    if attribute == "thumbnailPhoto" and value and not (value.isascii() and value.isdigit()):
        raise ActionRefused("Give the size of the photo in bytes, as a number.", parameter="value")
    if attribute in ("manager", "member") and value:
        there = change.state.ad.get(value)
        if there is None or not there.is_live:
            raise ActionRefused("Give the objectGUID of an object that exists.", parameter="value")


def _check_guid(value: str) -> None:
    try:
        proper = str(uuid.UUID(value)) == value
    except ValueError:
        proper = False
    if not proper:
        raise ActionRefused("Give a GUID, in lower case with hyphens.", parameter="value")


def _delete(change: Change) -> str:
    one = change.ad()
    one.deleted_at = change.now
    change.note(one, before="live", after="deleted")
    return said(
        "%(name)s was deleted and can be restored. The next sync cycle picks it up.", name=one.get("displayName")
    )


def _restore(change: Change) -> str:
    one = change.ad()
    one.dn = dn_for(change.state, one.get("displayName") or one.id, one.parent)
    one.deleted_at = None
    change.touch(one)
    change.note(one, before="deleted", after="live")
    return said("%(name)s is back under its old GUID. The next sync cycle picks it up.", name=one.get("displayName"))


def _recreate(change: Change) -> str:
    """As after a mistaken deletion or a migration: the same person, another GUID and another security identifier."""
    old = change.ad()
    kept = {name: values for name, values in old.attributes.items() if name not in OWN}
    one = create(change.state, Kind(old.kind), old.get("displayName") or "unnamed", old.parent, change.now, kept)
    change.note(one, before=old.id, after=one.id)
    return said(
        "%(name)s was made anew, with another GUID and another security identifier. The next sync cycle picks it up.",
        name=one.get("displayName"),
    )


def _move(change: Change) -> str:
    one, container = change.ad(), change.values["container"]
    before = one.dn
    one.dn = dn_for(change.state, one.get("displayName") or one.id, container)
    change.touch(one)
    change.note(one, attribute="distinguishedName", before=before, after=one.dn)
    return said("%(name)s was moved. The next sync cycle picks it up.", name=one.get("displayName"))


def _create_user(change: Change) -> str:
    name, upn = change.values["name"], change.values["sign-in-name"]
    seed = hashlib.sha256(f"{change.state.seq}/{name}".encode()).hexdigest()[:8]
    attributes = {"userPrincipalName": [upn], "sAMAccountName": [f"u{seed}"]}
    if upn.count("@") == 1:
        attributes |= {"mail": [upn], "proxyAddresses": [f"SMTP:{upn}"]}
    one = create(change.state, Kind.USER, name, f"OU=People,{change.state.tenant.forest}", change.now, attributes)
    change.note(one, after=one.dn)
    return said("%(name)s was made. The next sync cycle picks it up.", name=name)


_OBJECT = pick(Field.AD_OBJECT, "Object in Active Directory")
_ATTRIBUTE = pick(Field.AD_ATTRIBUTE, "Attribute", name="attribute")

ACTIONS = (
    Action(name="ad-rename", says="Rename an object", act=_rename, parameters=(_OBJECT, text("name", "New name"))),
    Action(
        name="ad-set",
        says="Set an attribute, or clear it",
        act=_set,
        parameters=(_OBJECT, _ATTRIBUTE, text("value", "New value; empty clears it", required=False)),
    ),
    Action(
        name="ad-add-value",
        says="Add a value, such as an address",
        act=_add_value,
        parameters=(_OBJECT, _ATTRIBUTE, text("value", "Value to add")),
    ),
    Action(
        name="ad-remove-value",
        says="Remove a value, such as an address",
        act=_remove_value,
        parameters=(_OBJECT, _ATTRIBUTE, text("value", "Value to remove")),
    ),
    Action(name="ad-delete", says="Delete an object", act=_delete, parameters=(_OBJECT,)),
    Action(
        name="ad-restore",
        says="Restore an object from the recycle bin",
        act=_restore,
        parameters=(pick(Field.AD_DELETED, "Deleted object"),),
    ),
    Action(
        name="ad-recreate",
        says="Make an account anew, as after a migration",
        act=_recreate,
        parameters=(_OBJECT,),
    ),
    Action(
        name="ad-move",
        says="Move an object, into or out of what is synchronized",
        act=_move,
        parameters=(_OBJECT, pick(Field.CONTAINER, "Container", name="container")),
    ),
    Action(
        name="ad-create-user",
        says="Make a user",
        act=_create_user,
        parameters=(text("name", "Display name"), text("sign-in-name", "UserPrincipalName")),
    ),
)
