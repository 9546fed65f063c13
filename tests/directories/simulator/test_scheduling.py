import pytest

from portal.directories.refusals import Refusal
from portal.directories.simulator.world import switches
from tests.directories.simulator.scenes import Bench, orphan


def running():
    """A bench whose sweep has just run, so that only cycles are due."""
    bench = Bench(orphan())
    bench.act("run-sweep")
    return bench


def report(bench):
    with bench.at_work() as simulator:
        return simulator.errors()


def test_a_cycle_runs_by_itself_when_it_is_due_and_not_before():
    bench = running()
    number = report(bench).cycle
    bench.later(minutes=29)
    assert report(bench).cycle == number
    bench.later(minutes=1)
    assert report(bench).cycle == number + 1


def test_missed_cycles_are_run_once():
    bench = running()
    number = report(bench).cycle
    bench.later(hours=5)
    assert report(bench).cycle == number + 1


def test_a_stopped_scheduler_is_said_and_runs_nothing():
    bench = running()
    number = report(bench).cycle
    bench.switch(switches.SCHEDULER, on=False)
    bench.later(hours=5)
    said = report(bench)
    assert (said.cycle, said.scheduler_enabled) == (number, False)
    assert said.next_cycle_at < bench.now


def test_a_person_can_start_a_cycle_while_the_scheduler_is_stopped():
    bench = running()
    bench.switch(switches.SCHEDULER, on=False)
    assert bench.cycle() == report(bench).cycle


def test_no_cycle_starts_while_an_export_does_not_end():
    bench = running()
    bench.switch(switches.EXPORT_UNDER_WAY, on=True)
    with pytest.raises(Refusal) as refused:
        bench.cycle()
    assert refused.value.code == "cycle-under-way"


def test_the_sweep_has_a_clock_of_its_own():
    bench = running()
    bench.switch(switches.SCHEDULER, on=False)
    before = report(bench).next_sweep_at
    bench.later(hours=1)
    assert report(bench).next_sweep_at > before


def test_the_export_of_a_cycle_began_when_it_ran():
    bench = running()
    bench.cycle()
    assert report(bench).export_started_at == bench.now


def test_reading_twice_changes_nothing():
    bench = running()
    assert report(bench).faults == report(bench).faults
    assert bench.world == bench.world


def test_the_interval_can_be_changed():
    bench = running()
    number = report(bench).cycle
    bench.act("interval", minutes="5")
    bench.later(minutes=5)
    assert report(bench).cycle == number + 1
