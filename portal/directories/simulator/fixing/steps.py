"""The kinds of steps: what each writes, which permission and role it takes, and when its effect is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from portal.directories.objects import Side
from portal.directories.plans import Lease, Step
from portal.directories.simulator.engine.flows import anchor_for
from portal.directories.simulator.world.bin import purge, soft_delete
from portal.directories.simulator.world.entries import CloudObject
from portal.directories.simulator.world.state import LogEntry, State
from portal.directories.simulator.world.switches import WRITE_GUID, WRITE_SYNC_BEHAVIOR, WRITE_USERS

GUID = "mS-DS-ConsistencyGuid"
GONE, DELETED, LIVE = "purged", "deleted", "live"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`found` reads the value the step is about; `write` changes it and returns the line of the log.

    `overtaken`: a later step has done its part, so this one counts as done whatever is found;
    `follows`: what came before is there, without which the value found says nothing.
    """

    side: Side
    attribute: str
    role: str
    permission: str
    reversible: bool
    found: Callable[[State, Step], str]
    write: Callable[[State, Step, Lease, datetime], LogEntry]
    overtaken: Callable[[State, Step], bool] = lambda state, step: False
    follows: Callable[[State, Step], bool] = lambda state, step: True


def _of_cloud(read: Callable[[CloudObject], str]) -> Callable[[State, Step], str]:
    def found(state: State, step: Step) -> str:
        there = state.cloud.get(step.target)
        return read(there) if there else GONE

    return found


def _guid_found(state: State, step: Step) -> str:
    there = state.ad.get(step.target)
    return there.get(GUID) if there else GONE


def _anchored(state: State, step: Step) -> bool:
    """Both ends carry one anchor, whichever was written: what had to come before is over."""
    there, source = state.cloud.get(step.target), state.ad.get(step.notes["source"])
    if there is None:
        return False
    return there.anchor == step.notes["new anchor"] or (
        source is not None and there.anchor == anchor_for(state, source)
    )


def _note(state: State, step: Step, lease: Lease, now: datetime) -> LogEntry:
    return state.note(
        now,
        lease.holder,
        "fix step",
        target=step.target,
        name=step.target_name,
        attribute=step.attribute,
        before=step.before,
        after=step.after,
        **_origin(step, lease),
    )


def _origin(step: Step, lease: Lease) -> dict[str, str | int]:
    return {"fix": lease.fix, "lease": lease.number, "step": step.key}


def _move_to_cloud(state: State, step: Step, lease: Lease, now: datetime) -> LogEntry:
    there = state.cloud[step.target]
    there.cloud_managed, there.sync = True, None
    return _note(state, step, lease, now)


def _move_back(state: State, step: Step, lease: Lease, now: datetime) -> LogEntry:
    """Until a cycle takes it over it is no longer synchronized, not yet again: False."""
    there = state.cloud[step.target]
    there.cloud_managed, there.sync = False, False
    return _note(state, step, lease, now)


def _clear_identifier(state: State, step: Step, lease: Lease, now: datetime) -> LogEntry:
    state.cloud[step.target].identifier = ""
    return _note(state, step, lease, now)


def _set_anchor(state: State, step: Step, lease: Lease, now: datetime) -> LogEntry:
    state.cloud[step.target].anchor = step.after
    return _note(state, step, lease, now)


def _write_guid(state: State, step: Step, lease: Lease, now: datetime) -> LogEntry:
    there = state.ad[step.target]
    there.put(GUID, step.after)
    there.changed_at = now
    return _note(state, step, lease, now)


def _delete(state: State, step: Step, lease: Lease, now: datetime) -> LogEntry:
    return soft_delete(state, state.cloud[step.target], now, lease.holder, **_origin(step, lease))


def _purge(state: State, step: Step, lease: Lease, now: datetime) -> LogEntry:
    return purge(state, state.cloud[step.target], now, lease.holder, **_origin(step, lease))


_USERS, _HYBRID = "User Administrator", "Hybrid Identity Administrator"
_LIFE = _of_cloud(lambda there: LIVE if there.is_live else DELETED)
_MANAGED = _of_cloud(lambda there: str(there.cloud_managed))

KINDS: dict[str, Kind] = {
    "move-to-cloud": Kind(
        side=Side.CLOUD,
        attribute="isCloudManaged",
        role=_HYBRID,
        permission=WRITE_SYNC_BEHAVIOR,
        reversible=True,
        found=_MANAGED,
        write=_move_to_cloud,
        overtaken=_anchored,
    ),
    "clear-identifier": Kind(
        side=Side.CLOUD,
        attribute="onPremisesObjectIdentifier",
        role=_HYBRID,
        permission=WRITE_SYNC_BEHAVIOR,
        reversible=False,
        found=_of_cloud(lambda there: there.identifier),
        write=_clear_identifier,
        overtaken=_anchored,
    ),
    "delete-incoming": Kind(
        side=Side.CLOUD,
        attribute="",
        role=_USERS,
        permission=WRITE_USERS,
        reversible=True,
        found=_LIFE,
        write=_delete,
        overtaken=lambda state, step: step.target not in state.cloud,
    ),
    "purge-incoming": Kind(
        side=Side.CLOUD,
        attribute="",
        role=_USERS,
        permission=WRITE_USERS,
        reversible=False,
        found=_LIFE,
        write=_purge,
    ),
    "set-anchor": Kind(
        side=Side.CLOUD,
        attribute="onPremisesImmutableId",
        role=_HYBRID,
        permission=WRITE_USERS,
        reversible=True,
        found=_of_cloud(lambda there: there.anchor),
        write=_set_anchor,
    ),
    "move-back": Kind(
        side=Side.CLOUD,
        attribute="isCloudManaged",
        role=_HYBRID,
        permission=WRITE_SYNC_BEHAVIOR,
        reversible=True,
        found=_MANAGED,
        write=_move_back,
        follows=_anchored,
    ),
    "write-guid": Kind(
        side=Side.AD,
        attribute=GUID,
        role="An account with the right to write mS-DS-ConsistencyGuid",
        permission=WRITE_GUID,
        reversible=True,
        found=_guid_found,
        write=_write_guid,
    ),
}


def is_done(state: State, step: Step) -> bool:
    kind = KINDS[step.key]
    there = kind.found(state, step) == step.after and kind.follows(state, step)
    return there or kind.overtaken(state, step)
