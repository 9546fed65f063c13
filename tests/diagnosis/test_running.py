from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from portal.accounts.models import Tenant
from portal.diagnosis import cycles
from portal.diagnosis.fixes import leasing, running, sweeping
from portal.diagnosis.fixes.claims import fix_of
from portal.diagnosis.fixes.progress import steps_of
from portal.diagnosis.models import Fix, JournalEntry
from portal.directories import plans, wire
from portal.directories.refusals import Refusal, Throttled, TimedOut
from portal.directories.simulator.world import switches
from tests.diagnosis.test_apply_fix import IN_CLOUD
from tests.directories.simulator.scenes import pending_orphan


@pytest.fixture(autouse=True)
def quick(settings):
    """Waits as short as they can be told apart."""
    settings.FIX_WAIT_SECONDS = 0.001


def fall_silent(office, fix) -> None:
    """The worker of a fix dies: it beats no more, and time goes on."""
    office.later(seconds=60)
    fix.refresh_from_db()


def stop_after(office, fix, *, steps: int, journalled: bool = True) -> None:
    """A worker that does some steps, and is gone: with its last line in the journal, or without."""
    held = leasing.take(fix.pk)
    work = running.Work(fix=Fix.objects.get(pk=fix.pk), held=held, door=office.directory)
    for step in wire.load(plans.Plan, fix.plan).steps[:steps]:
        running._do(work, step)
    if not journalled:
        step = wire.load(plans.Plan, fix.plan).steps[steps]
        running.journal.write(held, running.What.BEFORE, step)
        running.journal.write(held, running.What.OBSERVED, step, present=False, found="")
        office.directory.apply(step, held.lease)


@pytest.mark.parametrize("fault", ["timeout-before", "timeout-after", "nonsense", "unreachable", "throttled"])
@pytest.mark.parametrize("operation", ["plan", "observe", "apply"])
@pytest.mark.parametrize("step", ["", "set-anchor"])
def test_a_failure_that_passes_costs_nothing_but_time(office, fault, operation, step):
    fix = office.requested()
    office.play(fault, operation=operation, **({"step": step} if step and operation != "plan" else {}), times="2")
    office.run(fix)
    assert (fix.state, office.writes(), office.status()) == ("done", IN_CLOUD, "pending-sync")


@pytest.mark.parametrize("operation", ["plan", "observe"])
def test_a_directory_that_never_answers_before_a_write_fails_the_fix_and_says_when_to_try_again(office, operation):
    fix = office.requested()
    office.play("timeout-before", operation=operation, times="99")
    office.run(fix)
    assert (fix.state, office.writes(), office.status()) == ("failed", [], "not-started")
    assert "nothing was written" in fix.message
    assert "after the next cycle" in fix.message
    assert fix_of(office.error()) is None


def test_a_write_that_never_answers_but_was_made_is_found_by_looking(office):
    fix = office.requested()
    office.play("timeout-after", operation="apply", step="set-anchor", times="99")
    office.run(fix)
    assert (fix.state, office.writes()) == ("done", IN_CLOUD)


def test_a_result_that_nobody_can_tell_is_unknown_and_keeps_the_claim(office):
    fix = office.requested()
    office.play("timeout-before", operation="apply", step="move-to-cloud", times="99")
    office.run(fix)
    assert (fix.state, office.status(), office.marks()) == ("unknown", "not-started", ["result-unknown"])
    assert fix_of(office.error()) == fix
    assert [one.progress for one in steps_of(fix)] == ["in-doubt", *["not-done"] * 4]


def test_a_directory_that_cannot_be_reached_after_some_steps_fails_with_what_was_written(office):
    fix = office.requested()
    office.play("unreachable", operation="apply", step="set-anchor", times="99")
    office.run(fix)
    assert (fix.state, office.writes()) == ("failed", IN_CLOUD[:3])
    assert [one.progress for one in steps_of(fix)] == [*["written"] * 3, "not-done", "not-done"]
    assert "after some of the steps" in fix.message


