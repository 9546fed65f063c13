import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from portal.diagnosis import cycles, problems, questions, statuses
from portal.diagnosis.looking import look_at_objects
from portal.directories.refusals import DirectoryFailure
from portal.directories.simulator.world import switches
from portal.sync import actions
from portal.sync.models import Cycle, Status, SyncError
from tests.diagnosis.office import apply_fix
from tests.directories.simulator.scenes import orphan, pending_orphan, stage


@pytest.fixture(autouse=True)
def quick(settings):
    settings.FIX_WAIT_SECONDS = 0.001


@pytest.mark.parametrize("trouble", ["timeout-before", "unreachable", "nonsense"])
def test_a_read_that_fails_changes_nothing_but_what_the_page_says(office, trouble):
    office.fixed()
    number = office.state.cycle
    office.later(minutes=31)
    office.play(trouble, operation="errors")
    with pytest.raises(problems.DirectoryTrouble):
        cycles.run_cycle(office.tenant)
    assert (office.state.cycle, office.status()) == (number, "pending-sync")
    assert office.state.trouble


def test_a_truncated_read_clears_and_settles_nothing(open_office):
    office = open_office(orphan(address_only=False))
    fix = office.fixed()
    before = len(office.errors())
    office.play("truncated", operation="errors")
    closed = office.cycle()
    fix.refresh_from_db()
    assert not closed.cycle.complete
    assert (len(office.errors()), fix.state) == (before, "done")
    office.cycle()
    fix.refresh_from_db()
    assert (fix.settled_how, office.errors()) == ("cleared", [])


def test_the_same_report_twice_and_a_second_runner_change_nothing(office):
    office.fixed()
    assert office.cycle()
    before = (office.state.cycle, Cycle.objects.count(), office.lines())
    assert cycles.run_cycle(office.tenant) is None
    assert (office.state.cycle, Cycle.objects.count(), office.lines()) == before


def test_an_error_that_only_waits_for_the_sweep_stays_pending_and_says_so(open_office):
    """Two people, one address: one of them gives it up, and the service gives it back within the hour."""
    scene = stage()
    scene.user("Tuva Lie", "tuva")
    scene.cycle()
    scene.user("Tuva Hansen", "hansen", proxyAddresses=["SMTP:tuva@contoso.com"])
    scene.cycle()
    scene.sweep()
    office = open_office(scene)
    error = office.error()
    office.closed(error)
    first = next(one.id for one in office.directory.world().ad.values() if one.get("displayName") == "Tuva Lie")
    office.act("ad-set", object=first, attribute="proxyAddresses", value="SMTP:tuva.lie@contoso.com")
    office.cycle()
    error.refresh_from_db()
    assert error.sweep_by is not None
    assert office.marks() == ["waiting-for-sweep", "reset-by-cycle"]
    office.cycle(minutes=60)
    assert office.errors() == []


def test_the_demo_button_runs_a_cycle_now(office):
    office.fixed()
    office.later(minutes=1)
    closed = cycles.start_cycle(office.tenant, office.cem)
    assert closed.cleared_ids
    assert SyncError.objects.open().count() == 0


def test_it_refuses_to_start_a_cycle_for_who_may_not_or_while_one_runs(office):
    with pytest.raises(problems.RoleMissing):
        cycles.start_cycle(office.tenant, office.rosa)
    office.switch(switches.EXPORT_UNDER_WAY, on=True)
    with pytest.raises(problems.Refused) as caught:
        cycles.start_cycle(office.tenant, office.ada)
    assert caught.value.reason == "cycle-under-way"


def test_tenants_are_due_when_their_time_has_come(office):
    assert cycles.due_tenants() == []
    office.later(minutes=31)
    assert cycles.due_tenants() == [office.tenant]


def test_the_command_says_what_a_cycle_changed(office):
    office.fixed()
    office.later(minutes=31)
    said = io.StringIO()
    call_command("run_cycle", "--tenant", "contoso", stdout=said)
    assert "1 cleared" in said.getvalue()
    call_command("run_cycle", stdout=said)
    assert "nothing changed" in said.getvalue()


def test_the_command_refuses_an_unknown_tenant_and_names_the_known_ones(office):
    with pytest.raises(CommandError, match="contoso"):
        call_command("run_cycle", "--tenant", "kontoso")


