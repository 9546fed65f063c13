import itertools
from dataclasses import replace

import pytest

from portal.directories.plans import Lease, StepOutcome
from portal.directories.refusals import Refusal
from portal.directories.simulator.world import switches
from tests.directories.simulator.scenes import LEASE, Bench, orphan, pending_orphan

NEWER = Lease(fix="fix-1", number=2, holder="worker-2")
IN_CLOUD = ["move-to-cloud", "delete-incoming", "purge-incoming", "set-anchor", "move-back"]


def refused(bench, step, lease=LEASE) -> Refusal:
    with pytest.raises(Refusal) as caught:
        bench.apply(step, lease)
    return caught.value


@pytest.mark.parametrize(
    "scene", [orphan, pending_orphan, lambda: orphan(address_only=False)], ids=["address", "pending", "both"]
)
def test_the_next_cycle_after_a_fix_clears_every_error_of_the_pair(scene):
    bench = Bench(scene())
    fault = bench.fault()
    bench.apply_all(bench.plan(fault))
    bench.cycle()
    assert not bench.faults()
    kept = bench.world.cloud[fault.existing.cloud_id]
    assert (kept.sync, kept.is_live) == (True, True)
    assert len(bench.world.cloud) == 1


def test_the_person_keeps_the_old_account_with_its_licences_and_gets_the_value():
    bench = Bench(orphan())
    fault = bench.fault()
    bench.apply_all(bench.plan(fault))
    bench.cycle()
    kept = bench.world.cloud[fault.existing.cloud_id]
    live = next(one for one in bench.world.ad.values() if one.is_live)
    assert kept.licences == ["Microsoft 365 E3"]
    assert fault.value in kept.all("proxyAddresses")
    assert (kept.anchor, kept.identifier) == (fault.incoming.anchor, live.id)
    assert kept.get("userPrincipalName") == "joe.johnson@contoso.com"


def test_the_error_stays_listed_until_the_cycle_where_the_twin_was_never_made():
    bench = Bench(pending_orphan())
    bench.apply_all(bench.plan())
    assert bench.faults()
    bench.cycle()
    assert not bench.faults()


@pytest.mark.parametrize("scene", [orphan, pending_orphan])
def test_with_hardening_on_a_plan_that_clears_the_identifier_works_to_the_end(scene):
    bench = Bench(scene())
    fault = bench.fault()
    bench.switch(switches.HARDENED_IDENTIFIER, on=True)
    bench.apply_all(bench.plan(fault, clears_identifier=True))
    bench.cycle()
    assert not bench.faults()


def test_nothing_but_what_the_plan_lists_is_written():
    bench = Bench(orphan())
    fault = bench.fault()
    before = bench.world
    bench.apply_all(bench.plan(fault))
    after = bench.world
    existing, changed = before.cloud[fault.existing.cloud_id], after.cloud[fault.existing.cloud_id]
    fields = {name for name in type(changed).model_fields if getattr(existing, name) != getattr(changed, name)}
    assert fields == {"anchor", "sync"}
    assert set(before.cloud) - set(after.cloud) == {fault.incoming.cloud_id}
    assert (before.ad, before.tenant, before.metaverse) == (after.ad, after.tenant, after.metaverse)


def test_in_active_directory_only_the_guid_is_written():
    bench = Bench(pending_orphan())
    fault = bench.fault()
    before = bench.world
    bench.apply_all(bench.plan(fault))
    after = bench.world
    assert after.cloud == before.cloud
    (changed,) = (one.id for one in after.ad.values() if one != before.ad[one.id])
    old, new = before.ad[changed].attributes, after.ad[changed].attributes
    assert {name for name in old | new if old.get(name) != new.get(name)} == {"mS-DS-ConsistencyGuid"}


def test_each_step_is_written_once_however_often_it_is_applied():
    bench = Bench(orphan())
    plan = bench.plan()
    for step in plan.steps:
        assert bench.apply(step).outcome is StepOutcome.WRITTEN
        assert bench.apply(step).outcome is StepOutcome.ALREADY_THERE
    assert bench.writes() == IN_CLOUD


def test_the_whole_plan_again_writes_nothing_even_after_the_next_cycle():
    bench = Bench(orphan())
    plan = bench.plan()
    bench.apply_all(plan)
    again = bench.apply_all(plan)
    bench.cycle()
    again += bench.apply_all(plan)
    assert {result.outcome for result in again} == {StepOutcome.ALREADY_THERE}
    assert bench.writes() == IN_CLOUD


def test_a_step_is_seen_to_be_there_only_after_it_was_done():
    bench = Bench(orphan())
    for step in bench.plan().steps:
        assert not bench.observe(step).present
        bench.apply(step)
        assert bench.observe(step).present


