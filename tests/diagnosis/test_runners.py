"""Several processes at once, each with a connection of its own: one cycle for each export, and no deadlock that anybody sees."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from portal.diagnosis import cycles
from portal.diagnosis.deadlocks import in_one_transaction
from portal.sync import actions
from portal.sync.doors import simulator
from portal.sync.models import Cycle, SyncError, SyncState
from tests.diagnosis.tenants import open_tenant, orphans

RUNNERS = 8


@pytest.mark.django_db(transaction=True)
def test_however_many_runners_close_a_cycle_it_is_closed_once():
    tenant, _ = open_tenant("runners", orphans(2))
    simulator(tenant).start_cycle()
    before = SyncState.objects.get(tenant=tenant).cycle
    start = Barrier(RUNNERS)

    def run(_: int) -> bool:
        try:
            start.wait(20)
            return cycles.run_cycle(tenant) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(RUNNERS) as pool:
        closed = list(pool.map(run, range(RUNNERS)))
    assert closed.count(True) == 1
    assert Cycle.objects.filter(tenant=tenant, number=before).count() == 1
    assert SyncState.objects.get(tenant=tenant).cycle == before + 1


def test_a_slow_runner_does_not_put_back_what_was_so_when_it_read(office):
    old = actions.read_report(office.tenant)
    office.fixed()
    office.cycle()
    assert office.errors() == []
    assert actions.close_cycle(office.tenant, old) is None
    assert office.errors() == []


def test_of_two_looks_in_one_moment_the_second_to_be_stored_changes_nothing(office):
    office.later(minutes=1)
    first = actions.read_report(office.tenant)
    office.fixed()
    office.read()
    assert office.errors() == []
    assert actions.close_cycle(office.tenant, first) is None
    assert office.errors() == []


@pytest.mark.django_db(transaction=True)
def test_two_who_want_the_same_rows_in_another_order_both_get_them():
    tenant, _ = open_tenant("deadlock", orphans(2))
    one, two = SyncError.objects.of(tenant).order_by("pk").values_list("pk", flat=True)
    meet = Barrier(2)
    tries = {"forth": 0, "back": 0}

    def take(name: str, first: int, second: int) -> None:
        tries[name] += 1
        SyncError.objects.select_for_update().get(pk=first)
        if tries[name] == 1:
            meet.wait(20)
        SyncError.objects.select_for_update().get(pk=second)

    def run(name: str, first: int, second: int) -> None:
        try:
            in_one_transaction(take, name, first, second)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, ("forth", "back"), (one, two), (two, one)))
    assert sorted(tries.values()) == [1, 2]
