"""The dry run: every precondition looked at, then the steps that this pair really needs, in an order that can fail safely.

What can still be refused comes before what cannot be undone: the existing user is opened first, and the incoming one is
deleted only then, right before its anchor moves (facts/directories.md 1.5).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from portal.directories.anchors import guid_of
from portal.directories.identity import claim_keys
from portal.directories.objects import Side
from portal.directories.plans import Fix, Plan, PlanName, Precondition, Read, Step
from portal.directories.refusals import Refusal
from portal.directories.simulator.fixing.obstacles import RULES, Case
from portal.directories.simulator.fixing.steps import DELETED, GONE, GUID, KINDS, LIVE
from portal.directories.simulator.reading.finding import fingerprint_of
from portal.directories.simulator.reading.pairs import locate, refer_to_cloud
from portal.directories.simulator.reading.reporting import report
from portal.directories.simulator.reading.views import existing_views, incoming_views
from portal.directories.simulator.world import switches
from portal.directories.simulator.world.entries import AdObject, CloudObject
from portal.directories.simulator.world.state import State


def plan(state: State, fix: Fix, now: datetime) -> Plan:
    """Raises Refusal with all preconditions when one is not met."""
    case = Case(state=state, fix=fix, pair=locate(state, fix.fault), faults=report(state, now).faults)
    preconditions, refusal = _check(case)
    if refusal is not None:
        raise _with(refusal, preconditions)
    steps = tuple(_steps(case))
    met = (*preconditions, *_permissions(state, steps))
    if refusal := _refuse_permission(state, steps):
        raise _with(refusal, met)
    name = PlanName.IN_AD if any(step.side is Side.AD for step in steps) else PlanName.IN_CLOUD
    refusal = _refuse_takeover(case, name)
    met = (*met, *_takeover(name, refusal))
    if refusal:
        raise _with(refusal, met)
    return Plan(
        name=name,
        fault=fix.fault,
        reads=tuple(_reads(case)),
        preconditions=met,
        steps=steps,
        fingerprint=fingerprint_of(incoming_views(state, case.pair), existing_views(state, case.pair)),
        made_at=now,
    )


def _check(case: Case) -> tuple[tuple[Precondition, ...], Refusal | None]:
    looked = [(key, sentence, rule(case)) for key, sentence, rule in RULES]
    preconditions = tuple(
        Precondition(key=key, sentence=sentence, met=refusal is None, refusal=refusal.code if refusal else "")
        for key, sentence, refusal in looked
    )
    return preconditions, next((refusal for _, _, refusal in looked if refusal), None)


def _with(refusal: Refusal, preconditions: tuple[Precondition, ...]) -> Refusal:
    refusal.preconditions = preconditions
    return refusal


def _permissions(state: State, steps: tuple[Step, ...]) -> Iterator[Precondition]:
    for permission in dict.fromkeys(step.permission for step in steps):
        granted = permission in state.tenant.permissions
        yield Precondition(
            key="permission",
            sentence=f"The portal may use {permission}.",
            met=granted,
            refusal="" if granted else "privilege-missing",
        )


def _refuse_permission(state: State, steps: tuple[Step, ...]) -> Refusal | None:
    lacking = next((step for step in steps if step.permission not in state.tenant.permissions), None)
    if lacking is None:
        return None
    return Refusal("privilege-missing", facts={"permission": lacking.permission, "role": lacking.role})


def _refuse_takeover(case: Case, name: PlanName) -> Refusal | None:
    if name is PlanName.IN_AD or not case.state.switched(switches.BLOCK_TAKEOVER) or case.pair.existing is None:
        return None
    facts = {"setting": switches.BLOCK_TAKEOVER}
    return Refusal("takeover-blocked", object=refer_to_cloud(case.state, case.pair.existing), facts=facts)


def _takeover(name: PlanName, refusal: Refusal | None) -> Iterator[Precondition]:
    """Only the plan in the cloud has an on-premises account take a cloud user over."""
    if name is PlanName.IN_CLOUD:
        sentence, code = "On-premises accounts may take cloud users over.", refusal.code if refusal else ""
        yield Precondition(key="takeover", sentence=sentence, met=refusal is None, refusal=code)


def _steps(case: Case) -> Iterator[Step]:
    existing, source = case.pair.existing, case.pair.source
    if existing is None or source is None:
        return
    drawn = _in_ad(case, existing, source) if _can_write_ad(case, existing) else _in_cloud(case, existing, source)
    for number, (key, target, name, before, after, losses) in enumerate(drawn, start=1):
        yield _step(case, number, key, target, name, before, after, losses)


def _can_write_ad(case: Case, existing: CloudObject) -> bool:
    """The plan in Active Directory fits a new object that the cloud does not have yet, and anchors that are GUIDs."""
    state = case.state
    fits = case.pair.incoming is None and existing.sync is True and bool(guid_of(existing.anchor))
    return fits and state.switched(switches.GUID_ANCHOR) and switches.WRITE_GUID in state.tenant.permissions


Drawn = tuple[str, str, str, str, str, tuple[str, ...]]


def _in_ad(case: Case, existing: CloudObject, source: AdObject) -> Iterator[Drawn]:
    if _clears(case, existing, source):
        yield "clear-identifier", existing.id, existing.get("displayName"), existing.identifier, "", ()
    before = source.get(GUID)
    loss = (f"Old {GUID}: {before}",) if before else ()
    yield "write-guid", source.id, source.get("displayName"), before, guid_of(existing.anchor), loss


def _in_cloud(case: Case, existing: CloudObject, source: AdObject) -> Iterator[Drawn]:
    name = existing.get("displayName")
    if not existing.cloud_managed:
        yield "move-to-cloud", existing.id, name, "False", "True", ()
    if _clears(case, existing, source):
        yield "clear-identifier", existing.id, name, existing.identifier, "", ()
    if case.pair.incoming is not None and case.pair.incoming.id != existing.id:
        yield from _removal(case.state, case.pair.incoming)
    if existing.anchor != case.pair.anchor:
        loss = (f"Old source anchor: {existing.anchor}",) if existing.anchor else ()
        yield "set-anchor", existing.id, name, existing.anchor, case.pair.anchor, loss
    yield "move-back", existing.id, name, "True", "False", ()


def _clears(case: Case, existing: CloudObject, source: AdObject) -> bool:
    return case.fix.clears_identifier and existing.identifier not in ("", source.id)


def _removal(state: State, incoming: CloudObject) -> Iterator[Drawn]:
    name, losses = incoming.get("displayName"), _hanging_on(state, incoming)
    if incoming.is_live:
        yield "delete-incoming", incoming.id, name, LIVE, DELETED, losses
    yield "purge-incoming", incoming.id, name, DELETED, GONE, losses


def _hanging_on(state: State, one: CloudObject) -> tuple[str, ...]:
    losses = [f"Licence: {licence}" for licence in one.licences]
    losses += ["Mailbox"] if one.mailbox else []
    losses += [f"Role: {role}" for role in one.roles]
    groups = (group for group in state.cloud.values() if one.id in group.all("members"))
    losses += sorted(f"Membership: {group.get('displayName')}" for group in groups)
    return tuple(losses)


def _step(
    case: Case, number: int, key: str, target: str, name: str, before: str, after: str, losses: tuple[str, ...]
) -> Step:
    kind, pair, fix = KINDS[key], case.pair, case.fix
    return Step(
        number=number,
        key=key,
        side=kind.side,
        target=target,
        target_name=name,
        attribute=kind.attribute,
        before=before,
        after=after,
        role=kind.role,
        permission=kind.permission,
        reversible=kind.reversible,
        claims=claim_keys(fix.fault),
        losses=losses,
        notes={
            "existing": pair.existing.id if pair.existing else "",
            "incoming": pair.incoming.id if pair.incoming else "",
            "source": pair.source.id if pair.source else "",
            "new anchor": pair.anchor if kind.side is Side.CLOUD else "",
            "overrides use": str(fix.overrides_use),
            "clears identifier": str(fix.clears_identifier),
        },
    )


def _reads(case: Case) -> Iterator[Read]:
    pair = case.pair
    if pair.source is not None:
        yield Read(key="source", side=Side.AD, object=pair.source.id, found=pair.source.dn)
    if pair.connector is not None:
        waiting = pair.connector.pending or "nothing pending"
        yield Read(key="connector", side=Side.CONNECTOR_SPACE, object=pair.connector.id, found=waiting)
    if pair.incoming is not None:
        yield Read(key="incoming", side=Side.CLOUD, object=pair.incoming.id, found=pair.incoming.get("displayName"))
    if pair.existing is not None:
        yield Read(key="existing", side=Side.CLOUD, object=pair.existing.id, found=pair.existing.get("displayName"))
    for name in (switches.WRITEBACK, switches.BLOCK_TAKEOVER, switches.HARDENED_ROLES, switches.HARDENED_IDENTIFIER):
        yield Read(key="setting", side=Side.CLOUD, object=name, found=str(case.state.switched(name)))
