import pytest

from portal.directories.simulator.world import switches
from tests.directories.simulator.scenes import faults, only_fault, orphan, stage, switch


def meeting(**more):
    """A cloud user, and a new account with the same name."""
    scene = stage()
    cloud_id = scene.cloud_user("Ada Lindgren", "ada", address="SMTP:ada@contoso.com", **more)
    return scene, cloud_id


def test_a_cloud_user_with_the_same_name_is_taken_over_by_soft_match():
    scene, cloud_id = meeting()
    ad_id = scene.user("Ada Lindgren", "ada")
    scene.cycle()
    assert scene.cloud_of(ad_id) == cloud_id
    assert scene.state.cloud[cloud_id].sync is True


def test_the_primary_address_matches_too():
    scene, cloud_id = meeting()
    ad_id = scene.user("Ada Lindgren", "a.l", proxyAddresses=["SMTP:ADA@contoso.com"])
    scene.cycle()
    assert scene.cloud_of(ad_id) == cloud_id


def test_a_secondary_address_does_not_match_but_is_quarantined():
    scene, cloud_id = meeting()
    ad_id = scene.user("Ada Berg", "berg", proxyAddresses=["SMTP:berg@contoso.com", "smtp:ada@contoso.com"])
    scene.cycle()
    assert scene.cloud_of(ad_id) != cloud_id
    assert only_fault(scene).type == "QuarantinedAttributeValueMustBeUnique"


def test_soft_match_can_be_blocked():
    scene, cloud_id = meeting()
    switch(scene, switches.BLOCK_SOFT_MATCH, on=True)
    scene.user("Ada Lindgren", "ada")
    scene.cycle()
    fault = only_fault(scene)
    assert (fault.type, fault.attribute, fault.existing.cloud_id) == ("InvalidSoftMatch", "UserPrincipalName", cloud_id)


@pytest.mark.parametrize("how", ["active", "eligible"])
def test_a_role_holder_is_never_soft_matched(how):
    scene, cloud_id = meeting()
    scene.do("cloud-role", object=cloud_id, role="Global Administrator", how=how, on="on")
    scene.user("Ada Lindgren", "ada")
    scene.cycle()
    assert only_fault(scene).type == "ExistingAdminRoleConflict"


def test_a_contact_does_not_become_a_group():
    scene = stage()
    scene.cloud_group("All Company", "all@contoso.com")
    scene.contact("All", "all@contoso.com")
    scene.cycle()
    assert only_fault(scene).type == "ObjectTypeMismatch"


def test_without_resiliency_an_anchored_user_is_an_invalid_soft_match():
    scene = stage()
    scene.user("Joe Jackson", "joe.j")
    scene.cycle()
    switch(scene, switches.QUARANTINE_UPN, on=False)
    scene.user("Joe Johnson", "joe.johnson", userPrincipalName=["joe.j@contoso.com"])
    scene.cycle()
    assert only_fault(scene).type == "InvalidSoftMatch"


def returning(*, blocked: bool):
    """Out of scope, restored in the cloud, and back in scope."""
    scene = stage()
    ad_id = scene.user("Dora Szabó", "dora")
    scene.cycle()
    cloud_id = scene.cloud_of(ad_id)
    scene.do("ad-move", object=ad_id, container=scene.container("OU=Leavers"))
    scene.cycle()
    scene.do("cloud-restore", object=cloud_id)
    switch(scene, switches.BLOCK_TAKEOVER, on=blocked)
    scene.user("Bo Ek", "bo")
    scene.do("ad-move", object=ad_id, container=scene.container("OU=People"))
    scene.cycle()
    return scene, cloud_id


def test_a_user_who_comes_back_is_taken_over_by_hard_match():
    scene, cloud_id = returning(blocked=False)
    assert scene.state.cloud[cloud_id].sync is True
    assert not faults(scene)


def test_taking_over_can_be_blocked():
    scene, cloud_id = returning(blocked=True)
    assert only_fault(scene).type == "InvalidHardMatch"
    assert scene.state.cloud[cloud_id].sync is False


def test_lifting_the_block_lets_the_next_cycle_take_over():
    scene, cloud_id = returning(blocked=True)
    switch(scene, switches.BLOCK_TAKEOVER, on=False)
    scene.cycle()
    assert scene.state.cloud[cloud_id].sync is True
    assert not faults(scene)


def remapped(*hardening: str, role: str = ""):
    """An administrator writes the orphan's anchor into the new account by hand."""
    scene = orphan()
    orphaned = next(one for one in scene.state.cloud.values() if one.licences)
    orphaned.roles = [role] if role else []
    new = next(one for one in scene.state.ad.values() if one.is_live)
    twin = next(one for one in scene.state.cloud.values() if not one.licences)
    scene.do("ad-move", object=new.id, container=scene.container("OU=Leavers"))
    scene.cycle()
    scene.do("cloud-purge", object=twin.id)
    scene.set(new.id, "mS-DS-ConsistencyGuid", orphaned.identifier)
    for name in hardening:
        switch(scene, name, on=True)
    scene.do("ad-move", object=new.id, container=scene.container("OU=People"))
    scene.cycle()
    return scene, orphaned


def test_writing_the_anchor_by_hand_cures_an_orphan():
    scene, orphaned = remapped()
    assert not faults(scene)
    assert orphaned.sync is True


def test_hardening_refuses_to_map_a_user_to_another_source():
    scene, _ = remapped(switches.HARDENED_IDENTIFIER)
    fault = only_fault(scene)
    assert fault.detail.startswith("Hard match operation blocked due to security hardening.")
    assert (fault.type, fault.attribute) == ("InvalidHardMatch", "onPremisesObjectIdentifier")


def test_clearing_the_identifier_lets_hardening_pass():
    scene, orphaned = remapped(switches.HARDENED_IDENTIFIER)
    scene.do("cloud-clear-identifier", object=orphaned.id)
    scene.cycle()
    assert not faults(scene)
    assert orphaned.identifier


def test_hardening_refuses_to_take_over_a_role_holder():
    scene, _ = remapped(switches.HARDENED_ROLES, role="User Administrator")
    fault = only_fault(scene)
    assert (fault.code, fault.detail) == (103, "The cloud user with privileged roles is not allowed to be taken over.")


def test_two_accounts_with_one_anchor_are_refused():
    scene = stage()
    first = scene.user("Ada Lindgren", "ada")
    second = scene.user("Bo Ek", "bo")
    scene.set(second, "mS-DS-ConsistencyGuid", first)
    scene.cycle()
    fault = only_fault(scene)
    assert (fault.type, fault.attribute) == ("AttributeValueMustBeUnique", "SourceAnchor")


def test_a_user_moved_to_the_cloud_is_not_taken_back_behind_anyones_back():
    scene = stage()
    ad_id = scene.user("Ada Lindgren", "ada")
    scene.cycle()
    cloud_id = scene.cloud_of(ad_id)
    scene.do("cloud-switch-source", object=cloud_id, source="cloud")
    scene.do("rebuild-sync")
    scene.cycle()
    assert only_fault(scene).type == "InvalidHardMatch"
    assert scene.state.cloud[cloud_id].sync is None
