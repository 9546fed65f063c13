"""The service's hourly job on its own clock: values out of conflict are given back, the recycle bin is emptied."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.directories.simulator.export.quarantine import HELD_UPN
from portal.directories.simulator.world.bin import purge
from portal.directories.simulator.world.entries import CloudObject, Held
from portal.directories.simulator.world.state import CLOUD_SERVICE, State, live_cloud
from portal.directories.simulator.world.values import PROXIES, UPN, holders

SWEEP = timedelta(hours=1)


def next_sweep(state: State, now: datetime) -> datetime:
    """When the next sweep is due, or was if it is overdue."""
    return (state.swept_at or now) + SWEEP


def sweep(state: State, now: datetime) -> None:
    empty_bin(state, now)
    for one in live_cloud(state):
        for held in list(one.held):
            if is_free(state, one, held):
                _give_back(state, one, held, now)
    state.swept_at = now


def is_free(state: State, one: CloudObject, held: Held) -> bool:
    """Whether nobody else holds a quarantined value any more."""
    return not holders(state, attribute_of(held), held.value, but=one.id)


def attribute_of(held: Held) -> str:
    return UPN if held.property == HELD_UPN else PROXIES


def _give_back(state: State, one: CloudObject, held: Held, now: datetime) -> None:
    before = one.get(UPN) if held.property == HELD_UPN else ""
    if held.property == HELD_UPN:
        one.put(UPN, held.value)
    else:
        one.put(PROXIES, *one.all(PROXIES), held.value)
    one.held.remove(held)
    state.note(
        now,
        CLOUD_SERVICE,
        "given back",
        target=one.id,
        name=one.get("displayName"),
        attribute=attribute_of(held),
        before=before,
        after=held.value,
    )


def empty_bin(state: State, now: datetime) -> None:
    for one in list(state.cloud.values()):
        if one.purged_on and one.purged_on <= now:
            purge(state, one, now, CLOUD_SERVICE)
