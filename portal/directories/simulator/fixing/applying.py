"""One step of a fix: the lease first, then a look, then what may have come in between, and only then the write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from portal.directories.objects import ObjectRef, Side
from portal.directories.plans import Lease, Observation, Step, StepOutcome, StepResult
from portal.directories.refusals import Refusal
from portal.directories.simulator.engine.flows import anchor_for
from portal.directories.simulator.fixing.obstacles import (
    refer_to_source,
    refuse_anchor,
    refuse_cloud_based,
    refuse_connected,
    refuse_export,
    refuse_moved_anchor,
    refuse_roles,
    refuse_soft_deleted,
    refuse_use,
    refuse_writeback,
)
from portal.directories.simulator.fixing.steps import KINDS, is_done
from portal.directories.simulator.reading.pairs import refer_to_cloud
from portal.directories.simulator.world import switches
from portal.directories.simulator.world.state import State


def fence(state: State, step: Step, lease: Lease) -> Refusal | None:
    """Refuse a lease older than the last one seen for either object; remember the newest."""
    if any(state.fences.get(claim, 0) > lease.number for claim in step.claims):
        return Refusal("older-lease", facts={"lease": str(lease.number)})
    for claim in step.claims:
        state.fences[claim] = lease.number
    return None


def observe(state: State, step: Step, now: datetime) -> Observation:
    """Look, and write nothing."""
    found = KINDS[step.key].found(state, step)
    return Observation(key=step.key, present=is_done(state, step), found=found, at=now)


def attempt(state: State, step: Step, lease: Lease, now: datetime) -> StepResult:
    """Do one step, or find it done; raises Refusal, and then nothing was written."""
    found = KINDS[step.key].found(state, step)
    if is_done(state, step):
        return _result(step, StepOutcome.ALREADY_THERE, found, found, now, None)
    refusal = next((refusal for refusal in _refusals(state, step) if refusal), None)
    if refusal is not None:
        raise refusal
    if found != step.before:
        raise Refusal("changed-since", object=_target(state, step), facts={"expected": step.before, "found": found})
    entry = KINDS[step.key].write(state, step, lease, now)
    return _result(step, StepOutcome.WRITTEN, found, step.after, now, entry.number)


def _result(step: Step, outcome: StepOutcome, before: str, after: str, now: datetime, number: int | None) -> StepResult:
    return StepResult(key=step.key, outcome=outcome, before=before, after=after, at=now, log_number=number)


def _refusals(state: State, step: Step) -> Iterator[Refusal | None]:
    """The rules that can have changed since the plan, then those of this kind of step."""
    yield _existing(state, step)
    yield refuse_writeback(state)
    yield refuse_export(state)
    yield _permission(state, step)
    if step.side is Side.CLOUD and step.key != "move-back":
        yield refuse_moved_anchor(state, step.notes["source"], step.notes["new anchor"])
    own = _OWN.get(step.key)
    if own is not None:
        yield own(state, step)


def _target(state: State, step: Step) -> ObjectRef:
    """The object that a step is about."""
    there = state.cloud.get(step.target)
    if there is not None:
        return refer_to_cloud(state, there)
    return refer_to_source(state, step.target) if step.side is Side.AD else _as_planned(step, step.target)


def _as_planned(step: Step, cloud_id: str) -> ObjectRef:
    """An object that the cloud has no more: by its id, and by its name where the step knows it."""
    return ObjectRef(display_name=step.target_name if step.target == cloud_id else "", cloud_id=cloud_id)


def _existing(state: State, step: Step) -> Refusal | None:
    there = state.cloud.get(step.notes["existing"])
    if there is None:
        return Refusal("existing-gone", object=_as_planned(step, step.notes["existing"]))
    if not there.is_live:
        return refuse_soft_deleted(state, there)
    return refuse_roles(state, there) or _identifier(state, step)


def _identifier(state: State, step: Step) -> Refusal | None:
    there = state.cloud[step.notes["existing"]]
    free = there.identifier in ("", step.notes["source"]) or step.notes["clears identifier"] == "True"
    if free or not state.switched(switches.HARDENED_IDENTIFIER):
        return None
    return Refusal("identifier-set", object=refer_to_cloud(state, there))


def _permission(state: State, step: Step) -> Refusal | None:
    if step.permission in state.tenant.permissions:
        return None
    return Refusal("privilege-missing", facts={"permission": step.permission, "role": step.role})


def _opening(state: State, step: Step) -> Refusal | None:
    """Nothing is opened that was restored from the bin, or got its source back, since the plan was drawn up."""
    there = state.cloud[step.notes["existing"]]
    return refuse_cloud_based(state, there) or refuse_connected(state, there)


def _deleting(state: State, step: Step) -> Refusal | None:
    there = state.cloud.get(step.target)
    return refuse_use(state, there) if there and step.notes["overrides use"] != "True" else None


def _anchoring(state: State, step: Step) -> Refusal | None:
    """A synchronized user refuses the write; so does an anchor that somebody else has, in the recycle bin too."""
    there = state.cloud[step.target]
    if there.sync is True:
        return Refusal("on-premises-mastered", object=refer_to_cloud(state, there))
    return refuse_anchor(state, step.after, {there.id})


def _moving_back(state: State, step: Step) -> Refusal | None:
    there = state.cloud[step.target]
    if state.switched(switches.BLOCK_TAKEOVER):
        facts = {"setting": switches.BLOCK_TAKEOVER}
        return Refusal("takeover-blocked", object=refer_to_cloud(state, there), facts=facts)
    if there.anchor != step.notes["new anchor"]:
        return Refusal("changed-since", object=refer_to_cloud(state, there))
    return None


def _writing_guid(state: State, step: Step) -> Refusal | None:
    """Not for an object that has gone or was made in the cloud meanwhile, nor while the value is another's."""
    there = state.ad.get(step.target)
    if there is None or not there.is_live:
        return Refusal("incoming-gone", object=refer_to_source(state, step.target))
    if refusal := _opening(state, step):
        return refusal
    created = any(one.anchor == anchor_for(state, there) for one in state.cloud.values())
    if not created:
        return None
    facts = {"found": "The incoming object is in the cloud now."}
    return Refusal("changed-since", object=refer_to_source(state, there.id), facts=facts)


_OWN: dict[str, Callable[[State, Step], Refusal | None]] = {
    "move-to-cloud": _opening,
    "delete-incoming": _deleting,
    "set-anchor": _anchoring,
    "move-back": _moving_back,
    "write-guid": _writing_guid,
}