def test_a_result_says_what_was_found_and_where_it_is_noted():
    bench = Bench(orphan())
    result = bench.apply(bench.plan().steps[0])
    line = bench.simulator.log()[result.log_number - 1]
    assert (line.fix, line.lease, line.who, line.step) == ("fix-1", 1, "worker-1", "move-to-cloud")
    assert (line.before, line.after) == (result.before, result.after)


def test_an_older_lease_is_refused_and_writes_nothing():
    bench = Bench(orphan())
    first, second, *_ = bench.plan().steps
    bench.apply(first, NEWER)
    assert refused(bench, second, LEASE).code == "older-lease"
    assert bench.writes() == ["move-to-cloud"]


def test_looking_with_a_newer_lease_is_enough_to_lock_the_old_one_out():
    bench = Bench(orphan())
    first = bench.plan().steps[0]
    bench.observe(first, NEWER)
    assert refused(bench, first, LEASE).code == "older-lease"
    with pytest.raises(Refusal):
        bench.observe(first, LEASE)
    assert not bench.writes()


def test_a_lease_on_one_pair_says_nothing_about_another():
    bench = Bench(orphan())
    step = bench.plan().steps[0]
    bench.observe(replace(step, claims=("existing:other", "incoming:other")), NEWER)
    assert bench.apply(step, LEASE).outcome is StepOutcome.WRITTEN


@pytest.mark.parametrize(
    ("setting", "code"),
    [(switches.WRITEBACK, "user-writeback"), (switches.EXPORT_UNDER_WAY, "export-under-way")],
)
def test_what_comes_in_between_stops_each_write(setting, code):
    for done in range(5):
        bench = Bench(orphan())
        plan = bench.plan()
        for step in plan.steps[:done]:
            bench.apply(step)
        bench.switch(setting, on=True)
        assert refused(bench, plan.steps[done]).code == code
        assert bench.writes() == IN_CLOUD[:done]


def test_a_refused_step_can_be_taken_up_again():
    bench = Bench(orphan())
    plan = bench.plan()
    bench.apply(plan.steps[0])
    bench.switch(switches.WRITEBACK, on=True)
    refused(bench, plan.steps[1])
    bench.switch(switches.WRITEBACK, on=False)
    bench.apply_all(plan)
    bench.cycle()
    assert not bench.faults()


def apply_up_to(bench, plan, key):
    for step in itertools.takewhile(lambda step: step.key != key, plan.steps):
        bench.apply(step)
    return next(step for step in plan.steps if step.key == key)


def test_an_existing_user_deleted_meanwhile_is_refused():
    bench = Bench(orphan())
    fault = bench.fault()
    step = apply_up_to(bench, bench.plan(fault), "set-anchor")
    bench.act("cloud-delete", object=fault.existing.cloud_id)
    assert refused(bench, step).code == "soft-deleted"


@pytest.mark.parametrize("scene", [orphan, pending_orphan])
def test_an_existing_user_deleted_and_restored_meanwhile_is_not_opened(scene):
    bench = Bench(scene())
    fault = bench.fault()
    first = bench.plan(fault).steps[0]
    bench.act("cloud-delete", object=fault.existing.cloud_id)
    bench.act("cloud-restore", object=fault.existing.cloud_id)
    assert refused(bench, first).code == "restored-from-bin"
    assert not bench.writes()


@pytest.mark.parametrize("scene", [orphan, pending_orphan])
def test_an_existing_user_whose_account_came_back_meanwhile_is_not_opened(scene):
    bench = Bench(scene())
    first = bench.plan().steps[0]
    old = next(one for one in bench.world.ad.values() if not one.is_live)
    bench.act("ad-restore", object=old.id)
    assert refused(bench, first).code == "existing-connected"
    assert not bench.writes()


@pytest.mark.parametrize("key", IN_CLOUD[:4])
def test_an_account_given_another_anchor_meanwhile_stops_all_but_the_way_back(key):
    bench = Bench(orphan())
    step = apply_up_to(bench, bench.plan(), key)
    live = next(one for one in bench.world.ad.values() if one.is_live)
    other = "2aa297b1-f230-4c74-9772-2e111eea7830"
    bench.act("ad-set", object=live.id, attribute="mS-DS-ConsistencyGuid", value=other)
    assert refused(bench, step).code == "changed-since"


def test_an_account_deleted_meanwhile_keeps_its_cloud_user():
    bench = Bench(orphan())
    step = apply_up_to(bench, bench.plan(), "delete-incoming")
    live = next(one for one in bench.world.ad.values() if one.is_live)
    bench.act("ad-delete", object=live.id)
    assert refused(bench, step).code == "incoming-gone"


def test_a_permission_taken_away_meanwhile_is_refused():
    bench = Bench(orphan())
    step = apply_up_to(bench, bench.plan(), "delete-incoming")
    bench.act("permission", name=switches.WRITE_USERS, on="off")
    assert refused(bench, step).code == "privilege-missing"


