import pytest

from portal.directories.faults import Category
from portal.directories.simulator.reading.reporting import report
from portal.directories.simulator.world import switches
from tests.directories.simulator.scenes import faults, only_fault, stage, switch


def one_user(**more):
    scene = stage()
    scene.ada = scene.user("Ada Lindgren", "ada", **more)
    scene.cycle()
    return scene


@pytest.mark.parametrize(
    "name",
    [
        "no-at.contoso.com",
        "@contoso.com",
        "two@at@contoso.com",
        "blank in@contoso.com",
        "umläut@contoso.com",
        "period.@contoso.com",
        "ada@contoso.local",
        "a" * 64 + "@contoso.com",
    ],
)
def test_a_bad_name_is_refused(name):
    fault = only_fault(one_user(userPrincipalName=[name]))
    assert (fault.type, fault.value, fault.category) == ("IdentityDataValidationFailed", name, Category.VALIDATION)
    assert fault.detail


def test_an_x500_address_may_hold_nearly_anything():
    assert not faults(one_user(proxyAddresses=["SMTP:ada@contoso.com", "X500:/o=Contoso/ou=(x)'y"]))


def test_a_bad_address_is_refused():
    assert only_fault(one_user(proxyAddresses=["SMTP:ada @contoso.com"])).attribute == "ProxyAddresses"


@pytest.mark.parametrize(
    ("attribute", "values", "type"),
    [
        ("userCertificate", [f"MII{n}" for n in range(16)], "LargeObject"),
        ("proxyAddresses", [f"smtp:a{n}@contoso.com" for n in range(301)], "LargeObject"),
        ("thumbnailPhoto", ["102401"], "LargeObject"),
        ("extensionAttribute1", ["x" * 251], "ExceededAllowedLength"),
    ],
)
def test_what_is_too_large_is_refused(attribute, values, type):
    fault = only_fault(one_user(**{attribute: values}))
    assert (fault.type, fault.attribute, fault.value) == (type, attribute, "")


def test_15_certificates_are_fine():
    assert not faults(one_user(userCertificate=[f"MII{n}" for n in range(15)]))


def test_a_move_between_federated_domains_is_refused():
    scene = stage()
    ad_id = scene.user("Zoë Kramer", "zoe", domain="fabrikam.com")
    scene.cycle()
    scene.set(ad_id, "userPrincipalName", "zoe@adatum.com")
    scene.cycle()
    assert only_fault(scene).type == "FederatedDomainChangeError"


def test_a_move_over_a_managed_domain_is_accepted():
    scene = stage()
    ad_id = scene.user("Zoë Kramer", "zoe", domain="fabrikam.com")
    for domain in ("contoso.com", "adatum.com"):
        scene.cycle()
        scene.set(ad_id, "userPrincipalName", f"zoe@{domain}")
    scene.cycle()
    assert not faults(scene)


def test_deleting_what_the_cloud_owns_now_is_an_access_violation():
    scene = one_user()
    cloud_id = scene.cloud_of(scene.ada)
    scene.do("cloud-switch-source", object=cloud_id, source="cloud")
    scene.do("ad-delete", object=scene.ada)
    scene.cycle()
    fault = only_fault(scene)
    assert (fault.type, fault.code, fault.existing.cloud_id) == ("DeletionAccessViolation", 114, cloud_id)
    assert scene.state.cloud[cloud_id].is_live


def test_a_reference_to_an_object_with_an_error_fails_until_that_is_cured():
    scene = stage()
    bad = scene.user("Bad Name", "bad", userPrincipalName=["bad name@contoso.com"])
    good = scene.user("Ada Lindgren", "ada")
    group = scene.group("Warehouse", "warehouse@contoso.com", bad, good)
    scene.cycle()
    assert {fault.type for fault in faults(scene)} == {"dn-attributes-failure", "IdentityDataValidationFailed"}
    scene.set(bad, "userPrincipalName", "good@contoso.com")
    scene.cycle()
    assert not faults(scene)
    members = scene.state.cloud[scene.cloud_of(group)].all("members")
    assert sorted(members) == sorted([scene.cloud_of(bad), scene.cloud_of(good)])


def test_an_error_that_stays_keeps_the_time_it_was_first_seen():
    scene = one_user(userPrincipalName=["bad name@contoso.com"])
    first = only_fault(scene)
    scene.cycle()
    again = only_fault(scene)
    assert again.first_seen == first.first_seen
    assert again.seen > first.seen


def test_a_change_reaches_the_cloud():
    scene = one_user()
    scene.do("ad-rename", object=scene.ada, name="Ada Lovelace")
    scene.cycle()
    assert scene.state.cloud[scene.cloud_of(scene.ada)].get("displayName") == "Ada Lovelace"


def test_a_cycle_without_changes_writes_nothing():
    scene = one_user()
    before = (len(scene.state.log), scene.state.cloud[scene.cloud_of(scene.ada)].model_dump())
    scene.cycle()
    assert (len(scene.state.log), scene.state.cloud[scene.cloud_of(scene.ada)].model_dump()) == before


def test_staging_exports_nothing_and_leaves_the_last_export_as_it_was():
    scene = one_user()
    exported = scene.state.engine.export_ended_at
    switch(scene, switches.STAGING, on=True)
    scene.user("Bo Ek", "bo")
    scene.cycle()
    assert len(scene.state.cloud) == 1
    assert scene.state.engine.export_ended_at == exported
    assert report(scene.state, scene.now).staging


def test_a_cloud_that_cannot_be_reached_stops_the_run_and_the_report_is_not_complete():
    scene = one_user(userPrincipalName=["bad name@contoso.com"])
    switch(scene, switches.SERVER_DOWN, on=True)
    scene.cycle()
    said = report(scene.state, scene.now)
    assert (said.run_status, said.complete) == ("stopped-server-down", False)
    assert said.why_incomplete


def test_too_many_errors_stop_the_run():
    scene = stage()
    scene.state.engine.error_limit = 3
    for number in range(6):
        scene.user(f"Bad {number}", f"bad{number}", userPrincipalName=[f"bad {number}@contoso.com"])
    scene.cycle()
    said = report(scene.state, scene.now)
    assert (said.run_status, said.complete, len(said.faults)) == ("stopped-error-limit", False, 4)


def test_a_run_with_errors_says_so():
    assert one_user(userPrincipalName=["bad"]).state.engine.run_status == "completed-export-errors"
    assert one_user().state.engine.run_status == "success"


def test_a_report_covers_what_it_names_only_when_it_is_complete():
    scene = one_user()
    said = report(scene.state, scene.now)
    assert said.covers(category=Category.DUPLICATE, source="export")
    switch(scene, switches.EXPORT_UNDER_WAY, on=True)
    assert not report(scene.state, scene.now).covers(category=Category.DUPLICATE, source="export")


def test_writeback_brings_cloud_users_to_active_directory_once_and_never_back():
    scene = stage()
    scene.cloud_user("Mira Sol", "mira")
    switch(scene, switches.WRITEBACK, on=True)
    scene.cycle()
    scene.cycle()
    (written,) = scene.state.ad.values()
    assert written.get("userPrincipalName") == "mira@contoso.com"
    assert len(scene.state.cloud) == 1
    assert not faults(scene)
