"""What stands in the way of a fix, each as a rule of its own, checked before the plan and most of them before each write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from portal.directories.eligibility import eligibility
from portal.directories.faults import Fault
from portal.directories.identity import attribute_family, identity_key
from portal.directories.objects import Kind, ObjectRef
from portal.directories.plans import Fix
from portal.directories.refusals import Refusal
from portal.directories.simulator.engine.flows import anchor_for
from portal.directories.simulator.reading.finding import fingerprint_of
from portal.directories.simulator.reading.pairs import Pair, refer_to_cloud
from portal.directories.simulator.reading.views import existing_views, incoming_views
from portal.directories.simulator.world import switches
from portal.directories.simulator.world.entries import CloudObject
from portal.directories.simulator.world.state import State, live_ad, ordered
from portal.directories.simulator.world.values import PROXIES, SID, UPN, holds

ATTRIBUTES = {
    "userprincipalname": UPN,
    "proxyaddresses": PROXIES,
    "sipproxyaddress": PROXIES,
    "onpremisesecurityidentifier": SID,
}


@dataclass(frozen=True, kw_only=True)
class Case:
    """A fix that is asked for, with the directory as it is now."""

    state: State
    fix: Fix
    pair: Pair
    faults: tuple[Fault, ...]

    @property
    def is_half_done(self) -> bool:
        """An earlier fix has set the anchor, and only the way back to on-premises is missing."""
        existing = self.pair.existing
        return existing is not None and existing.cloud_managed and existing.anchor == self.pair.anchor


Rule = Callable[[Case], Refusal | None]


def not_diagnosed(case: Case) -> Refusal | None:
    verdict = eligibility(case.fix.fault)
    return None if verdict else Refusal("not-diagnosed", facts={"reason": verdict.reason})


def existing_gone(case: Case) -> Refusal | None:
    return Refusal("existing-gone", object=case.fix.fault.existing) if case.pair.existing is None else None


def incoming_gone(case: Case) -> Refusal | None:
    gone = case.pair.source is None or not case.pair.source.is_live or case.pair.connector is None
    return Refusal("incoming-gone", object=case.fix.fault.incoming) if gone else None


def anchor_moved(case: Case) -> Refusal | None:
    """Somebody wrote another anchor into Active Directory, which the cloud does not know of yet."""
    source = case.pair.source
    return refuse_moved_anchor(case.state, source.id, case.pair.anchor) if source else None


def refuse_moved_anchor(state: State, source_id: str, anchor: str) -> Refusal | None:
    source = state.ad.get(source_id)
    meant = refer_to_source(state, source_id)
    if source is None or not source.is_live:
        return Refusal("incoming-gone", object=meant)
    found = anchor_for(state, source)
    if found == anchor:
        return None
    return Refusal("changed-since", object=meant, facts={"expected": anchor, "found": found})


def refer_to_source(state: State, source_id: str) -> ObjectRef:
    """The incoming object as Active Directory has it, deleted or not; by its objectGUID when nothing else is left."""
    source = state.ad.get(source_id)
    if source is None:
        return ObjectRef(display_name=source_id)
    return ObjectRef(
        kind=Kind(source.kind),
        display_name=source.get("displayName"),
        user_principal_name=source.get(UPN),
        mail=source.get("mail"),
        anchor=anchor_for(state, source),
        distinguished_name=source.dn,
        source_of_authority="Active Directory",
    )


def soft_deleted(case: Case) -> Refusal | None:
    existing = case.pair.existing
    return refuse_soft_deleted(case.state, existing) if existing and not existing.is_live else None


def refuse_soft_deleted(state: State, one: CloudObject) -> Refusal:
    facts = {"deleted on": _day(one.deleted_at), "purged on": _day(one.purged_on)}
    if one.licences:
        facts["licences"] = ", ".join(one.licences)
    if one.mailbox or one.licences or one.signed_in_at:
        facts["restore first"] = "It was in use. If it is the person's own account, restore it before you try again."
    return Refusal("soft-deleted", object=refer_to_cloud(state, one), facts=facts)


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


def cloud_based(case: Case) -> Refusal | None:
    """Only what is synchronized, or was switched to the cloud on the way, can take an anchor; never what the bin gave back."""
    existing = case.pair.existing
    return refuse_cloud_based(case.state, existing) if existing else None


def refuse_cloud_based(state: State, one: CloudObject) -> Refusal | None:
    if one.sync is True or one.cloud_managed:
        return None
    return Refusal("restored-from-bin" if one.restored_at else "cloud-based", object=refer_to_cloud(state, one))


def existing_connected(case: Case) -> Refusal | None:
    """Its source lives, synchronized or out of scope: these are two accounts, not an orphan."""
    existing = case.pair.existing
    if existing is None or existing.anchor == case.pair.anchor:
        return None
    return refuse_connected(case.state, existing)


def refuse_connected(state: State, one: CloudObject) -> Refusal | None:
    connected = any(
        other.cloud_id == one.id and other.metaverse_id and not other.going for other in state.connectors.values()
    )
    lives = bool(one.anchor) and any(anchor_for(state, source) == one.anchor for source in live_ad(state))
    return Refusal("existing-connected", object=refer_to_cloud(state, one)) if connected or lives else None


def conflict_gone(case: Case) -> Refusal | None:
    fault, existing = case.fix.fault, case.pair.existing
    if existing is None or case.is_half_done:
        return None
    attribute = ATTRIBUTES.get(attribute_family(fault.attribute))
    key = identity_key(fault, tenant="")
    listed = any(identity_key(one, tenant="") == key for one in case.faults)
    if attribute and (not listed or not holds(existing, attribute, fault.value)):
        return Refusal("conflict-gone", object=fault.existing)
    return None


def two_existing(case: Case) -> Refusal | None:
    key = case.fix.fault.incoming.key
    standing = [one for one in case.faults if one.incoming.key == key and one.existing and not one.sweep_by]
    others = {one.existing.cloud_id: one.existing for one in standing}
    mine = case.pair.existing.id if case.pair.existing else ""
    other = next((ref for cloud_id, ref in sorted(others.items()) if cloud_id != mine), None)
    return Refusal("two-existing", object=other) if other else None


def role_holder(case: Case) -> Refusal | None:
    return refuse_roles(case.state, case.pair.existing) if case.pair.existing else None


def refuse_roles(state: State, one: CloudObject) -> Refusal | None:
    roles = [*one.roles, *(f"{role} (eligible)" for role in one.eligible_roles)]
    if not roles or not state.switched(switches.HARDENED_ROLES):
        return None
    return Refusal("role-holder", object=refer_to_cloud(state, one), facts={"roles": ", ".join(roles)})


def identifier_set(case: Case) -> Refusal | None:
    """Not in the way when the object was this one's already, or when the plan clears it."""
    existing, source = case.pair.existing, case.pair.source
    if existing is None or case.fix.clears_identifier or not case.state.switched(switches.HARDENED_IDENTIFIER):
        return None
    if not existing.identifier or (source is not None and existing.identifier == source.id):
        return None
    return Refusal("identifier-set", object=refer_to_cloud(case.state, existing))


