"""Contoso at a given moment: six weeks of history, played through the engine."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.clock import cycle_start
from portal.directories.simulator.seed import cases, others
from portal.directories.simulator.seed.cast import ORDINARY
from portal.directories.simulator.seed.stage import Stage
from portal.directories.simulator.world import switches
from portal.directories.simulator.world.state import State

SWEEP_BEFORE_CYCLE = timedelta(minutes=20)


def contoso(moment: datetime) -> State:
    """The tenant as it is at `moment` (aware), just after its last cycle; the same ids every time."""
    last = cycle_start(moment, length=timedelta(minutes=30))
    stage = Stage(last - timedelta(days=42))
    duplicates, rest = _beginnings(stage)

    stage.now = last - timedelta(days=12)
    cases.restore_one(stage, duplicates)
    others.part_ways(stage, rest)
    stage.now = last - timedelta(days=6)
    cases.lose_deletions(stage, duplicates)
    stage.now = last - timedelta(days=5)
    cases.return_as_new(stage, duplicates)
    stage.now = last - timedelta(days=3)
    cases.return_renamed(stage, duplicates)
    stage.now = last - timedelta(days=2)
    others.change_badly(stage, rest)
    stage.now = last - timedelta(hours=30)
    cases.collide(stage)
    stage.now = last - timedelta(hours=9)
    cases.collide_groups(stage)
    stage.now = last - timedelta(hours=3)
    others.mismatch(stage, rest)
    _present(stage, last)
    return stage.state


def _beginnings(stage: Stage) -> tuple[cases.AD_IDS, cases.AD_IDS]:
    people = [stage.user(name, login) for name, login in ORDINARY]
    stage.group("Everyone at headquarters", "headquarters@contoso.com", *people)
    stage.contact("Contoso's lawyer", "office@lawyer.example")
    others.populate_cloud(stage)
    duplicates, rest = cases.populate(stage), others.populate(stage)
    stage.cycle()
    stage.sweep()
    cases.equip(stage, duplicates)
    return duplicates, rest


def _present(stage: Stage, last: datetime) -> None:
    """The last sweep and the last cycle; then the block on takeovers is lifted, which the next cycle will show."""
    stage.now = last - SWEEP_BEFORE_CYCLE
    stage.sweep()
    others.last_minute(stage)
    stage.cycle(after=SWEEP_BEFORE_CYCLE)
    stage.do("switch", name=switches.BLOCK_TAKEOVER, on="off")
