"""What a person does in the cloud directory."""

from __future__ import annotations

from datetime import datetime

from portal.directories.objects import Kind
from portal.directories.simulator.export.validating import address_fault, upn_fault
from portal.directories.simulator.people.actions import (
    Action,
    ActionRefused,
    Change,
    Field,
    Parameter,
    pick,
    said,
    text,
)
from portal.directories.simulator.world import switches
from portal.directories.simulator.world.bin import purge, restore, soft_delete
from portal.directories.simulator.world.entries import CloudObject
from portal.directories.simulator.world.state import State
from portal.directories.simulator.world.values import PROXIES, UPN, holders

MASTERED = (
    "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects "
    "currently undergoing migration. Change them in Active Directory."
)
ON_PREMISES = "on-premises"


def create_user(state: State, name: str, upn: str, now: datetime, *, address: str = "") -> CloudObject:
    """A user that was made in the cloud; the caller has checked that its values are free."""
    seq = state.next_seq()
    one = CloudObject(id=state.new_id("cloud", seq), seq=seq, kind=Kind.USER, created_at=now)
    one.put("displayName", name)
    one.put(UPN, upn)
    if address:
        one.put(PROXIES, address)
        one.put("mail", address.partition(":")[2])
    state.cloud[one.id] = one
    return one


def _create(change: Change) -> str:
    name, upn = change.values["name"], change.values["sign-in-name"]
    _check_name(change, upn, "")
    address = f"SMTP:{upn}" if not holders(change.state, PROXIES, f"SMTP:{upn}") else ""
    one = create_user(change.state, name, upn, change.now, address=address)
    change.note(one, after=upn)
    return said("%(name)s was made in the cloud.", name=name)


def _check_name(change: Change, upn: str, but: str) -> None:
    if fault := upn_fault(change.state, upn):
        raise ActionRefused(said("The UserPrincipalName cannot be used. %(why)s", why=fault), parameter="sign-in-name")
    if holders(change.state, UPN, upn, but=but):
        raise ActionRefused("Another object has this UserPrincipalName. Choose another one.", parameter="sign-in-name")


def _set_name(change: Change) -> str:
    one, upn = _unmastered(change), change.values["sign-in-name"]
    _check_name(change, upn, one.id)
    before = one.get(UPN)
    one.put(UPN, upn)
    one.held = [held for held in one.held if held.property != "UserPrincipalName"]
    change.note(one, attribute=UPN, before=before, after=upn)
    return said("%(name)s signs in as %(upn)s now.", name=one.get("displayName"), upn=upn)


def _add_address(change: Change) -> str:
    one, address = _unmastered(change), change.values["address"]
    if fault := address_fault(address):
        raise ActionRefused(said("The address cannot be used. %(why)s", why=fault), parameter="address")
    if holders(change.state, PROXIES, address):
        raise ActionRefused("An object has this address already. Choose another one.", parameter="address")
    one.put(PROXIES, *one.all(PROXIES), address)
    change.note(one, attribute=PROXIES, after=address)
    return said("%(name)s has the address %(address)s now.", name=one.get("displayName"), address=address)


def _unmastered(change: Change) -> CloudObject:
    one = change.cloud()
    if one.sync:
        raise ActionRefused(MASTERED, parameter="object")
    return one


def _delete(change: Change) -> str:
    one = change.cloud()
    soft_delete(change.state, one, change.now, change.who)
    return said("%(name)s is in the recycle bin for 30 days.", name=one.get("displayName"))


def _restore(change: Change) -> str:
    one = change.cloud()
    restore(change.state, one, change.now, change.who)
    return said("%(name)s is back from the recycle bin.", name=one.get("displayName"))


def _purge(change: Change) -> str:
    one = change.cloud()
    purge(change.state, one, change.now, change.who)
    return said("%(name)s was deleted permanently.", name=one.get("displayName"))


def _license(change: Change) -> str:
    one, licence = change.cloud(), change.values["licence"]
    one.licences = _with(one.licences, licence, on=change.flag())
    one.mailbox = bool(one.licences)
    change.note(one, attribute="assignedLicenses", after=", ".join(one.licences))
    return said("Licences of %(name)s: %(held)s.", name=one.get("displayName"), held=_listed(one.licences))