def incoming_in_use(case: Case) -> Refusal | None:
    one = case.pair.incoming
    return refuse_use(case.state, one) if one and not case.fix.overrides_use else None


def refuse_use(state: State, one: CloudObject) -> Refusal | None:
    facts = {}
    if one.licences:
        facts["licences"] = ", ".join(one.licences)
    if one.signed_in_at:
        facts["last sign-in"] = one.signed_in_at.isoformat()
    return Refusal("incoming-in-use", object=refer_to_cloud(state, one), facts=facts) if facts else None


def anchor_in_use(case: Case) -> Refusal | None:
    spared = {one.id for one in (case.pair.incoming, case.pair.existing) if one}
    return refuse_anchor(case.state, case.pair.anchor, spared)


def refuse_anchor(state: State, anchor: str, spared: set[str]) -> Refusal | None:
    """As the service: the object in the way is named by its id, one in the recycle bin too (the spec's first message)."""
    holder = next((one for one in ordered(state.cloud.values()) if one.anchor == anchor and one.id not in spared), None)
    if holder is None:
        return None
    if not holder.is_live:
        return refuse_soft_deleted(state, holder)
    facts = {"code": "ObjectConflict", "object in the way": f"User_{holder.id}"}
    return Refusal("anchor-in-use", object=refer_to_cloud(state, holder), facts=facts)


def user_writeback(case: Case) -> Refusal | None:
    return refuse_writeback(case.state)


def refuse_writeback(state: State) -> Refusal | None:
    facts = {"setting": switches.WRITEBACK, "where": "Microsoft Entra Connect, optional features, User writeback"}
    return Refusal("user-writeback", facts=facts) if state.switched(switches.WRITEBACK) else None


def export_under_way(case: Case) -> Refusal | None:
    return refuse_export(case.state)


def refuse_export(state: State) -> Refusal | None:
    if not state.switched(switches.EXPORT_UNDER_WAY):
        return None
    return Refusal("export-under-way", retry_after=int(state.engine.interval.total_seconds()))


def changed_since(case: Case) -> Refusal | None:
    now = fingerprint_of(incoming_views(case.state, case.pair), existing_views(case.state, case.pair))
    stale = case.fix.fingerprint and case.fix.fingerprint != now
    return Refusal("changed-since", object=case.fix.fault.existing) if stale else None


# In the order in which they are refused: the more telling first. Key, what must hold, rule.
RULES: tuple[tuple[str, str, Rule], ...] = (
    ("diagnosed", "Both objects are users and share an attribute that can be fixed.", not_diagnosed),
    ("existing-there", "The existing user is in the directory.", existing_gone),
    ("incoming-there", "The incoming object is synchronized.", incoming_gone),
    ("anchor-steady", "The incoming object carries the anchor it was synchronized with.", anchor_moved),
    ("not-deleted", "The existing user is not in the recycle bin.", soft_deleted),
    ("was-synchronized", "The existing user came from on-premises.", cloud_based),
    ("is-orphan", "No account in Active Directory is the source of the existing user.", existing_connected),
    ("conflict-stands", "Both objects still share the value.", conflict_gone),
    ("one-conflict", "The incoming object is in conflict with this user only.", two_existing),
    ("no-roles", "The existing user holds no role that hardening protects.", role_holder),
    ("identifier-free", "The existing user may be matched again.", identifier_set),
    ("incoming-unused", "The incoming cloud user is not licensed and never signed in.", incoming_in_use),
    ("anchor-free", "No other object carries the source anchor.", anchor_in_use),
    ("writeback-off", "User writeback is off.", user_writeback),
    ("no-export", "No export is under way.", export_under_way),
    ("unchanged", "Both objects are as they were when they were diagnosed.", changed_since),
)
