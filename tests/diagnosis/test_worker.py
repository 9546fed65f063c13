"""The real worker, as the supervisor starts it: it does fixes, is killed, and another one goes on."""

from __future__ import annotations

import itertools
import signal
from collections.abc import Callable
from datetime import timedelta

import pytest
from croniter import croniter
from django.conf import settings
from procrastinate.contrib.django.models import ProcrastinateJob

from portal import clock
from portal.diagnosis.fixes import asking, sweeping
from portal.diagnosis.models import Fix
from portal.sync.doors import simulator
from portal.sync.models import Cycle, SyncError, SyncState
from tests.diagnosis.tenants import at_the_fix, open_tenant, orphans
from tests.diagnosis.workers import start_worker, wait_for

__all__ = ["start_worker"]

pytestmark = pytest.mark.django_db(transaction=True)


def is_in(fix: Fix, *states: str) -> Callable[[], bool]:
    return lambda: Fix.objects.filter(pk=fix.pk, state__in=states).exists()


@pytest.fixture
def fix() -> Fix:
    tenant, person = open_tenant("worker", orphans(1))
    return asking.request_fix(at_the_fix(SyncError.objects.of(tenant).get(), person), person)


def writes(fix: Fix) -> list[str]:
    return [line.step for line in simulator(fix.tenant).log() if line.fix and line.what != "fix refused"]


def play_slow(fix: Fix) -> None:
    """The directory takes a minute for a step, long enough to kill whoever waits for it."""
    slow = {"fault": "slow", "operation": "apply", "step": "purge-incoming", "seconds": "60"}
    simulator(fix.tenant).act("play-fault", slow, who="Otto Operator")


def has_begun_to_wait(fix: Fix) -> Callable[[], bool]:
    return lambda: not simulator(fix.tenant).world().injections


def is_held_by(fix: Fix, holder: str) -> bool:
    return Fix.objects.filter(pk=fix.pk, holder=holder).exists()


def test_it_does_a_fix_that_was_asked_for(fix, start_worker):
    start_worker()
    wait_for(is_in(fix, "done"))
    assert len(writes(fix)) == 5


def test_a_killed_workers_fix_is_resumed_by_the_next_worker_and_its_job_does_not_stay(fix, start_worker):
    play_slow(fix)
    first = start_worker()
    wait_for(has_begun_to_wait(fix))
    first.send_signal(signal.SIGKILL)
    first.wait(10)
    start_worker()
    wait_for(is_in(fix, "done"))
    assert [sorted(writes(fix)), len(writes(fix))] == [sorted(set(writes(fix))), 5]
    wait_for(lambda: not ProcrastinateJob.objects.filter(task_name="run_fix", status__in=["todo", "doing"]).exists())


def test_a_cycle_is_read_when_it_is_due(fix, start_worker):
    SyncState.objects.update(due_at=clock.now() - timedelta(minutes=1))
    before = Cycle.objects.count()
    with_cycles = {"DJANGO_SETTINGS_MODULE": "tests.diagnosis.quick_cycles"}
    simulator(fix.tenant).start_cycle()
    start_worker(**with_cycles)
    wait_for(lambda: Cycle.objects.count() > before)


@pytest.mark.soak
def test_a_killed_workers_fix_is_seen_within_thirty_seconds_and_resumed_within_sixty(fix, start_worker):
    """By the clock, with the settings that the portal runs with: one of two workers is killed in the middle of a step."""
    play_slow(fix)
    as_run = {"DJANGO_SETTINGS_MODULE": "portal.settings"}
    workers = {process.pid: process for process in (start_worker(**as_run), start_worker(**as_run))}
    wait_for(has_begun_to_wait(fix))
    holder = Fix.objects.get(pk=fix.pk).holder
    workers[int(holder.split("/")[1])].send_signal(signal.SIGKILL)
    seen = wait_for(lambda: fix.pk in sweeping.left_alone() or not is_held_by(fix, holder))
    resumed = seen + wait_for(lambda: not is_held_by(fix, holder))
    assert seen <= 30
    assert resumed <= 60
    wait_for(is_in(fix, "done"))
    assert [sorted(writes(fix)), len(writes(fix))] == [sorted(set(writes(fix))), 5]


def test_a_silent_worker_is_seen_within_thirty_seconds_and_its_fix_resumed_within_sixty():
    """By the settings that the portal runs with: silence, the longest pause between sweeps, and a worker's start."""
    began = clock.cycle_start(clock.now(), length=timedelta(hours=1))
    ticks = croniter(settings.SWEEP_FIXES_CRON, began, second_at_beginning=False)
    moments = [ticks.get_next(float) for _ in range(100)]
    longest = max(later - earlier for earlier, later in itertools.pairwise(moments))
    seen = settings.FIX_DEAD_SECONDS + longest
    assert settings.FIX_DEAD_SECONDS >= 3 * settings.FIX_BEAT_SECONDS
    assert seen <= 30
    assert seen + 5 + settings.WORKER_DEAD_SECONDS <= 60
