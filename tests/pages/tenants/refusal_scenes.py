"""What happens in Contoso so that a fix is refused: one scene for every refusal of the spec and of the hardening rules.

The sentences are written out here, word for word as the spec has them, because people search for them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from portal.accounts.models import Membership
from portal.accounts.rights import Role
from portal.directories.simulator.seed.stage import Stage
from portal.directories.simulator.world import switches
from tests.diagnosis.office import STORES, Office
from tests.directories.simulator.scenes import orphan, pending_orphan, stage

Act = Callable[[Office], None]
IN_BIN = "User with conflicting attribute is soft deleted in the Microsoft Entra ID. Ensure the user is hard deleted before retry."
CLOUD_BASED = "Updating source anchor to cloud-based user in your tenant is not supported."
NOT_UPDATED = "The fix process failed to update the values."
EXPORTING = "It's possible that Microsoft Entra Connect is running an export error."
ROLE_HOLDER = "The cloud user with privileged roles is not allowed to be taken over."
IDENTIFIER = "Hard match operation blocked due to security hardening. Review OnPremisesObjectIdentifier mapping."
ANCHOR = "Another object with the same value for property onPremisesImmutableId already exists."
MASTERED = (
    "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects "
    "currently undergoing migration."
)
PRIVILEGES = "Insufficient privileges to complete the operation."
CHANGED = "One of the two objects was changed since it was diagnosed."
IN_USE = "The incoming user is licensed or has signed in, and the fix would delete it."
EXISTING_GONE = "The existing user is no longer in the directory."
INCOMING_GONE = "The incoming object is no longer synchronized."
CONFLICT_GONE = "The two objects no longer share the value."
CONNECTED = "The existing user is synchronized from another account that is still in Active Directory."
TWO_EXISTING = "The incoming object is in conflict with more than one existing object."

OTHER_ANCHOR = "2aa297b1-f230-4c74-9772-2e111eea7830"
LOOK_AGAIN = "Look at both objects again; what changed is marked."
# What the last step of the plan in the cloud finds when the four before it are done.
EXISTING, INCOMING = "Joe Johnson", "joe.johnson@contoso.com"


@dataclass(frozen=True, kw_only=True)
class Scene:
    """`named` says which object, setting or right is meant, and with what facts; `then` is of the next action.

    What `happens` comes before the questions, or, with `answered`, between the answers and the dry run, or, where
    `written` is a number, after a worker has written so many steps.
    """

    says: str
    code: str
    sentence: str
    named: tuple[str, ...]
    then: str
    happens: Act
    leaves: str = "not-started"
    answered: bool = False
    written: int | None = None
    set: Callable[[], Stage] = orphan


def switched(name: str) -> Act:
    return lambda office: office.switch(name, on=True)


def refused_permission(name: str) -> Act:
    return lambda office: office.act("permission", name=name, on="off")


def existing(action: str, **values: str) -> Act:
    return lambda office: office.act(action, object=office.error().existing_key, **values)


def incoming(action: str, **values: str) -> Act:
    return lambda office: office.act(action, object=office.error().fault["incoming"]["cloud_id"], **values)


def account(action: str, **values: str) -> Act:
    """Something is done to the incoming object's account in Active Directory."""

    def act(office: Office) -> None:
        (live,) = (one for one in office.directory.world().ad.values() if one.is_live)
        office.act(action, object=live.id, **values)

    return act


def both(*acts: Act) -> Act:
    def act(office: Office) -> None:
        for one in acts:
            one(office)

    return act


def unread_cycle(office: Office) -> None:
    """The directory runs a cycle that the portal has not read yet."""
    office.later(minutes=30)
    office.directory.start_cycle()


def old_account_back(office: Office) -> None:
    (old,) = (one for one in office.directory.world().ad.values() if not one.is_live)
    office.act("ad-restore", object=old.id)


def bin_the_twin(office: Office) -> None:
    """The cycle has made the incoming user again, and somebody deletes the new one too."""
    anchor = office.error().fault["incoming"]["anchor"]
    (twin,) = (one for one in office.directory.world().cloud.values() if one.anchor == anchor)
    office.act("cloud-delete", object=twin.id)


def never_used(office: Office) -> None:
    """No licence, no mailbox, and nobody ever signed in."""
    office.act("cloud-license", object=office.error().existing_key, licence="Microsoft 365 E3", on="off")
    office.act("cloud-delete", object=office.error().existing_key)


def account_purged(office: Office) -> None:
    """Deleted in Active Directory for longer than its recycle bin keeps things: nothing of it is left."""
    with STORES[office.tenant.pk].exclusively() as document:
        found = document.values["ad"]
        document.values["ad"] = {key: one for key, one in found.items() if one["deleted_at"]}
        document.changed = True


def reader_now(office: Office) -> None:
    Membership.objects.filter(person=office.ada).update(role=Role.READER)


