import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from portal.accounts.models import Membership
from portal.accounts.rights import Role
from portal.diagnosis import problems, questions
from portal.diagnosis.fixes import asking
from portal.diagnosis.fixes.claims import fix_of
from portal.diagnosis.models import Claim, Fix
from portal.directories.plans import PlanName
from portal.directories.simulator.world import switches
from portal.sync.models import SyncError
from tests.diagnosis.office import FIRST, apply_fix
from tests.directories.simulator.scenes import orphan

IN_CLOUD = ["move-to-cloud", "delete-incoming", "purge-incoming", "set-anchor", "move-back"]


def test_the_dry_run_shows_the_plan_and_writes_nothing(office):
    plan = asking.dry_run(office.at_the_fix(), office.ada)
    assert plan.name is PlanName.IN_CLOUD
    assert [step.key for step in plan.steps] == IN_CLOUD
    assert all(precondition.met for precondition in plan.preconditions)
    assert (office.writes(), Fix.objects.count(), office.status()) == ([], 0, "not-started")


def test_a_request_claims_both_objects_and_hands_the_fix_to_a_worker_before_anything_is_written(office):
    fix = office.requested()
    fault = office.error().fault
    keys = sorted(Claim.objects.filter(fix=fix, released_at=None).values_list("key", flat=True))
    assert f"source:{fault['incoming']['anchor']}" in keys
    assert f"cloud:{fault['existing']['cloud_id']}" in keys
    (job,) = ProcrastinateJob.objects.all()
    assert (job.task_name, job.args) == ("run_fix", {"fix_id": fix.pk})
    assert office.writes() == []


def test_while_the_fix_runs_the_status_is_not_started_with_a_mark(office):
    office.requested()
    assert (office.status(), office.marks()) == ("not-started", ["fix-running"])


def test_a_worker_does_the_steps_once_and_the_status_is_pending_sync(office):
    fix = office.fixed()
    assert (fix.state, office.writes(), office.status()) == ("done", IN_CLOUD, "pending-sync")
    assert questions.current(office.error()).status == "pending-sync"


def test_each_step_is_journalled_before_and_after(office):
    lines = office.journal(office.fixed())
    assert lines[:2] == ["taken", "checked"]
    assert lines[2:5] == ["before move-to-cloud", "observed move-to-cloud", "after move-to-cloud"]
    assert lines[-1] == "ended"


def test_a_second_click_gets_the_running_fix(office):
    fix = office.requested()
    diagnosis = questions.current(office.error())
    assert apply_fix(diagnosis, office.cem) == fix
    office.run(fix)
    assert apply_fix(diagnosis, office.ada) == fix
    assert Fix.objects.count() == 1


def test_all_errors_of_the_pair_share_the_one_fix_and_its_pending_sync(open_office):
    office = open_office(orphan(address_only=False))
    first, second = office.errors()
    fix = office.requested(first)
    assert fix_of(second) == fix
    with pytest.raises(problems.FixBusy):
        office.answered("no", error=second)
    office.run(fix)
    assert (office.status(first), office.status(second)) == ("pending-sync", "pending-sync")


def test_no_answer_and_no_close_while_a_fix_holds_the_pair(office):
    fix = office.requested()
    diagnosis = questions.current(office.error())
    with pytest.raises(problems.FixBusy) as caught:
        questions.answer(diagnosis, FIRST, "yes", revision=diagnosis.revision, by=office.ada)
    assert str(fix.pk) in caught.value.message


@pytest.mark.parametrize("answers", [[], ["no"], ["yes"], ["no", "no"], ["dont-know", "sync-server"]])
def test_only_no_and_then_yes_leads_to_a_fix(office, answers):
    diagnosis = office.answered(*answers)
    for act in (asking.dry_run, asking.request_fix):
        with pytest.raises(problems.NotAtTheFix):
            act(diagnosis, office.ada)


@pytest.mark.parametrize("who", ["rosa", "sam"])
def test_it_refuses_who_may_not_apply(office, who):
    diagnosis = office.at_the_fix()
    for act in (asking.dry_run, asking.request_fix):
        with pytest.raises(problems.RoleMissing):
            act(diagnosis, getattr(office, who))
    assert not Fix.objects.exists()


def test_a_contributor_may_apply(office):
    assert apply_fix(office.at_the_fix(), office.cem).state == "claimed"


def test_a_role_lost_before_the_first_write_refuses_the_fix(office):
    fix = office.requested()
    Membership.objects.filter(person=office.ada).update(role=Role.READER)
    office.run(fix)
    assert (fix.state, fix.refusal["code"], office.writes()) == ("refused", "privilege-missing", [])
    assert (office.status(), fix_of(office.error())) == ("not-started", None)


def test_an_object_changed_since_the_answers_refuses_the_fix(office):
    diagnosis = office.at_the_fix()
    office.act("cloud-license", object=office.error().existing_key, licence="Visio Plan 2", on="on")
    with pytest.raises(problems.Refused) as caught:
        apply_fix(diagnosis, office.ada)
    assert (caught.value.reason, office.status(), office.writes()) == ("changed-since", "not-started", [])


