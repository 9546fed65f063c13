import pytest

from portal.directories.evidence import Question
from portal.directories.plans import StepOutcome
from portal.directories.refusals import Nonsense, Throttled, TimedOut, Unavailable
from tests.directories.simulator.scenes import Bench, orphan


def test_a_time_out_before_the_write_wrote_nothing():
    bench = Bench(orphan())
    step = bench.plan().steps[0]
    bench.play("timeout-before", operation="apply")
    with pytest.raises(TimedOut):
        bench.apply(step)
    assert not bench.observe(step).present
    assert not bench.writes()


@pytest.mark.parametrize(("fault", "error"), [("timeout-after", TimedOut), ("nonsense", Nonsense)])
def test_an_answer_lost_after_the_write_is_seen_by_looking_and_not_written_twice(fault, error):
    bench = Bench(orphan())
    step = bench.plan().steps[0]
    bench.play(fault, operation="apply")
    with pytest.raises(error):
        bench.apply(step)
    assert bench.observe(step).present
    assert bench.apply(step).outcome is StepOutcome.ALREADY_THERE
    assert bench.writes() == ["move-to-cloud"]


def test_throttling_says_how_long_to_wait():
    bench = Bench(orphan())
    step = bench.plan().steps[0]
    bench.play("throttled", operation="apply", seconds="17")
    with pytest.raises(Throttled) as caught:
        bench.apply(step)
    assert caught.value.retry_after == 17
    assert not bench.writes()


def test_a_fault_can_be_meant_for_one_step():
    bench = Bench(orphan())
    plan = bench.plan()
    bench.play("timeout-before", operation="apply", step="set-anchor")
    for step in plan.steps[:3]:
        bench.apply(step)
    with pytest.raises(TimedOut):
        bench.apply(plan.steps[3])


@pytest.mark.parametrize("operation", ["errors", "find", "plan", "observe"])
def test_every_operation_can_fail_and_works_again_afterwards(operation):
    bench = Bench(orphan())
    fault = bench.fault()
    step = bench.plan(fault).steps[0]
    calls = {
        "errors": bench.faults,
        "find": lambda: bench.find(Question.SAME_USER, fault),
        "plan": lambda: bench.plan(fault),
        "observe": lambda: bench.observe(step),
    }
    bench.play("unreachable", operation=operation)
    with pytest.raises(Unavailable):
        calls[operation]()
    assert calls[operation]()


def test_a_fault_is_played_as_often_as_asked():
    bench = Bench(orphan())
    bench.play("unreachable", operation="errors", times="2")
    for _ in range(2):
        with pytest.raises(Unavailable):
            bench.faults()
    assert bench.faults()


def test_a_fault_can_last_until_it_is_lifted():
    bench = Bench(orphan())
    bench.play("unreachable", times="-1")
    for _ in range(3):
        with pytest.raises(Unavailable):
            bench.faults()
    bench.act("lift-faults")
    assert bench.faults()


def test_a_truncated_report_is_not_complete():
    bench = Bench(orphan(address_only=False))
    bench.play("truncated", operation="errors")
    with bench.at_work() as simulator:
        report = simulator.errors()
    assert (report.complete, len(report.faults)) == (False, 1)
    assert len(bench.faults()) == 2


def test_a_cycle_cannot_start_while_the_server_is_unreachable():
    bench = Bench(orphan())
    number = bench.world.engine.cycle
    bench.play("unreachable", operation="start_cycle")
    with pytest.raises(Unavailable):
        bench.cycle()
    assert bench.world.engine.cycle == number