def test_a_refusal_on_the_way_keeps_what_was_written(office):
    fix = office.requested()
    stop_after(office, fix, steps=1)
    office.switch(switches.WRITEBACK, on=True)
    fall_silent(office, fix)
    office.run(fix)
    assert (fix.state, fix.refusal["code"], fix.refusal["written"]) == ("refused", "user-writeback", ["move-to-cloud"])
    assert fix.refusal["step"] == "delete-incoming"
    assert (office.status(), fix_of(office.error())) == ("not-started", None)


def test_a_fix_refused_half_way_can_be_asked_for_again_and_goes_on(office):
    test_a_refusal_on_the_way_keeps_what_was_written(office)
    office.switch(switches.WRITEBACK, on=False)
    fix = office.fixed()
    assert (fix.state, office.writes()) == ("done", IN_CLOUD)


def test_a_long_wait_that_the_directory_asks_for_is_kept_without_a_worker_sitting_it_out(office):
    fix = office.requested()
    office.play("throttled", operation="apply", seconds="100")
    office.run(fix)
    assert (fix.state, fix.holder, fix.waits_until) == ("running", "", office.now + timedelta(seconds=100))
    assert ProcrastinateJob.objects.filter(task_name="run_fix", scheduled_at__isnull=False).count() == 1
    office.later(seconds=90)
    office.run(fix)
    assert (office.writes(), sweeping.left_alone()) == ([], [])
    office.later(seconds=11)
    assert sweeping.left_alone() == [fix.pk]
    office.run(fix)
    assert (fix.state, office.writes()) == ("done", IN_CLOUD)


@pytest.mark.parametrize("journalled", [True, False], ids=["journalled", "written and not journalled"])
@pytest.mark.parametrize("steps", range(5))
def test_a_fix_whose_worker_died_is_resumed_by_looking(office, steps, journalled):
    fix = office.requested()
    stop_after(office, fix, steps=steps, journalled=journalled)
    assert not running.run_fix(fix.pk), "the worker may still live"
    fall_silent(office, fix)
    assert sweeping.left_alone() == [fix.pk]
    office.run(fix)
    assert (fix.state, office.writes(), office.status()) == ("done", IN_CLOUD, "pending-sync")


def test_the_plan_in_active_directory_is_resumed_too(open_office):
    office = open_office(pending_orphan())
    fix = office.requested()
    stop_after(office, fix, steps=0, journalled=False)
    fall_silent(office, fix)
    office.run(fix)
    assert (fix.state, office.writes()) == ("done", ["write-guid"])


def test_a_woken_worker_whose_fix_was_taken_over_writes_nothing(office):
    fix = office.requested()
    zombie = leasing.take(fix.pk)
    fall_silent(office, fix)
    taken = leasing.take(fix.pk)
    assert taken.number > zombie.number
    step = wire.load(plans.Plan, fix.plan).steps[0]
    office.directory.observe(step, taken.lease)
    with pytest.raises(Refusal) as caught:
        office.directory.apply(step, zombie.lease)
    assert caught.value.code == "older-lease"
    with pytest.raises(leasing.LostLease):
        running.journal.write(zombie, running.What.AFTER, step)
    with pytest.raises(leasing.LostLease):
        running.ending.done(zombie)
    assert (office.writes(), JournalEntry.objects.count()) == ([], 0)


def test_leases_rise_over_all_fixes_so_that_the_next_fix_of_a_pair_is_not_taken_for_an_older_one(office):
    fix = office.requested()
    office.play("unreachable", operation="apply", times="6")
    office.run(fix)
    assert fix.state == "failed"
    again = office.fixed()
    assert (again.state, again.lease > fix.lease) == ("done", True)


def test_only_one_worker_takes_a_fix(office):
    fix = office.requested()
    assert leasing.take(fix.pk)
    assert leasing.take(fix.pk) is None


