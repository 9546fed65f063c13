"""The crash matrix: a slice in every run of the tests, all of it in `make soak`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from portal.directories.simulator.seed.stage import Stage
from tests.diagnosis.crashes import PLAYED, STEPS, Case, Crash, Nursery, every_crash, orphans
from tests.servers import Server

NUMBERS = count(1)
ROUNDS = 2

# Each mode once, at points that differ, the irreversible step among them.
SLICE = [
    Crash("killed", 3, "written"),
    Crash("killed", 4, "before"),
    Crash("killed", 1, "written", "in-ad"),
    Crash("frozen", 2, "before"),
    Crash("frozen", 5, "written"),
    Crash("killed-twice", 2, "journalled"),
    Crash("database-stopped", 3, "before"),
    Crash("connection-cut", 4, "written"),
    Crash("timeout-written", 3, "before"),
    Crash("timeout-not-written", 4, "before", times=9),
    Crash("throttled", 2, "before"),
]


@pytest.fixture(scope="module")
def stages() -> dict[str, Stage]:
    return {plan: orphans(1, plan=plan) for plan in STEPS}


@pytest.fixture(scope="module")
def nursery(django_db_setup: None) -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture(autouse=True)
def quick(settings) -> None:
    """As the doomed workers have it."""
    settings.FIX_BEAT_SECONDS, settings.FIX_DEAD_SECONDS, settings.FIX_WAIT_SECONDS = 0.1, 0.5, 0.01


def survive(crash: Crash, nursery: Nursery, server: Server | None, stages: dict[str, Stage]) -> None:
    if crash.mode == "database-stopped" and server is None:
        pytest.skip("the database of DATABASE_URL is not ours to stop")
    case = Case.begin(crash, f"crash-{next(NUMBERS)}", stages)
    if crash.mode in PLAYED:
        case.play()
        case.has_ended()
    else:
        case.strike(nursery, server)
    case.judge()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("crash", SLICE, ids=str)
def test_a_crash_leaves_exactly_one_fix_or_an_honest_unknown(crash, nursery, throw_away_server, stages):
    survive(crash, nursery, throw_away_server, stages)


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round", range(ROUNDS))
@pytest.mark.parametrize("plan_and_mode", sorted({(crash.plan, crash.mode) for crash in every_crash()}), ids="/".join)
def test_every_crash_leaves_exactly_one_fix_or_an_honest_unknown(
    plan_and_mode, round, nursery, throw_away_server, stages
):
    for crash in every_crash():
        if (crash.plan, crash.mode) == plan_and_mode:
            survive(crash, nursery, throw_away_server, stages)


def test_the_matrix_has_at_least_three_hundred_runs():
    assert len(every_crash()) * ROUNDS >= 300
