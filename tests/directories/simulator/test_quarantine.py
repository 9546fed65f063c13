import re
from datetime import timedelta

import pytest

from portal.directories.simulator.world import switches
from tests.directories.simulator.scenes import faults, only_fault, stage, switch

NAME, ADDRESSES = "userPrincipalName", "proxyAddresses"


def two_joes(**more):
    """Joe Jackson was first; Joe Johnson wants the same sign-in name, and with `more` other things."""
    scene = stage()
    scene.jackson = scene.user("Joe Jackson", "Joe.J")
    scene.cycle()
    scene.johnson = scene.user("Joe Johnson", "Joe.Johnson", **(more or {NAME: ["Joe.J@contoso.com"]}))
    scene.cycle()
    return scene


def cloud(scene, ad_id):
    return scene.state.cloud[scene.cloud_of(ad_id)]


def test_the_second_user_is_made_with_a_placeholder_name():
    scene = two_joes()
    held = cloud(scene, scene.johnson)
    assert re.fullmatch(r"Joe\.J\+\d{4}@contoso\.onmicrosoft\.com", held.get(NAME))
    assert cloud(scene, scene.jackson).get(NAME) == "Joe.J@contoso.com"


def test_the_report_names_both_users_and_the_value():
    scene = two_joes()
    fault = only_fault(scene)
    assert (fault.incoming.display_name, fault.existing.display_name) == ("Joe Johnson", "Joe Jackson")
    assert (fault.attribute, fault.value) == ("UserPrincipalName", "Joe.J@contoso.com")
    assert fault.modified_value.startswith("Joe.J+")


def test_an_address_in_conflict_is_held_and_the_others_are_placed():
    scene = two_joes(proxyAddresses=["SMTP:johnson@contoso.com", "smtp:joe.j@CONTOSO.com"])
    assert cloud(scene, scene.johnson).all(ADDRESSES) == ["SMTP:johnson@contoso.com"]
    assert only_fault(scene).attribute == "ProxyAddress"


def test_a_change_into_a_conflict_is_quarantined_too():
    scene = two_joes(proxyAddresses=["SMTP:johnson@contoso.com"])
    scene.do("ad-add-value", object=scene.johnson, attribute=ADDRESSES, value="smtp:joe.j@contoso.com")
    scene.cycle()
    assert only_fault(scene).type == "QuarantinedAttributeValueMustBeUnique"


@pytest.mark.parametrize(
    ("attribute", "value", "label"),
    [
        ("proxyAddresses", "SIP:joe.j@contoso.com", "SipProxyAddress"),
        ("objectSid", "S-1-5-21-1-2-3-1001", "OnPremiseSecurityIdentifier"),
    ],
)
def test_sip_addresses_and_security_identifiers_refuse_the_whole_object(attribute, value, label):
    scene = stage()
    scene.user("Joe Jackson", "joe.j", **{attribute: [value]})
    scene.cycle()
    scene.user("Joe Johnson", "johnson", **{attribute: [value]})
    scene.cycle()
    fault = only_fault(scene)
    assert (fault.type, fault.attribute, fault.incoming.cloud_id) == ("AttributeValueMustBeUnique", label, "")


def test_a_new_user_who_meets_a_groups_address_is_refused():
    scene = stage()
    scene.group("Helpdesk", "helpdesk@contoso.com")
    scene.cycle()
    scene.user("Kofi Mensah", "kofi", proxyAddresses=["SMTP:kofi@contoso.com", "smtp:helpdesk@contoso.com"])
    scene.cycle()
    fault = only_fault(scene)
    assert (fault.type, fault.existing.kind) == ("AttributeValueMustBeUnique", "group")


def test_two_new_groups_fail_once_and_are_quarantined_in_the_next_cycle():
    scene = stage()
    scene.group("Night Shift", "night@contoso.com")
    scene.group("Nachtschicht", "night@contoso.com")
    scene.cycle()
    assert only_fault(scene).type == "AttributeValueMustBeUnique"
    scene.cycle()
    assert only_fault(scene).type == "QuarantinedAttributeValueMustBeUnique"


def test_a_user_in_the_bin_keeps_its_values_reserved():
    scene = stage()
    ad_id = scene.user("Joe Jackson", "joe.j")
    scene.cycle()
    scene.do("ad-delete", object=ad_id)
    scene.cycle()
    scene.user("Joe Johnson", "joe.j")
    scene.cycle()
    assert {fault.attribute for fault in faults(scene)} == {"UserPrincipalName", "ProxyAddress"}


def test_removing_the_value_from_the_second_user_clears_with_the_next_cycle():
    scene = two_joes(proxyAddresses=["SMTP:johnson@contoso.com", "smtp:joe.j@contoso.com"])
    scene.do("ad-remove-value", object=scene.johnson, attribute=ADDRESSES, value="smtp:joe.j@contoso.com")
    scene.cycle()
    assert not faults(scene)


def test_a_value_is_given_back_by_the_sweep_and_no_earlier():
    scene = two_joes()
    scene.sweep()
    scene.set(scene.jackson, NAME, "joe.jackson@contoso.com")
    scene.cycle()
    waiting = only_fault(scene)
    assert waiting.sweep_by == scene.state.swept_at + timedelta(hours=1)
    scene.sweep()
    assert not faults(scene)
    assert cloud(scene, scene.johnson).get(NAME) == "Joe.J@contoso.com"


def test_while_it_waits_the_error_still_names_who_had_the_value():
    scene = two_joes()
    scene.set(scene.jackson, NAME, "joe.jackson@contoso.com")
    scene.cycle()
    assert only_fault(scene).existing.display_name == "Joe Jackson"


def test_a_sweep_leaves_what_is_still_in_conflict():
    scene = two_joes()
    scene.sweep()
    assert only_fault(scene).sweep_by is None


def test_of_two_that_wait_for_one_value_the_first_gets_it():
    scene = two_joes()
    third = scene.user("Joe James", "james", userPrincipalName=["Joe.J@contoso.com"])
    scene.cycle()
    scene.set(scene.jackson, NAME, "joe.jackson@contoso.com")
    scene.cycle()
    scene.sweep()
    assert cloud(scene, scene.johnson).get(NAME) == "Joe.J@contoso.com"
    assert only_fault(scene).incoming.display_name == cloud(scene, third).get("displayName")


def test_what_was_deleted_30_days_ago_is_purged_by_the_sweep():
    scene = stage()
    ad_id = scene.user("Joe Jackson", "joe.j")
    scene.cycle()
    scene.do("ad-delete", object=ad_id)
    scene.cycle()
    scene.now += timedelta(days=29, hours=23)
    scene.sweep()
    assert scene.state.cloud
    scene.now += timedelta(hours=1)
    scene.sweep()
    assert not scene.state.cloud


def test_without_resiliency_a_value_in_the_bin_refuses_the_object():
    scene = stage()
    ad_id = scene.user("Joe Jackson", "joe.j")
    scene.cycle()
    scene.do("ad-delete", object=ad_id)
    scene.cycle()
    switch(scene, switches.QUARANTINE_UPN, on=False)
    scene.user("Joe Johnson", "johnson", userPrincipalName=["joe.j@contoso.com"])
    scene.cycle()
    fault = only_fault(scene)
    assert (fault.type, fault.attribute) == ("AttributeValueMustBeUnique", "UserPrincipalName")
