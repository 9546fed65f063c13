import pytest

from portal.directories.simulator.people.acting import ACTIONS, choices
from portal.directories.simulator.people.actions import ActionRefused
from tests.directories.simulator.scenes import Bench, orphan, stage


def one_user():
    scene = stage()
    ad_id = scene.user("Ada Lindgren", "ada")
    scene.cycle()
    return Bench(scene), ad_id, scene.cloud_of(ad_id)


def refusal(bench, name, /, **values) -> ActionRefused:
    before = bench.world
    with pytest.raises(ActionRefused) as caught:
        bench.act(name, **values)
    assert bench.world == before
    assert caught.value.sentence.endswith(".")
    return caught.value


def test_every_action_is_in_the_table_under_its_name():
    assert all(action.name == name and action.says for name, action in ACTIONS.items())


def test_what_is_done_is_in_the_log_with_the_person():
    bench, ad_id, _ = one_user()
    bench.act("ad-rename", object=ad_id, name="Ada Lovelace")
    line = bench.simulator.log()[-1]
    assert (line.who, line.what, line.before, line.after) == ("Ada", "ad-rename", "Ada Lindgren", "Ada Lovelace")


def test_an_action_that_is_none_is_refused():
    refusal(one_user()[0], "format-disk")


def test_a_missing_value_is_asked_for():
    bench, ad_id, _ = one_user()
    assert refusal(bench, "ad-rename", object=ad_id).parameter == "name"


@pytest.mark.parametrize("bad", ["a\x00b", "a\x1bb", "\ud800", "x" * 1025])
def test_a_value_that_cannot_be_stored_is_refused(bad):
    bench, ad_id, _ = one_user()
    assert refusal(bench, "ad-rename", object=ad_id, name=bad).parameter == "name"


def test_an_object_that_is_not_there_is_refused():
    assert refusal(one_user()[0], "ad-delete", object="nobody").parameter == "object"


def test_a_deleted_object_is_offered_for_restoring_only():
    bench, ad_id, _ = one_user()
    bench.act("ad-delete", object=ad_id)
    refusal(bench, "ad-delete", object=ad_id)
    bench.act("ad-restore", object=ad_id)
    assert bench.world.ad[ad_id].is_live


def test_what_can_be_chosen_is_what_is_there():
    bench, ad_id, _ = one_user()
    (parameter,) = ACTIONS["ad-delete"].parameters
    assert choices(bench.world, parameter) == [(ad_id, "Ada Lindgren (ada@contoso.com)")]


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("displayName", ""),
        ("mS-DS-ConsistencyGuid", "not a guid"),
        ("mS-DS-ConsistencyGuid", "2AA297B1-F230-4C74-9772-2E111EEA7830"),
        ("thumbnailPhoto", "large"),
        ("manager", "nobody"),
        ("objectSid", "S-1-5"),
    ],
)
def test_a_value_that_an_attribute_cannot_take_is_refused(attribute, value):
    bench, ad_id, _ = one_user()
    refusal(bench, "ad-set", object=ad_id, attribute=attribute, value=value)


def test_a_value_twice_or_one_that_is_not_there_is_refused():
    bench, ad_id, _ = one_user()
    refusal(bench, "ad-add-value", object=ad_id, attribute="proxyAddresses", value="smtp:ADA@contoso.com")
    refusal(bench, "ad-remove-value", object=ad_id, attribute="proxyAddresses", value="smtp:bo@contoso.com")


def test_an_account_made_anew_has_another_guid_and_another_security_identifier():
    bench, ad_id, _ = one_user()
    bench.act("ad-recreate", object=ad_id)
    old, new = sorted(bench.world.ad.values(), key=lambda one: one.seq)
    assert old.get("objectSid") != new.get("objectSid")
    assert not new.get("mS-DS-ConsistencyGuid")
    assert old.dn != new.dn


def test_a_synchronized_user_is_not_changed_in_the_cloud():
    bench, _, cloud_id = one_user()
    said = refusal(bench, "cloud-set-name", object=cloud_id, **{"sign-in-name": "other@contoso.com"})
    assert "on-premises mastered" in said.sentence


def test_a_name_that_is_taken_is_refused_in_the_cloud():
    bench, _, _ = one_user()
    refusal(bench, "cloud-create-user", name="Other", **{"sign-in-name": "ADA@contoso.com"})


def test_only_a_user_moved_to_the_cloud_can_be_moved_back():
    bench, _, cloud_id = one_user()
    refusal(bench, "cloud-switch-source", object=cloud_id, source="on-premises")
    bench.act("cloud-switch-source", object=cloud_id, source="cloud")
    bench.act("cloud-switch-source", object=cloud_id, source="on-premises")
    assert bench.world.cloud[cloud_id].sync is False


@pytest.mark.parametrize("minutes", ["0", "-5", "1441", "soon", "1.5"])
def test_an_interval_that_makes_no_sense_is_refused(minutes):
    assert refusal(one_user()[0], "interval", minutes=minutes).parameter == "minutes"


@pytest.mark.parametrize(
    "values", [{"fault": "earthquake"}, {"fault": "slow", "seconds": "9999"}, {"fault": "slow", "times": "0"}]
)
def test_a_fault_that_cannot_be_played_is_refused(values):
    refusal(one_user()[0], "play-fault", **values)


def test_the_sweep_says_what_it_gave_back():
    bench = Bench(orphan())
    fault = bench.fault()
    for action in ("cloud-delete", "cloud-purge"):
        bench.act(action, object=fault.existing.cloud_id)
    assert bench.act("run-sweep") == "Values given back by the sweep: 1. Still in quarantine: 0."
