"""The crash matrix: a slice in every run of the tests, all of it in `make soak`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import count

import pytest

from portal.directories.simulator.seed.stage import Stage
from tests.diagnosis.crashes import Case
from tests.diagnosis.matrix import PLAYED, STEPS, Crash, every_crash
from tests.diagnosis.processes import Nursery
from tests.diagnosis.tenants import orphans
from tests.servers import Server

NUMBERS = count(1)

# Each mode once, at points that differ, the irreversible steps among them.
SLICE = [
    Crash("killed", 2, "written", "in-cloud-cleared"),
    Crash("killed", 1, "written", "in-ad"),
    Crash("frozen", 2, "before"),
    Crash("frozen", 1, "written", "in-ad-cleared"),
    Crash("killed-twice", 2, "journalled"),
    Crash("killed-then-throttled", 5, "written", times=3),
    Crash("killed-then-timeout", 3, "before", times=9, ends="unknown"),
    Crash("database-stopped", 3, "before"),
    Crash("connection-cut", 4, "written"),
    Crash("timeout-written", 3, "before"),
    Crash("timeout-not-written", 4, "before", times=9, ends="unknown"),
    Crash("timeout-look-after", 2, "before", "in-cloud-cleared", times=9, ends="unknown"),
    Crash("throttled", 2, "before", times=15, ends="failed"),
    Crash("nonsense-look", 1, "before", times=3),
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
    """As the doomed workers have it; waits are as short as they can be told apart."""
    settings.FIX_BEAT_SECONDS, settings.FIX_DEAD_SECONDS, settings.FIX_WAIT_SECONDS = 0.1, 0.5, 0.001


def survive(crash: Crash, nursery: Nursery, server: Server | None, stages: dict[str, Stage]) -> None:
    if crash.mode == "database-stopped" and server is None:
        pytest.skip("the database of DATABASE_URL is not ours to stop")
    case = Case.begin(crash, f"crash-{next(NUMBERS)}", stages)
    if crash.mode in PLAYED:
        case.play()
    else:
        case.strike(nursery, server)
    case.judge()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("crash", SLICE, ids=str)
def test_a_crash_leaves_exactly_one_fix_or_an_honest_unknown(crash, nursery, throw_away_server, stages):
    survive(crash, nursery, throw_away_server, stages)


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("plan_and_mode", sorted({(crash.plan, crash.mode) for crash in every_crash()}), ids="/".join)
def test_every_crash_leaves_exactly_one_fix_or_an_honest_unknown(plan_and_mode, nursery, throw_away_server, stages):
    for crash in every_crash():
        if (crash.plan, crash.mode) == plan_and_mode:
            survive(crash, nursery, throw_away_server, stages)


def test_the_slice_is_of_the_matrix():
    ends = {crash: crash.ends for crash in every_crash()}
    assert {crash: crash.ends for crash in SLICE} == {crash: ends[crash] for crash in SLICE}


def test_the_matrix_has_at_least_three_hundred_cells_and_no_two_alike():
    cells = every_crash()
    assert len(cells) == len(set(cells)) >= 300
    assert set(Counter(crash.ends for crash in cells)) == {"done", "failed", "unknown"}