def test_a_role_given_meanwhile_is_refused_under_hardening():
    bench = Bench(orphan())
    fault = bench.fault()
    step = apply_up_to(bench, bench.plan(fault), "set-anchor")
    bench.switch(switches.HARDENED_ROLES, on=True)
    bench.act("cloud-role", object=fault.existing.cloud_id, role="User Administrator", how="active", on="on")
    assert refused(bench, step).code == "role-holder"


def test_an_incoming_user_who_signs_in_meanwhile_is_not_deleted():
    bench = Bench(orphan())
    fault = bench.fault()
    step = apply_up_to(bench, bench.plan(fault), "delete-incoming")
    bench.act("cloud-sign-in", object=fault.incoming.cloud_id)
    assert refused(bench, step).code == "incoming-in-use"


def test_an_incoming_user_restored_meanwhile_is_not_purged():
    bench = Bench(orphan())
    fault = bench.fault()
    step = apply_up_to(bench, bench.plan(fault), "purge-incoming")
    bench.act("cloud-restore", object=fault.incoming.cloud_id)
    assert refused(bench, step).code == "changed-since"
    assert bench.world.cloud[fault.incoming.cloud_id].is_live


def test_a_user_still_mastered_on_premises_takes_no_anchor():
    bench = Bench(orphan())
    step = next(step for step in bench.plan().steps if step.key == "set-anchor")
    assert refused(bench, step).code == "on-premises-mastered"


def test_a_block_on_takeovers_stops_the_way_back_and_nothing_is_lost():
    bench = Bench(orphan())
    plan = bench.plan()
    step = apply_up_to(bench, plan, "move-back")
    bench.switch(switches.BLOCK_TAKEOVER, on=True)
    assert refused(bench, step).code == "takeover-blocked"
    bench.switch(switches.BLOCK_TAKEOVER, on=False)
    bench.apply(step)
    bench.cycle()
    assert not bench.faults()


def test_a_cycle_in_the_middle_makes_the_twin_again_and_the_conflict_names_it():
    bench = Bench(orphan())
    step = apply_up_to(bench, bench.plan(), "set-anchor")
    bench.cycle()
    refusal = refused(bench, step)
    twin = next(one for one in bench.world.cloud.values() if one.anchor == step.after)
    assert refusal.code == "anchor-in-use"
    assert refusal.facts["object in the way"] == f"User_{twin.id}"


def test_drawn_up_again_after_that_the_fix_ends_well():
    bench = Bench(orphan())
    apply_up_to(bench, bench.plan(), "set-anchor")
    bench.cycle()
    again = bench.plan()
    assert [step.key for step in again.steps] == IN_CLOUD[1:]
    bench.apply_all(again)
    bench.cycle()
    assert not bench.faults()


def test_an_anchor_held_in_the_recycle_bin_is_the_first_failure_of_the_spec():
    bench = Bench(orphan())
    plan = bench.plan()
    steps = {step.key: step for step in plan.steps}
    bench.apply(steps["move-to-cloud"])
    bench.apply(steps["delete-incoming"])
    assert refused(bench, steps["set-anchor"]).code == "soft-deleted"


def test_an_account_made_in_the_cloud_meanwhile_is_not_re_anchored_on_premises():
    bench = Bench(pending_orphan())
    fault = bench.fault()
    plan = bench.plan(fault)
    live = next(one for one in bench.world.ad.values() if one.is_live)
    bench.act("ad-remove-value", object=live.id, attribute="proxyAddresses", value="SIP:joe@contoso.com")
    bench.cycle()
    assert refused(bench, plan.steps[0]).code == "changed-since"


def test_an_account_deleted_meanwhile_is_not_re_anchored():
    bench = Bench(pending_orphan())
    plan = bench.plan()
    live = next(one for one in bench.world.ad.values() if one.is_live)
    bench.act("ad-delete", object=live.id)
    assert refused(bench, plan.steps[0]).code == "incoming-gone"


def test_a_refused_step_is_in_the_log_too():
    bench = Bench(orphan())
    first = bench.plan().steps[0]
    bench.switch(switches.WRITEBACK, on=True)
    refused(bench, first)
    line = bench.simulator.log()[-1]
    assert (line.what, line.after, line.step) == ("fix refused", "user-writeback", "move-to-cloud")


def test_a_cycle_that_brings_the_incoming_user_back_is_seen_and_the_deletion_can_be_done_again():
    bench = Bench(orphan())
    purging = apply_up_to(bench, bench.plan(), "purge-incoming")
    bench.cycle()
    assert refused(bench, purging).code == "changed-since"
    bench.apply_all(bench.plan())
    bench.cycle()
    assert not bench.faults()
