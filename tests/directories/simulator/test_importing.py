from portal.directories.anchors import anchor_of
from tests.directories.simulator.scenes import faults, only_fault, stage


def test_a_new_user_reaches_the_cloud_in_one_cycle():
    scene = stage()
    ad_id = scene.user("Ada Lindgren", "ada")
    scene.cycle()
    made = scene.state.cloud[scene.cloud_of(ad_id)]
    assert (made.get("userPrincipalName"), made.sync) == ("ada@contoso.com", True)
    assert made.anchor == anchor_of(ad_id)


def test_the_first_export_writes_the_guid_that_keeps_the_anchor():
    scene = stage()
    ad_id = scene.user("Ada Lindgren", "ada")
    scene.cycle()
    assert scene.state.ad[ad_id].get("mS-DS-ConsistencyGuid") == ad_id


def test_an_object_outside_the_selected_units_stays_where_it_is():
    scene = stage()
    scene.user("Ada Lindgren", "ada", unit="OU=Leavers")
    scene.cycle()
    assert not scene.state.space
    assert not scene.state.cloud


def test_a_tagged_user_is_known_but_filtered_from_the_cloud():
    scene = stage()
    scene.user("Ada Lindgren", "ada", adminDescription=["User_filtered"])
    scene.cycle()
    assert [one.filtered for one in scene.state.metaverse.values()] == [True]
    assert not scene.state.cloud


def test_a_deleted_account_takes_its_cloud_user_into_the_bin():
    scene = stage()
    ad_id = scene.user("Ada Lindgren", "ada")
    scene.cycle()
    cloud_id = scene.cloud_of(ad_id)
    scene.do("ad-delete", object=ad_id)
    scene.cycle()
    assert scene.state.cloud[cloud_id].deleted_at == scene.now


def test_a_restored_account_gets_its_cloud_user_back():
    scene = stage()
    ad_id = scene.user("Ada Lindgren", "ada")
    scene.cycle()
    cloud_id = scene.cloud_of(ad_id)
    scene.do("ad-delete", object=ad_id)
    scene.cycle()
    scene.do("ad-restore", object=ad_id)
    scene.cycle()
    assert scene.state.cloud[cloud_id].is_live
    assert scene.state.cloud[cloud_id].sync is True


def test_moving_out_of_scope_deletes_in_the_cloud_too():
    scene = stage()
    ad_id = scene.user("Ada Lindgren", "ada")
    scene.cycle()
    cloud_id = scene.cloud_of(ad_id)
    scene.do("ad-move", object=ad_id, container=scene.container("OU=Leavers"))
    scene.cycle()
    assert not scene.state.cloud[cloud_id].is_live


def test_a_new_sync_server_matches_everyone_by_anchor():
    scene = stage()
    ad_id = scene.user("Ada Lindgren", "ada")
    scene.cycle()
    before = scene.cloud_of(ad_id)
    scene.do("rebuild-sync")
    scene.cycle()
    assert [one.id for one in scene.state.cloud.values()] == [before]
    assert not faults(scene)


def test_a_new_sync_server_stages_what_lost_its_source_as_an_orphan():
    scene = stage()
    ad_id = scene.user("Ada Lindgren", "ada")
    scene.cycle()
    scene.do("ad-delete", object=ad_id)
    scene.do("rebuild-sync")
    scene.cycle()
    (connector,) = scene.state.connectors.values()
    assert connector.pending == "import-add"
    assert scene.state.cloud[connector.cloud_id].is_live


def test_a_user_deleted_by_hand_in_the_cloud_is_restored_by_the_next_cycle():
    scene = stage()
    ad_id = scene.user("Ada Lindgren", "ada")
    scene.cycle()
    cloud_id = scene.cloud_of(ad_id)
    scene.do("cloud-delete", object=cloud_id)
    scene.cycle()
    assert scene.state.cloud[cloud_id].is_live
    assert scene.state.cloud[cloud_id].sync is True


def test_a_user_purged_by_hand_in_the_cloud_is_made_anew():
    scene = stage()
    ad_id = scene.user("Ada Lindgren", "ada")
    scene.cycle()
    old = scene.cloud_of(ad_id)
    scene.do("cloud-delete", object=old)
    scene.do("cloud-purge", object=old)
    scene.cycle()
    assert scene.cloud_of(ad_id) != old


def test_an_anchor_changed_after_the_export_is_an_error_until_it_is_set_back():
    scene = stage()
    ad_id = scene.user("Ada Lindgren", "ada")
    scene.cycle()
    scene.set(ad_id, "mS-DS-ConsistencyGuid", "2aa297b1-f230-4c74-9772-2e111eea7830")
    scene.cycle()
    assert only_fault(scene).type == "AttributeUpdateNotAllowed"
    scene.set(ad_id, "mS-DS-ConsistencyGuid", ad_id)
    scene.cycle()
    assert not faults(scene)