def test_a_fix_that_kills_its_workers_is_stopped(office):
    fix = office.requested()
    Fix.objects.filter(pk=fix.pk).update(attempts=10)
    office.run(fix)
    assert (fix.state, office.writes()) == ("failed", [])
    assert "begun too often" in fix.message


def test_a_tenant_whose_door_is_gone_fails_the_fix(office):
    fix = office.requested()
    Tenant.objects.filter(pk=office.tenant.pk).update(directory="nowhere")
    office.run(fix)
    assert (fix.state, fix_of(office.error())) == ("failed", None)


def test_an_ended_fix_is_not_begun_again(office):
    fix = office.fixed()
    assert not running.run_fix(fix.pk)
    assert office.writes() == IN_CLOUD


def test_the_journal_says_what_is_in_doubt():
    """The rules of doubt, line by line."""
    step = "set-anchor"

    def doubt(*lines: tuple[str, dict]) -> str:
        return running.journal.in_doubt([JournalEntry(key=step, what=what, details=told) for what, told in lines])

    before, absent, present = ("before", {}), ("observed", {"present": False}), ("observed", {"present": True})
    timed_out = ("trouble", {"kind": TimedOut.__name__, "during": "apply"})
    throttled = ("trouble", {"kind": Throttled.__name__, "during": "apply"})
    assert doubt() == doubt(before) == doubt(before, present) == ""
    assert doubt(before, absent) == step
    assert doubt(before, absent, ("taken", {}), before) == step
    assert doubt(before, absent, timed_out, before) == step
    assert doubt(before, absent, throttled, before) == ""
    assert doubt(before, absent, ("refused", {})) == doubt(before, absent, ("after", {})) == ""
    assert doubt(before, absent, timed_out, before, present) == ""


def test_a_write_that_may_still_come_stays_in_doubt_though_a_later_look_does_not_find_it(office):
    fix = office.requested()
    office.play("timeout-before", operation="apply", step="delete-incoming")
    office.play("unreachable", operation="apply", step="delete-incoming", times="99")
    office.run(fix)
    assert (fix.state, fix_of(office.error())) == ("unknown", fix)


def test_patience_that_the_directory_asks_for_is_no_attempt(office):
    fix = office.requested()
    for step in IN_CLOUD:
        office.play("throttled", operation="apply", step=step, times="3", seconds="20")
    for _ in range(40):
        running.run_fix(fix.pk)
        office.later(seconds=21)
    fix.refresh_from_db()
    assert (fix.state, fix.attempts, office.writes()) == ("done", 1, IN_CLOUD)


def test_after_the_clock_was_set_back_a_fix_without_a_worker_is_still_found(office):
    fix = office.requested()
    stop_after(office, fix, steps=1)
    office.later(days=-1)
    assert sweeping.left_alone() == [fix.pk]
    office.run(fix)
    assert fix.state == "done"


def test_after_the_clock_was_set_back_a_done_fix_is_settled_by_a_later_cycle(office):
    fix = office.fixed()
    office.later(days=-1)
    for _ in range(2):
        office.later(minutes=31)
        office.directory.start_cycle()
        cycles.run_cycle(office.tenant)
    fix.refresh_from_db()
    assert (fix.state, fix.settled_how) == ("settled", "cleared")


def test_a_fix_that_failed_after_the_incoming_user_was_purged_goes_on_when_the_next_cycle_reports_the_error_anew(
    office,
):
    fix = office.requested()
    office.play("unreachable", operation="observe", step="set-anchor", times="99")
    office.run(fix)
    assert (fix.state, office.writes()[-1]) == ("failed", "purge-incoming")
    assert "the next cycle reports the error anew" in fix.message
    office.act("lift-faults")
    office.cycle()
    again = office.fixed(office.error())
    assert (again.state, office.writes()[-2:]) == ("done", ["set-anchor", "move-back"])
    office.cycle()
    assert office.errors() == []
