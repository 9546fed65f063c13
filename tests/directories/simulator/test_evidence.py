from datetime import timedelta

import pytest

from portal.directories.evidence import MEANINGS, Answer, Confidence, Question, Result
from portal.directories.objects import Side
from tests.directories.simulator.scenes import Bench, orphan, pending_orphan, stage

Q1, Q2 = Question.STILL_ON_PREMISES, Question.SAME_USER


def by_lookup(finding):
    return {one.lookup: one for one in finding.evidence}


def two_people():
    scene = stage()
    scene.user("Joe Jackson", "Joe.J")
    scene.cycle()
    scene.user("Joe Johnson", "Joe.Johnson", userPrincipalName=["Joe.J@contoso.com"])
    scene.cycle()
    return Bench(scene)


def namesake():
    """As the orphan, but somebody else in another domain has the account name, a third one the old place in the directory."""
    scene = orphan(address_only=False)
    scene.user("Joe Jackson", "joe", domain="fabrikam.com")
    scene.user("Joe Johnson", "johnson")
    scene.cycle()
    return Bench(scene)


def filtered():
    """As the orphan, but the old account only moved to where nothing is synchronized."""
    scene = stage()
    old = scene.user("Ulrich Braun", "ulrich")
    scene.cycle()
    scene.do("ad-move", object=old, container=scene.container("OU=Leavers"))
    scene.do("rebuild-sync")
    scene.user("Ulrike Braun", "ulrike", proxyAddresses=["SMTP:ulrich@contoso.com"])
    scene.cycle()
    return Bench(scene)


def test_a_source_that_lives_and_is_connected_suggests_yes():
    finding = two_people().find(Q1)
    assert (finding.suggests, finding.confidence) == (Answer.YES, Confidence.DECISIVE)
    assert by_lookup(finding)["by-anchor"].meaning == "source-lives"


def test_a_source_in_the_recycle_bin_suggests_no():
    finding = Bench(orphan()).find(Q1)
    assert (finding.suggests, finding.confidence) == (Answer.NO, Confidence.STRONG)
    gone = by_lookup(finding)["deleted"]
    assert gone.result is Result.DELETED
    assert gone.objects[0].get("lastKnownParent").startswith("OU=People")


def test_a_source_out_of_scope_suggests_yes():
    finding = filtered().find(Q1)
    assert (finding.suggests, by_lookup(finding)["by-anchor"].meaning) == (Answer.YES, "source-filtered")


def test_another_account_that_is_pending_add_suggests_no():
    scene = pending_orphan()
    scene.user("Victoria Hart", "victoria", proxyAddresses=["SMTP:joe@contoso.com"])
    scene.cycle()
    bench = Bench(scene)
    fault = next(one for one in bench.faults() if one.incoming.display_name == "Victoria Hart")
    finding = bench.find(Q1, fault)
    hit = by_lookup(finding)["by-upn"]
    assert (hit.meaning, hit.suggests) == ("other-pending", Answer.NO)
    assert finding.suggests is Answer.NO


def test_another_account_with_the_same_account_name_is_said_to_be_another_one_and_never_a_yes():
    finding = namesake().find(Q1)
    hit = by_lookup(finding)["by-account"]
    assert (hit.result, hit.meaning, hit.suggests) == (Result.FOUND, "other-account", None)
    assert [one.display_name for one in hit.objects] == ["Joe Jackson"]
    assert (finding.suggests, finding.confidence) == (Answer.NO, Confidence.STRONG)


def test_who_stands_at_the_old_place_is_another_object_in_the_connector_space_too():
    finding = namesake().find(Q1)
    places = {one.sought: one.meaning for one in finding.evidence if one.where is Side.CONNECTOR_SPACE}
    assert by_lookup(finding)["by-dn"].meaning == "name-reused"
    assert sorted(places.values()) == ["is-incoming", "other-object", "other-object"]


