"""The sync engine: one cycle after the other, and what the clock has made due in between."""

from __future__ import annotations

from datetime import datetime

from portal.directories.simulator.engine.importing import import_all
from portal.directories.simulator.engine.joining import synchronize
from portal.directories.simulator.engine.sweeping import next_sweep, sweep
from portal.directories.simulator.export.exporting import export
from portal.directories.simulator.world import switches
from portal.directories.simulator.world.state import State

SERVER_DOWN = "stopped-server-down"
NO_EXPORT = "success-staging"


def run_cycle(state: State, now: datetime) -> int:
    """Import, synchronize, export; returns the number of the cycle. In staging mode nothing is exported."""
    state.engine.cycle += 1
    state.engine.last_started_at = now
    import_all(state, now)
    synchronize(state)
    _export(state, now)
    return state.engine.cycle


def _export(state: State, now: datetime) -> None:
    engine = state.engine
    if state.switched(switches.STAGING):
        engine.run_status = NO_EXPORT
        return
    engine.export_started_at = now
    engine.run_status = SERVER_DOWN if state.switched(switches.SERVER_DOWN) else export(state, now)
    engine.export_ended_at = now


def is_cycle_due(state: State, now: datetime) -> bool:
    if not state.switched(switches.SCHEDULER) or state.switched(switches.EXPORT_UNDER_WAY):
        return False
    due = state.engine.due_at
    return due is None or due <= now


def is_sweep_due(state: State, now: datetime) -> bool:
    return state.swept_at is None or next_sweep(state, now) <= now


def catch_up(state: State, now: datetime) -> bool:
    """Do what the clock made due, the earlier first; missed cycles are run once, as the scheduler does."""
    due = []
    if is_sweep_due(state, now):
        due.append((next_sweep(state, now) if state.swept_at else now, 0, sweep))
    if is_cycle_due(state, now):
        due.append((state.engine.due_at or now, 1, run_cycle))
    for _, _, act in sorted(due, key=lambda one: one[:2]):
        act(state, now)
    return bool(due)
