"""Many people click Apply Fix at once: threads with connections of their own, and one fix for each pair."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from portal.diagnosis import cycles
from portal.diagnosis.fixes import asking, running
from portal.diagnosis.models import Claim, Fix
from portal.sync.doors import simulator
from portal.sync.models import SyncError
from tests.diagnosis.crashes import at_the_fix, open_tenant, orphans

THREADS, CLICKS = 10, 100


def click_all(diagnoses, person, clicks: int) -> Counter[int]:
    """Every click at its own moment, in chance order, so that the first ones on a pair meet."""
    presses = [diagnosis for diagnosis in diagnoses for _ in range(clicks)]
    random.Random(3).shuffle(presses)

    def press(share: int) -> list[int]:
        try:
            return [asking.request_fix(one, person).pk for one in presses[share::THREADS]]
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return Counter(fix for fixes in pool.map(press, range(THREADS)) for fix in fixes)


def clicks_make_one_fix_a_pair(pairs: int, clicks: int) -> None:
    tenant, person = open_tenant("clicks", orphans(pairs, both_every=5))
    errors = list(SyncError.objects.of(tenant).open().order_by("pk"))
    assert len(errors) > pairs, "some pairs have two errors"
    got = click_all([at_the_fix(error, person) for error in errors], person, clicks)
    assert sum(got.values()) == len(errors) * clicks
    assert len(got) == Fix.objects.count() == pairs
    assert Claim.objects.filter(released_at=None).count() == ProcrastinateJob.objects.count() * 3 == pairs * 3
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(_run_twice, sorted(got)))
    assert not Fix.objects.exclude(state="done").exists()
    written = Counter(line.fix for line in simulator(tenant).log() if line.fix and line.what != "fix refused")
    assert set(written.values()) == {5}
    assert set(SyncError.objects.of(tenant).values_list("status", flat=True)) == {"pending-sync"}
    simulator(tenant).start_cycle()
    cycles.run_cycle(tenant)
    assert not SyncError.objects.of(tenant).open().exists()
    assert set(Fix.objects.values_list("settled_how", flat=True)) == {"cleared"}


def _run_twice(fix: int) -> None:
    """Two jobs for one fix change nothing either."""
    try:
        running.run_fix(fix)
        running.run_fix(fix)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_clicks_of_many_make_one_fix_a_pair():
    clicks_make_one_fix_a_pair(pairs=5, clicks=20)


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_a_hundred_clicks_on_each_error_of_fifty_pairs_make_exactly_fifty_fixes():
    clicks_make_one_fix_a_pair(pairs=50, clicks=CLICKS)