def test_the_source_is_picked_out_among_others_with_its_account_name():
    scene = stage()
    scene.user("Joe Jackson", "Joe.J")
    scene.user("Joe Johnson", "Joe.J", domain="fabrikam.com")
    scene.cycle()
    scene.user("Joe Jonsson", "Joe.Jonsson", userPrincipalName=["Joe.J@contoso.com"])
    scene.cycle()
    finding = Bench(scene).find(Q1)
    hit = by_lookup(finding)["by-account"]
    assert (hit.meaning, [one.display_name for one in hit.objects]) == ("source-lives", ["Joe Jackson"])
    places = [one.meaning for one in finding.evidence if one.where is Side.CONNECTOR_SPACE]
    assert sorted(places) == ["is-incoming", "other-object", "source-lives"]


def test_a_source_that_lives_under_another_name_leaves_no_sign_for_no():
    bench = filtered()
    fault = bench.fault()
    ulrich = next(one for one in bench.world.ad.values() if one.get("displayName") == "Ulrich Braun")
    bench.act("ad-set", object=ulrich.id, attribute="userPrincipalName", value="braun@contoso.com")
    finding = bench.find(Q1, fault)
    assert Answer.NO not in {one.suggests for one in finding.evidence}
    assert finding.suggests is Answer.YES


@pytest.mark.parametrize("scene", [namesake, filtered, two_people, lambda: Bench(orphan())])
def test_only_what_has_the_anchor_or_the_identifier_of_the_existing_user_is_called_its_source(scene):
    bench = scene()
    for fault in bench.faults():
        finding = bench.find(Q1, fault)
        identified = {one.sought for one in finding.evidence if one.lookup in ("by-anchor", "by-sid") and one.suggests}
        says = {one.lookup for one in finding.evidence if one.meaning in ("source-lives", "source-filtered")}
        assert bool(says) == bool(identified)


def test_a_hit_with_the_incoming_anchor_is_said_to_be_the_incoming_object_and_never_a_yes():
    finding = Bench(orphan(address_only=False)).find(Q1)
    hit = by_lookup(finding)["by-upn"]
    assert (hit.result, hit.meaning, hit.suggests) == (Result.INCOMING, "is-incoming", None)
    assert finding.suggests is Answer.NO


def test_both_look_ups_are_shown_the_cloud_and_active_directory():
    evidence = by_lookup(Bench(orphan()).find(Q1))
    assert evidence["cloud-by-upn"].where is Side.CLOUD
    assert evidence["by-upn"].where is Side.AD


def test_the_connector_space_is_shown_for_what_was_found():
    finding = two_people().find(Q1)
    places = [one for one in finding.evidence if one.where is Side.CONNECTOR_SPACE]
    assert {one.result for one in places} == {Result.FOUND, Result.INCOMING}


def test_a_cloud_user_has_no_anchor_to_look_for():
    scene = stage()
    scene.cloud_user("Sales", "sales", address="SMTP:sales@contoso.com")
    scene.user("Desk", "desk", proxyAddresses=["SMTP:desk@contoso.com", "smtp:sales@contoso.com"])
    scene.cycle()
    evidence = by_lookup(Bench(scene).find(Q1))
    assert evidence["by-anchor"].result is evidence["deleted"].result is Result.NOTHING_TO_LOOK_FOR


def test_several_other_hits_are_left_to_the_person():
    scene = orphan()
    for number in (1, 2):
        scene.user(f"Joe {number}", f"joe{number}", userPrincipalName=["joe@contoso.com"], proxyAddresses=[])
    scene.cycle()
    bench = Bench(scene)
    fault = next(one for one in bench.faults() if one.attribute == "ProxyAddress")
    hit = by_lookup(bench.find(Q1, fault))["by-upn"]
    assert (hit.result, hit.suggests) == (Result.SEVERAL, None)


def test_the_same_security_identifier_is_decisive():
    scene = stage()
    ad_id = scene.user("Nadia Rossi", "nadia")
    scene.cycle()
    scene.set(ad_id, "mS-DS-ConsistencyGuid", "2aa297b1-f230-4c74-9772-2e111eea7830")
    scene.do("rebuild-sync")
    scene.cycle()
    finding = Bench(scene).find(Q2)
    assert (finding.suggests, finding.confidence) == (Answer.YES, Confidence.DECISIVE)


