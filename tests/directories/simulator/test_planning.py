import pytest

from portal.directories.anchors import guid_of
from portal.directories.plans import PlanName
from portal.directories.refusals import Leaves, Refusal
from portal.directories.simulator.world import switches
from tests.directories.simulator.scenes import Bench, orphan, pending_orphan, stage


def refused(bench, fault=None, **more) -> Refusal:
    with pytest.raises(Refusal) as caught:
        bench.plan(fault, **more)
    return caught.value


def keys(plan):
    return [step.key for step in plan.steps]


def test_an_orphan_whose_twin_is_in_the_cloud_is_re_anchored_there():
    plan = Bench(orphan()).plan()
    assert plan.name is PlanName.IN_CLOUD
    assert keys(plan) == ["move-to-cloud", "delete-incoming", "purge-incoming", "set-anchor", "move-back"]


def test_an_orphan_whose_twin_was_never_made_is_re_anchored_in_active_directory():
    bench = Bench(pending_orphan())
    plan = bench.plan()
    assert (plan.name, keys(plan)) == (PlanName.IN_AD, ["write-guid"])
    assert plan.steps[0].after == guid_of(bench.fault().existing.anchor)


def test_without_the_right_to_write_in_active_directory_the_cloud_plan_does_it_without_deleting():
    bench = Bench(pending_orphan())
    bench.act("permission", name=switches.WRITE_GUID, on="off")
    assert keys(bench.plan()) == ["move-to-cloud", "set-anchor", "move-back"]


def test_a_dry_run_writes_nothing():
    bench = Bench(orphan())
    fault = bench.fault()
    before = bench.world
    bench.plan(fault)
    assert bench.world == before


def test_the_dry_run_says_what_each_step_needs_writes_and_loses():
    bench = Bench(orphan())
    fault = bench.fault()
    steps = {step.key: step for step in bench.plan(fault).steps}
    anchor = steps["set-anchor"]
    assert (anchor.before, anchor.after) == (fault.existing.anchor, fault.incoming.anchor)
    assert anchor.losses == (f"Old source anchor: {fault.existing.anchor}",)
    assert (steps["purge-incoming"].reversible, steps["move-to-cloud"].reversible) == (False, True)
    assert all(step.role and step.permission and step.words.undo for step in steps.values())


def test_what_hangs_on_the_incoming_user_is_named():
    bench = Bench(orphan())
    fault = bench.fault()
    bench.act("cloud-license", object=fault.incoming.cloud_id, licence="Visio", on="on")
    assert bench.plan(fault, overrides_use=True).losses[:2] == ("Licence: Visio", "Mailbox")


def test_errors_of_one_pair_lead_to_the_same_plan():
    bench = Bench(orphan(address_only=False))
    first, second = bench.faults()
    assert bench.plan(first).steps == bench.plan(second).steps


def test_it_refuses_a_conflicting_user_in_the_recycle_bin():
    bench = Bench(orphan())
    fault = bench.fault()
    bench.act("cloud-delete", object=fault.existing.cloud_id)
    refusal = refused(bench, fault)
    assert (refusal.code, refusal.leaves, refusal.object.cloud_id) == (
        "soft-deleted",
        Leaves.NOT_STARTED,
        fault.existing.cloud_id,
    )
    assert refusal.facts["licences"] == "Microsoft 365 E3"
    assert refusal.facts["purged on"] == "2026-12-20"
    assert "restore first" in refusal.facts


def test_it_refuses_a_user_made_in_the_cloud():
    scene = stage()
    scene.cloud_user("Sales", "sales", address="SMTP:sales@contoso.com")
    scene.user("Desk", "desk", proxyAddresses=["SMTP:desk@contoso.com", "smtp:sales@contoso.com"])
    scene.cycle()
    refusal = refused(Bench(scene))
    assert (refusal.code, refusal.leaves) == ("cloud-based", Leaves.MANUAL_FIX)


def test_it_refuses_a_user_who_was_restored_from_the_bin():
    bench = Bench(orphan())
    fault = bench.fault()
    bench.act("cloud-delete", object=fault.existing.cloud_id)
    bench.act("cloud-restore", object=fault.existing.cloud_id)
    refusal = refused(bench, fault)
    assert (refusal.code, refusal.leaves) == ("restored-from-bin", Leaves.MANUAL_FIX)


def test_it_refuses_an_existing_user_whose_account_lives():
    scene = stage()
    scene.user("Joe Jackson", "joe.j")
    scene.cycle()
    scene.user("Joe Johnson", "johnson", userPrincipalName=["joe.j@contoso.com"])
    scene.cycle()
    assert refused(Bench(scene)).code == "existing-connected"


def test_it_refuses_an_existing_user_whose_account_is_only_out_of_scope():
    scene = orphan()
    old = next(one for one in scene.state.ad.values() if not one.is_live)
    scene.do("ad-restore", object=old.id)
    scene.do("ad-move", object=old.id, container=scene.container("OU=Leavers"))
    assert refused(Bench(scene)).code == "existing-connected"