def _role(change: Change) -> str:
    one, role = change.cloud(), change.values["role"]
    if one.kind is not Kind.USER:
        raise ActionRefused("Only users hold roles here. Choose a user.", parameter="object")
    if change.values["how"] == "eligible":
        one.eligible_roles = _with(one.eligible_roles, role, on=change.flag())
    else:
        one.roles = _with(one.roles, role, on=change.flag())
    change.note(one, attribute="roles", after=", ".join([*one.roles, *one.eligible_roles]))
    return said(
        "Roles of %(name)s: %(held)s.", name=one.get("displayName"), held=_listed([*one.roles, *one.eligible_roles])
    )


def _listed(names: list[str]) -> str:
    return ", ".join(names) or said("none")


def _with(values: list[str], value: str, *, on: bool) -> list[str]:
    kept = [other for other in values if other != value]
    return [*kept, value] if on else kept


def _sign_in(change: Change) -> str:
    one = change.cloud()
    one.signed_in_at = change.now
    change.note(one, attribute="lastSignInDateTime", after=change.now.isoformat())
    return said("%(name)s signed in.", name=one.get("displayName"))


def _switch_source(change: Change) -> str:
    one, back = change.cloud(), change.values["source"] == ON_PREMISES
    if not back and not one.sync:
        raise ActionRefused("Only a synchronized object can be moved to the cloud.", parameter="object")
    if back and not one.cloud_managed:
        raise ActionRefused("This object was not moved to the cloud, so there is nothing to take back.")
    if back and change.state.switched(switches.BLOCK_TAKEOVER):
        raise ActionRefused(said("Turn off %(setting)s first.", setting=switches.BLOCK_TAKEOVER), parameter="source")
    one.cloud_managed, one.sync = not back, False if back else None
    change.note(one, attribute="isCloudManaged", before=str(back), after=str(not back))
    if back:
        return said("The source of %(name)s is on-premises now.", name=one.get("displayName"))
    return said("The source of %(name)s is the cloud now.", name=one.get("displayName"))


def _clear_identifier(change: Change) -> str:
    one = change.cloud()
    before, one.identifier = one.identifier, ""
    change.note(one, attribute="onPremisesObjectIdentifier", before=before)
    return said(
        "%(name)s may be matched again; the next sync cycle writes a new identifier.", name=one.get("displayName")
    )


_OBJECT = pick(Field.CLOUD_OBJECT, "Object in the cloud")
_DELETED = pick(Field.CLOUD_DELETED, "Deleted object")
_ON = Parameter(name="on", field=Field.FLAG, says="Give or take away")
_NAME = text("sign-in-name", "UserPrincipalName")

ACTIONS = (
    Action(
        name="cloud-create-user",
        says="Make a user in the cloud",
        act=_create,
        parameters=(text("name", "Display name"), _NAME),
    ),
    Action(name="cloud-set-name", says="Change a sign-in name", act=_set_name, parameters=(_OBJECT, _NAME)),
    Action(
        name="cloud-add-address",
        says="Add an address",
        act=_add_address,
        parameters=(_OBJECT, text("address", "Address")),
    ),
    Action(name="cloud-delete", says="Delete an object", act=_delete, parameters=(_OBJECT,)),
    Action(name="cloud-restore", says="Restore from the recycle bin", act=_restore, parameters=(_DELETED,)),
    Action(name="cloud-purge", says="Delete permanently", act=_purge, parameters=(_DELETED,)),
    Action(
        name="cloud-license",
        says="Give or take a licence",
        act=_license,
        parameters=(_OBJECT, text("licence", "Licence"), _ON),
    ),
    Action(
        name="cloud-role",
        says="Give or take a role",
        act=_role,
        parameters=(_OBJECT, text("role", "Role"), pick(Field.HOLDING, "How it is held", name="how"), _ON),
    ),
    Action(name="cloud-sign-in", says="Sign in as this user", act=_sign_in, parameters=(_OBJECT,)),
    Action(
        name="cloud-switch-source",
        says="Switch where an object is mastered",
        act=_switch_source,
        parameters=(_OBJECT, pick(Field.SOURCE, "Source", name="source")),
    ),
    Action(
        name="cloud-clear-identifier",
        says="Clear the on-premises object identifier",
        act=_clear_identifier,
        parameters=(_OBJECT,),
    ),
)