def test_an_identifier_in_the_history_is_decisive_too():
    scene = orphan()
    new = next(one for one in scene.state.ad.values() if one.is_live)
    old = next(one for one in scene.state.ad.values() if not one.is_live)
    new.put("sIDHistory", old.get("objectSid"))
    scene.cycle()
    assert by_lookup(Bench(scene).find(Q2))["security-identifier"].meaning == "sid-history"


def test_accounts_for_both_names_in_active_directory_mean_two_people():
    finding = two_people().find(Q2)
    assert (finding.suggests, by_lookup(finding)["both-names-on-premises"].suggests) == (Answer.NO, Answer.NO)


def test_the_same_employee_suggests_yes():
    finding = Bench(orphan()).find(Q2)
    assert (finding.suggests, by_lookup(finding)["employee-id"].result) == (Answer.YES, Result.SAME)


@pytest.mark.parametrize(
    ("name", "result"),
    [("JOE  JOHNSON", "same"), ("Jóe Johnson", "same"), ("Joe Johnsson", "similar"), ("Ann Other", "different")],
)
def test_names_are_compared_without_case_accents_and_doubled_blanks(name, result):
    scene = orphan()
    new = next(one for one in scene.state.ad.values() if one.is_live)
    scene.do("ad-rename", object=new.id, name=name)
    scene.cycle()
    assert by_lookup(Bench(scene).find(Q2))["display-name"].result == result


def test_dates_are_the_same_or_differ_and_are_never_alike():
    scene = orphan()
    existing = next(one for one in scene.state.cloud.values() if one.get("userPrincipalName") == "joe@contoso.com")
    existing.created_at -= timedelta(days=37)
    row = by_lookup(Bench(scene).find(Q2))["created"]
    assert (row.result, row.meaning) == (Result.DIFFERENT, "different")


def test_employee_numbers_one_apart_are_two_numbers():
    scene = orphan()
    scene.set(next(one.id for one in scene.state.ad.values() if one.is_live), "employeeID", "E100000001")
    cloud = next(one for one in scene.state.cloud.values() if one.get("employeeId"))
    cloud.put("employeeId", "E100000002")
    row = by_lookup(Bench(scene).find(Q2))["employee-id"]
    assert (row.result, row.suggests, row.confidence) == (Result.DIFFERENT, Answer.NO, Confidence.STRONG)


def test_different_identifiers_decide_nothing():
    row = by_lookup(Bench(orphan()).find(Q2))["security-identifier"]
    assert (row.result, row.suggests) == (Result.DIFFERENT, None)


def test_both_objects_are_shown_in_every_place():
    finding = Bench(orphan()).find(Question.OBJECTS)
    assert [one.side for one in finding.incoming] == ["ad", "connector-space", "metaverse", "connector-space", "cloud"]
    assert [one.side for one in finding.existing] == ["cloud"]
    assert all(one.is_incoming for one in finding.incoming)


def test_the_fingerprint_changes_with_either_object_and_with_nothing_else():
    bench = Bench(orphan())
    fault = bench.fault()
    before = bench.find(Q1, fault).fingerprint
    assert bench.find(Q2, fault).fingerprint == before
    bench.act("cloud-license", object=fault.existing.cloud_id, licence="Visio", on="on")
    assert bench.find(Q1, fault).fingerprint != before


def test_an_error_about_objects_that_are_gone_still_gets_an_answer():
    bench = Bench(orphan())
    fault = bench.fault()
    for cloud_id in (fault.incoming.cloud_id, fault.existing.cloud_id):
        bench.act("cloud-delete", object=cloud_id)
        bench.act("cloud-purge", object=cloud_id)
    finding = bench.find(Q1, fault)
    assert (finding.evidence, finding.suggests, finding.existing) == ((), None, ())


def test_every_meaning_is_a_sentence():
    assert all(sentence.endswith(".") for sentence in MEANINGS.values())
