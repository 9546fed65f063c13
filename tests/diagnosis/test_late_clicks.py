"""What happens between the look at a dry run and the click: other people, other cycles, other objects."""

import pytest

from portal.diagnosis import problems, questions
from portal.diagnosis.fixes import asking
from portal.diagnosis.models import Fix
from portal.directories.plans import PlanName
from portal.directories.simulator.door import Simulator
from portal.directories.simulator.world import switches
from tests.diagnosis.office import STORES, apply_fix
from tests.directories.simulator.scenes import pending_orphan


@pytest.fixture
def meanwhile(office, monkeypatch):
    """Does something between the first look of a request at the portal's own rows and its look at the directory."""

    def plan_for(act):
        real, left = Simulator.plan, [act]

        def plan(directory, asked):
            if left:
                left.pop()()
            return real(directory, asked)

        monkeypatch.setattr(Simulator, "plan", plan)
        return Fix.objects.count

    return plan_for


def test_nobody_applies_a_fix_whose_dry_run_she_has_not_read(office):
    with pytest.raises(problems.DryRunUnseen):
        asking.request_fix(office.at_the_fix(), office.ada)
    assert Fix.objects.count() == 0


def test_a_loss_that_came_after_the_dry_run_was_read_refuses_the_fix(office):
    diagnosis = office.at_the_fix()
    seen = asking.dry_run(diagnosis, office.ada).digest
    with STORES[office.tenant.pk].exclusively() as document:
        team = next(iter(document.values["cloud"].values())) | {"id": "payroll", "kind": "group"}
        team["attributes"] = {"displayName": ["Payroll"], "members": [office.error().fault["incoming"]["cloud_id"]]}
        document.values["cloud"]["payroll"], document.changed = team, True
    with pytest.raises(problems.Refused) as caught:
        asking.request_fix(diagnosis, office.ada, seen=seen)
    assert caught.value.reason == "changed-since"
    assert office.writes() == []


def test_another_way_than_the_one_that_was_read_is_refused(open_office):
    office = open_office(pending_orphan())
    office.act("permission", name=switches.WRITE_GUID, on="off")
    diagnosis = office.at_the_fix()
    seen = asking.dry_run(diagnosis, office.ada)
    assert seen.name is PlanName.IN_CLOUD
    office.act("permission", name=switches.WRITE_GUID, on="on")
    with pytest.raises(problems.Refused):
        asking.request_fix(diagnosis, office.ada, seen=seen.digest)


def test_a_refusal_from_an_ended_cycle_leaves_the_new_one_alone(office, meanwhile):
    """The refusal would leave Manual Fix Required; while the directory answers, a cycle passes and somebody closes the error."""
    diagnosis, error = office.at_the_fix(), office.error()
    office.act("cloud-switch-source", object=error.existing_key, source="cloud")

    def a_cycle_and_a_close():
        office.cycle()
        office.closed(error)

    meanwhile(a_cycle_and_a_close)
    with pytest.raises(problems.CycleOver):
        asking.request_fix(diagnosis, office.ada, seen="x")
    assert (office.status(error), questions.current(office.error()).status) == ("manual-fix-required",) * 2


def test_a_click_that_meets_the_writes_of_the_running_fix_gets_that_fix_and_no_refusal(office, meanwhile):
    diagnosis = office.at_the_fix()
    fixes = meanwhile(lambda: office.run(apply_fix(diagnosis, office.cem)))
    assert apply_fix(diagnosis, office.ada) == Fix.objects.get()
    assert (fixes(), office.status()) == (1, "pending-sync")


def test_a_dry_run_that_meets_the_writes_of_a_fix_says_so_instead_of_refusing(office, meanwhile):
    diagnosis = office.at_the_fix()
    meanwhile(lambda: office.run(apply_fix(diagnosis, office.cem)))
    with pytest.raises(problems.FixBusy):
        asking.dry_run(diagnosis, office.ada)