def test_it_refuses_an_object_in_conflict_with_two_existing_ones():
    scene = orphan()
    new = next(one for one in scene.state.ad.values() if one.is_live)
    scene.user("Ann", "ann")
    scene.cycle()
    scene.do("ad-add-value", object=new.id, attribute="proxyAddresses", value="smtp:ann@contoso.com")
    scene.cycle()
    refusal = refused(Bench(scene))
    assert (refusal.code, refusal.object.display_name) == ("two-existing", "Ann")


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        (switches.WRITEBACK, "user-writeback"),
        (switches.BLOCK_TAKEOVER, "takeover-blocked"),
        (switches.EXPORT_UNDER_WAY, "export-under-way"),
    ],
)
def test_it_refuses_while_a_setting_is_in_the_way_and_leaves_not_started(setting, code):
    bench = Bench(orphan())
    fault = bench.fault()
    bench.switch(setting, on=True)
    refusal = refused(bench, fault)
    assert (refusal.code, refusal.leaves) == (code, Leaves.NOT_STARTED)
    bench.switch(setting, on=False)
    assert bench.plan(fault).steps


def test_an_export_under_way_says_when_to_try_again():
    bench = Bench(orphan())
    fault = bench.fault()
    bench.switch(switches.EXPORT_UNDER_WAY, on=True)
    refusal = refused(bench, fault)
    assert (refusal.retry_after, refusal.final) == (1800, False)


@pytest.mark.parametrize("how", ["active", "eligible"])
def test_hardening_refuses_role_holders_when_it_is_on(how):
    bench = Bench(orphan())
    fault = bench.fault()
    bench.act("cloud-role", object=fault.existing.cloud_id, role="User Administrator", how=how, on="on")
    assert bench.plan(fault).steps
    bench.switch(switches.HARDENED_ROLES, on=True)
    refusal = refused(bench, fault)
    assert refusal.code == "role-holder"
    assert "User Administrator" in refusal.facts["roles"]


@pytest.mark.parametrize("scene", [orphan, pending_orphan])
def test_hardening_refuses_a_set_identifier_unless_the_plan_clears_it(scene):
    bench = Bench(scene())
    fault = bench.fault()
    bench.switch(switches.HARDENED_IDENTIFIER, on=True)
    assert refused(bench, fault).code == "identifier-set"
    assert "clear-identifier" in keys(bench.plan(fault, clears_identifier=True))


@pytest.mark.parametrize("use", ["licence", "sign-in"])
def test_it_refuses_an_incoming_user_that_is_in_use_unless_told_otherwise(use):
    bench = Bench(orphan())
    fault = bench.fault()
    if use == "licence":
        bench.act("cloud-license", object=fault.incoming.cloud_id, licence="Visio", on="on")
    else:
        bench.act("cloud-sign-in", object=fault.incoming.cloud_id)
    assert refused(bench, fault).code == "incoming-in-use"
    assert bench.plan(fault, overrides_use=True).steps


def test_it_refuses_when_something_changed_since_the_diagnosis():
    bench = Bench(orphan())
    fault = bench.fault()
    seen = bench.plan(fault).fingerprint
    assert bench.plan(fault, fingerprint=seen).steps
    bench.act("cloud-license", object=fault.existing.cloud_id, licence="Visio", on="on")
    assert refused(bench, fault, fingerprint=seen).code == "changed-since"


def test_it_refuses_when_the_existing_user_has_gone():
    bench = Bench(orphan())
    fault = bench.fault()
    bench.act("cloud-delete", object=fault.existing.cloud_id)
    bench.act("cloud-purge", object=fault.existing.cloud_id)
    assert refused(bench, fault).code == "existing-gone"


def test_it_refuses_when_the_incoming_account_has_gone():
    bench = Bench(orphan())
    fault = bench.fault()
    live = next(one for one in bench.world.ad.values() if one.is_live)
    bench.act("ad-delete", object=live.id)
    assert refused(bench, fault).code == "incoming-gone"


def test_it_refuses_when_the_account_was_given_another_anchor():
    bench = Bench(orphan())
    fault = bench.fault()
    live = next(one for one in bench.world.ad.values() if one.is_live)
    other = "2aa297b1-f230-4c74-9772-2e111eea7830"
    bench.act("ad-set", object=live.id, attribute="mS-DS-ConsistencyGuid", value=other)
    assert refused(bench, fault).code == "changed-since"


def test_it_refuses_when_the_error_is_already_cleared():
    bench = Bench(orphan())
    fault = bench.fault()
    live = next(one for one in bench.world.ad.values() if one.is_live)
    bench.act("ad-set", object=live.id, attribute="proxyAddresses", value="SMTP:other@contoso.com")
    bench.cycle()
    assert refused(bench, fault).code == "conflict-gone"


def test_it_refuses_what_is_not_diagnosed():
    scene = stage()
    scene.contact("One", "same@contoso.com")
    scene.contact("Two", "same@contoso.com")
    scene.cycle()
    scene.cycle()
    assert refused(Bench(scene)).code == "not-diagnosed"


@pytest.mark.parametrize("permission", [switches.WRITE_USERS, switches.WRITE_SYNC_BEHAVIOR])
def test_it_refuses_without_the_permission_and_names_it(permission):
    bench = Bench(orphan())
    fault = bench.fault()
    bench.act("permission", name=permission, on="off")
    refusal = refused(bench, fault)
    assert (refusal.code, refusal.facts["permission"]) == ("privilege-missing", permission)


def test_a_refusal_brings_every_precondition_with_it():
    bench = Bench(orphan())
    fault = bench.fault()
    bench.switch(switches.WRITEBACK, on=True)
    preconditions = refused(bench, fault).preconditions
    assert [one.refusal for one in preconditions if not one.met] == ["user-writeback"]
    assert len(preconditions) > 10