def test_the_command_fails_when_a_directory_does(office):
    office.play("unreachable", operation="errors")
    said = io.StringIO()
    with pytest.raises(CommandError, match="contoso"):
        call_command("run_cycle", stderr=said)
    assert "could not be reached" in said.getvalue()


def test_an_error_that_was_gone_in_between_came_back(open_office):
    office = open_office(pending_orphan())
    error = office.error()
    source = next(one.id for one in office.directory.world().ad.values() if one.is_live)
    office.act("ad-set", object=source, attribute="proxyAddresses", value="SMTP:another@contoso.com")
    office.cycle()
    error.refresh_from_db()
    assert error.cleared_in is not None
    office.act("ad-set", object=source, attribute="proxyAddresses", value=error.value)
    office.cycle()
    assert "came-back" in office.marks(error)
    assert questions.current(error) is None


def test_an_error_that_was_closed_is_still_there_after_the_cycle(office):
    office.closed()
    office.cycle()
    assert (office.status(), office.marks()) == ("not-started", ["still-there", "reset-by-cycle"])


def test_a_report_that_a_slower_runner_read_earlier_changes_nothing(open_office):
    office = open_office(pending_orphan())
    error = office.error()
    source = next(one.id for one in office.directory.world().ad.values() if one.is_live)
    earlier = office.directory.errors()
    office.act("ad-set", object=source, attribute="proxyAddresses", value="SMTP:another@contoso.com")
    office.cycle()
    before = office.state
    assert actions.close_cycle(office.tenant, earlier) is None
    error.refresh_from_db()
    assert (error.cleared_in is not None, error.came_back_in) == (True, None)
    assert (office.state.cycle, office.state.report) == (before.cycle, before.report)


def test_a_clock_that_was_ahead_and_is_set_back_stops_no_cycle(office):
    office.later(days=1)
    office.read()
    cycle = office.state.cycle
    office.later(days=-1)
    assert cycles.due_tenants() == [office.tenant]
    office.directory.start_cycle()
    cycles.run_cycle(office.tenant)
    assert office.state.cycle == cycle + 1


def test_a_directory_behind_no_door_of_ours_is_trouble_and_no_failure(office):
    office.tenant.directory = "elsewhere"
    office.tenant.save()
    error = office.error()
    for act in (lambda: cycles.run_cycle(office.tenant), lambda: cycles.start_cycle(office.tenant, office.ada)):
        with pytest.raises(problems.DirectoryTrouble, match="cannot do what was asked"):
            act()
    assert look_at_objects(error).trouble == "This directory cannot do what was asked."


def test_a_status_that_the_error_does_not_take_is_not_put_into_its_diagnosis(office):
    diagnosis = office.open()
    SyncError.objects.filter(pk=diagnosis.error_id).update(is_eligible=False)
    taken = statuses.put(office.tenant, [diagnosis.error_id], Status.PENDING_SYNC, cycle=diagnosis.cycle)
    diagnosis.refresh_from_db()
    assert (taken, diagnosis.status) == (0, "not-started")


def test_what_a_second_look_clears_is_counted_in_the_cycle_that_was_closed(open_office):
    """The service gives values back between two exports; then the numbers of the cycle before and after must add up."""
    office = open_office(orphan())
    for act in ("cloud-delete", "cloud-purge"):
        office.act(act, object=office.error().existing_key)
    office.cycle()
    closed = Cycle.objects.get(number=office.state.cycle - 1)
    left = sum(closed.by_category.values())
    office.act("run-sweep")
    office.later(minutes=1)
    office.read()
    closed.refresh_from_db()
    assert office.errors() == []
    assert (left, closed.counts["cleared"], sum(closed.by_category.values())) == (1, 1, 0)


def test_a_read_that_failed_makes_no_earlier_report_late(office):
    office.later(minutes=31)
    office.fixed()
    office.directory.start_cycle()
    report = actions.read_report(office.tenant)
    office.later(seconds=1)
    office.play("unreachable", operation="errors")
    with pytest.raises(DirectoryFailure):
        actions.read_report(office.tenant)
    assert actions.close_cycle(office.tenant, report) is not None


def test_a_conflict_that_only_waits_for_the_sweep_is_no_second_conflict(office):
    fixable = office.error()
    other = office.error()
    other.pk, other.key, other.existing_key = None, "other", "somebody-else"
    other.sweep_by = office.now + timedelta(hours=1)
    other.save()
    assert apply_fix(office.at_the_fix(fixable), office.ada).state == "claimed"
