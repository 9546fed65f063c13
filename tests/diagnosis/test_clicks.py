"""Many people click Apply Fix at once, on connections of their own, and one fix for each pair is made and done."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from portal.accounts.models import Person, Tenant
from portal.diagnosis import cycles
from portal.diagnosis.fixes import asking, running
from portal.diagnosis.models import Claim, Diagnosis, Fix, JournalEntry
from portal.sync.doors import simulator
from portal.sync.models import SyncError
from tests.diagnosis.tenants import at_the_fix, open_tenant, orphans
from tests.diagnosis.workers import start_worker, wait_for

__all__ = ["start_worker"]

THREADS, WORKERS, CLICKS = 10, 10, 100
PATIENCE_SECONDS = 300


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


@dataclass(frozen=True)
class Crowd:
    """A tenant with pairs in conflict, some with two errors, and somebody who has answered about each error."""

    tenant: Tenant
    person: Person
    diagnoses: list[Diagnosis]

    @classmethod
    def gather(cls, pairs: int) -> Crowd:
        tenant, person = open_tenant("clicks", orphans(pairs, both_every=5))
        errors = list(SyncError.objects.of(tenant).open().order_by("pk"))
        assert len(errors) > pairs, "some pairs have two errors"
        return cls(tenant, person, [at_the_fix(error, person) for error in errors])


def click(crowd: Crowd, *, pairs: int, clicks: int) -> list[int]:
    """The fixes that the clicks got: each click one, and each pair one."""
    got = click_all(crowd.diagnoses, crowd.person, clicks)
    assert sum(got.values()) == len(crowd.diagnoses) * clicks
    assert len(got) == Fix.objects.count() == pairs
    assert Claim.objects.filter(released_at=None).count() == pairs * 3
    return sorted(got)


def judge(tenant: Tenant) -> None:
    """Each fix was written once, by the directory's own log, and the next cycle clears all errors."""
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
    crowd = Crowd.gather(pairs=5)
    fixes = click(crowd, pairs=5, clicks=20)
    assert ProcrastinateJob.objects.count() == 5
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(_run_twice, fixes))
    judge(crowd.tenant)


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_a_hundred_clicks_on_each_error_of_fifty_pairs_make_exactly_fifty_fixes(start_worker):
    """The fixes are done by ten worker processes while the clicks still come, so that some clicks meet half-done fixes."""
    crowd = Crowd.gather(pairs=50)
    for _ in range(WORKERS):
        start_worker(DJANGO_SETTINGS_MODULE="tests.diagnosis.one_job_settings")
    click(crowd, pairs=50, clicks=CLICKS)
    wait_for(lambda: not Fix.objects.exclude(state="done").exists(), seconds=PATIENCE_SECONDS)
    holders = set(JournalEntry.objects.filter(what="taken").values_list("details__holder", flat=True))
    assert len({holder.split("/")[1] for holder in holders}) > 1, "one worker did them all"
    judge(crowd.tenant)