def made_in_cloud() -> Stage:
    scene = stage()
    scene.cloud_user("Sales Desk", "sales", address="SMTP:sales@contoso.com")
    scene.user("Joe Johnson", "joe", proxyAddresses=["SMTP:joe@contoso.com", "smtp:sales@contoso.com"])
    scene.cycle()
    return scene


def two_in_the_way() -> Stage:
    scene = orphan()
    (new,) = (one for one in scene.state.ad.values() if one.is_live)
    scene.user("Ann Ek", "ann")
    scene.cycle()
    scene.do("ad-add-value", object=new.id, attribute="proxyAddresses", value="smtp:ann@contoso.com")
    scene.cycle(after=timedelta(minutes=30))
    return scene


def _scene(says: str, code: str, sentence: str, named: tuple[str, ...], then: str, happens: Act, **more) -> Scene:
    return Scene(says=says, code=code, sentence=sentence, named=named, then=then, happens=happens, **more)


ROLE = {"role": "Exchange Administrator", "on": "on"}
MANUAL = {"leaves": "manual-fix-required"}
PURGE_IT = "Otherwise delete it permanently, or wait for the purge."
AT_ITS_SOURCE = "Decide which of the two users keeps the value."
SCENES = (
    _scene("the bin holds the original", "soft-deleted", IN_BIN,
           (EXISTING, "{existing}", "Microsoft 365 E3", "2026-12-20", "restore it before you try again"), PURGE_IT,
           existing("cloud-delete")),
    _scene("the bin holds a user that nobody used", "soft-deleted", IN_BIN,
           (EXISTING, "{existing}", "purged on", "2026-12-20"), PURGE_IT, never_used),
    _scene("the bin holds another user with the anchor", "soft-deleted", IN_BIN, (EXISTING, INCOMING), PURGE_IT,
           both(unread_cycle, bin_the_twin), written=3),
    _scene("the existing user was made in the cloud", "cloud-based", CLOUD_BASED, ("Sales Desk", "{existing}"),
           AT_ITS_SOURCE, lambda office: None, set=made_in_cloud, **MANUAL),
    _scene("the existing user was restored from the bin", "restored-from-bin", CLOUD_BASED, (EXISTING, "{existing}"),
           AT_ITS_SOURCE, both(existing("cloud-delete"), existing("cloud-restore")), **MANUAL),
    _scene("user writeback is on", "user-writeback", NOT_UPDATED, ("userWritebackEnabled", "User writeback"),
           "Turn user writeback off and finish the wizard.", switched(switches.WRITEBACK)),
    _scene("user writeback is turned on half way", "user-writeback", NOT_UPDATED, ("userWritebackEnabled",),
           "Turn user writeback off and finish the wizard.", switched(switches.WRITEBACK), written=2),
    _scene("taking over is blocked", "takeover-blocked", NOT_UPDATED,
           (EXISTING, "{existing}", "blockCloudObjectTakeoverThroughHardMatchEnabled"),
           "Apply the fix again, let a sync cycle pass, and turn the setting on again.",
           switched(switches.BLOCK_TAKEOVER)),
    _scene("taking over is blocked half way", "takeover-blocked", NOT_UPDATED, (EXISTING, "{existing}"),
           "Apply the fix again, let a sync cycle pass, and turn the setting on again.",
           switched(switches.BLOCK_TAKEOVER), written=4),
    _scene("an export is under way", "export-under-way", EXPORTING, ("The sync server is exporting",),
           "Refresh the page.", switched(switches.EXPORT_UNDER_WAY)),
    _scene("an export begins half way", "export-under-way", EXPORTING, ("Nothing was written.",),
           "Refresh the page.", switched(switches.EXPORT_UNDER_WAY), written=0),
    _scene("the existing user holds a role", "role-holder", ROLE_HOLDER,
           (EXISTING, "{existing}", "Exchange Administrator"),
           "Take the roles, eligible ones too, away from the existing user.",
           both(existing("cloud-role", how="active", **ROLE), switched(switches.HARDENED_ROLES)), **MANUAL),
    _scene("the existing user may activate a role", "role-holder", ROLE_HOLDER,
           (EXISTING, "{existing}", "Exchange Administrator (eligible)"),
           "Take the roles, eligible ones too, away from the existing user.",
           both(existing("cloud-role", how="eligible", **ROLE), switched(switches.HARDENED_ROLES)), **MANUAL),
    _scene("the existing user is given a role half way", "role-holder", ROLE_HOLDER, (EXISTING, "{existing}"),
           "Have another administrator at hand who does not depend on this user.",
           both(existing("cloud-role", how="active", **ROLE), switched(switches.HARDENED_ROLES)), written=2, **MANUAL),
    _scene("the identifier is set", "identifier-set", IDENTIFIER, (EXISTING, "{existing}"),
           "Make sure that both accounts belong to one person.", switched(switches.HARDENED_IDENTIFIER)),
    _scene("the identifier is hardened half way", "identifier-set", IDENTIFIER, (EXISTING, "{existing}"),
           "Make sure that both accounts belong to one person.", switched(switches.HARDENED_IDENTIFIER), written=3),
    _scene("another object has the anchor", "anchor-in-use", ANCHOR, (EXISTING, INCOMING, "User_"),
           "Open the object that is named, also among the deleted users.", unread_cycle, written=3),
    _scene("the existing user was given back to Active Directory", "on-premises-mastered", MASTERED,
           (EXISTING, "{existing}"), "Draw up the fix again and look at the new dry run.",
           both(existing("cloud-switch-source", source="on-premises"), old_account_back, unread_cycle), written=3),
    _scene("two existing users are in the way", "two-existing", TWO_EXISTING, ("{other}",),
           "Settle all conflicts but one at their source.", lambda office: None, set=two_in_the_way, **MANUAL),
    _scene("an object was changed after the answers", "changed-since", CHANGED, (EXISTING, "{existing}"), LOOK_AGAIN,
           existing("cloud-license", licence="Visio Plan 2", on="on"), answered=True),
    _scene("an object was changed after the request", "changed-since", CHANGED, (EXISTING, "{existing}"), LOOK_AGAIN,
           existing("cloud-license", licence="Visio Plan 2", on="on"), written=0),
    _scene("the account got another anchor half way", "changed-since", CHANGED, (EXISTING, INCOMING, "expected"),
           LOOK_AGAIN, account("ad-set", attribute="mS-DS-ConsistencyGuid", value=OTHER_ANCHOR), written=2),
    _scene("the incoming user was restored half way", "changed-since", CHANGED, (EXISTING, "{incoming}", "deleted"),
           LOOK_AGAIN, incoming("cloud-restore"), written=2),
    _scene("the incoming account is gone", "incoming-gone", INCOMING_GONE, (EXISTING, INCOMING),
           "If not, bring the account back into scope and let a sync cycle pass.", account("ad-delete")),
    _scene("the incoming account goes half way", "incoming-gone", INCOMING_GONE, (EXISTING, INCOMING),
           "If not, bring the account back into scope and let a sync cycle pass.", account("ad-delete"), written=1),
    _scene("nothing of the incoming account is left half way", "incoming-gone", INCOMING_GONE, ("{source}",),
           "If not, bring the account back into scope and let a sync cycle pass.", account_purged, written=1),
    _scene("the existing user is gone", "existing-gone", EXISTING_GONE, (EXISTING, "{existing}"),
           "If the existing user should not be gone, look for it in the recycle bin.",
           both(existing("cloud-delete"), existing("cloud-purge"))),
    _scene("the existing user goes half way", "existing-gone", EXISTING_GONE, (EXISTING, "{existing}"),
           "If the existing user should not be gone, look for it in the recycle bin.",
           both(existing("cloud-delete"), existing("cloud-purge")), written=3),
    _scene("the incoming user is licensed", "incoming-in-use", IN_USE, (EXISTING, "{incoming}", "Visio Plan 2"),
           "Save what is needed and take its licences away",
           incoming("cloud-license", licence="Visio Plan 2", on="on")),
    _scene("the incoming user signs in half way", "incoming-in-use", IN_USE, (EXISTING, "{incoming}", "last sign-in"),
           "Save what is needed and take its licences away", incoming("cloud-sign-in"), written=1),
    _scene("the value is free", "conflict-gone", CONFLICT_GONE, (EXISTING, "{existing}"),
           "Wait for the next sync cycle.",
           both(account("ad-set", attribute="proxyAddresses", value="SMTP:other@contoso.com"), unread_cycle)),
    _scene("the existing user's account lives", "existing-connected", CONNECTED, (EXISTING, "{existing}"),
           "Go back to the first question: the answer is Yes.", old_account_back, **MANUAL),
    _scene("the existing user's account comes back", "existing-connected", CONNECTED, (EXISTING, "{existing}"),
           "Change the value on one of the two accounts in Active Directory.", old_account_back, written=0,
           set=pending_orphan, **MANUAL),
    _scene("the portal may not write", "privilege-missing", PRIVILEGES, ("User.ReadWrite.All", "User Administrator"),
           "Ask somebody who has the role to apply the fix", refused_permission(switches.WRITE_USERS)),
    _scene("the permission goes half way", "privilege-missing", PRIVILEGES, ("User.ReadWrite.All",),
           "Ask somebody who has the role to apply the fix", refused_permission(switches.WRITE_USERS), written=1),
    _scene("the person's role is gone", "privilege-missing", PRIVILEGES, ("Global Administrator or Contributor",),
           "Ask somebody who has the role to apply the fix", reader_now, written=0),
)  # fmt: skip