def test_an_object_changed_between_two_answers_refuses_the_fix_until_both_are_given_anew(office):
    diagnosis = office.answered("no")
    office.act("cloud-license", object=office.error().existing_key, licence="Visio Plan 2", on="on")
    diagnosis = office.answer(diagnosis, "yes")
    with pytest.raises(problems.Refused) as caught:
        asking.dry_run(diagnosis, office.ada)
    assert caught.value.reason == "changed-since"
    diagnosis = questions.answer(diagnosis, FIRST, "no", revision=diagnosis.revision, by=office.ada)
    assert asking.dry_run(diagnosis, office.ada).steps


def test_an_object_changed_after_the_request_refuses_the_fix_before_anything_is_written(office):
    fix = office.requested()
    office.act("cloud-license", object=office.error().existing_key, licence="Visio Plan 2", on="on")
    office.run(fix)
    assert (fix.state, fix.refusal["code"], office.writes()) == ("refused", "changed-since", [])


def test_without_evidence_the_dry_run_must_have_been_read(office):
    office.play("unreachable", operation="find")
    office.play("unreachable", operation="find")
    diagnosis = office.at_the_fix()
    assert diagnosis.fingerprint == ""
    with pytest.raises(problems.DryRunUnseen):
        asking.request_fix(diagnosis, office.ada)
    seen = asking.dry_run(diagnosis, office.ada).digest
    assert asking.request_fix(diagnosis, office.ada, seen=seen).state == "claimed"


def test_a_directory_in_trouble_at_the_request_leaves_everything_as_it_was(office):
    diagnosis = office.at_the_fix()
    office.play("timeout-before", operation="plan")
    with pytest.raises(problems.DirectoryTrouble) as caught:
        asking.request_fix(diagnosis, office.ada)
    assert "did not answer in time" in caught.value.message
    assert (Fix.objects.count(), office.status()) == (0, "not-started")


def soft_delete_existing(office):
    office.act("cloud-delete", object=office.error().existing_key)


def move_to_cloud(office):
    office.act("cloud-switch-source", object=office.error().existing_key, source="cloud")


# What is done to Contoso, the refusal it leads to, and the status that leaves.
REFUSALS = [
    (soft_delete_existing, "soft-deleted", "not-started"),
    (lambda office: office.switch(switches.WRITEBACK, on=True), "user-writeback", "not-started"),
    (lambda office: office.switch(switches.EXPORT_UNDER_WAY, on=True), "export-under-way", "not-started"),
    (lambda office: office.switch(switches.BLOCK_TAKEOVER, on=True), "takeover-blocked", "not-started"),
    (lambda office: office.switch(switches.HARDENED_IDENTIFIER, on=True), "identifier-set", "not-started"),
]


@pytest.mark.parametrize(("do", "code", "status"), REFUSALS, ids=[row[1] for row in REFUSALS])
def test_a_refusal_has_its_sentence_next_action_and_status_and_keeps_the_answers(office, do, code, status):
    do(office)
    diagnosis = office.at_the_fix()
    with pytest.raises(problems.Refused) as caught:
        apply_fix(diagnosis, office.ada)
    refused = caught.value
    assert (refused.reason, office.status(), office.writes()) == (code, status, [])
    assert refused.message
    assert refused.next_action
    assert refused.preconditions
    diagnosis.refresh_from_db()
    assert diagnosis.outcome == "orphaned"
    kept = Fix.objects.get(pk=refused.fix)
    assert (kept.state, kept.refusal["code"], fix_of(office.error())) == ("refused", code, None)


def test_a_refusal_that_nothing_here_can_cure_leaves_manual_fix_required(open_office):
    office = open_office(orphan())
    existing = office.error().existing_key
    office.act("cloud-role", object=existing, role="Exchange Administrator", how="active", on="on")
    office.switch(switches.HARDENED_ROLES, on=True)
    with pytest.raises(problems.Refused) as caught:
        apply_fix(office.at_the_fix(), office.ada)
    assert (caught.value.reason, office.status()) == ("role-holder", "manual-fix-required")
    assert questions.current(office.error()).status == "manual-fix-required"


def test_with_the_identifier_hardened_a_plan_that_clears_it_works(office):
    office.switch(switches.HARDENED_IDENTIFIER, on=True)
    fix = office.fixed(clears_identifier=True)
    assert fix.state == "done"
    assert "clear-identifier" in office.writes()


def test_an_incoming_object_in_conflict_with_two_existing_ones_is_refused(office):
    error = office.error()
    SyncError.objects.create(
        **{
            **{field.name: getattr(error, field.name) for field in SyncError._meta.fields if field.name != "id"},
            "key": "f" * 64,
            "existing_key": "another-object",
        }
    )
    with pytest.raises(problems.Refused) as caught:
        apply_fix(office.at_the_fix(error), office.ada)
    assert (caught.value.reason, office.status(error)) == ("two-existing", "manual-fix-required")


def test_an_object_of_another_pair_is_busy_while_that_pair_is_fixed(office):
    fix = office.requested()
    diagnosis = questions.current(office.error())
    Fix.objects.filter(pk=fix.pk).update(incoming_key="somebody else")
    fix.errors.clear()
    with pytest.raises(problems.FixBusy) as caught:
        apply_fix(diagnosis, office.ada)
    assert caught.value.facts == {"fix": fix.pk}


def test_every_act_is_in_the_record(office):
    office.fixed()
    office.cycle()
    assert office.lines()[-4:] == ["fix-requested", "fix-done", "fix-settled", "cycle-closed"]
