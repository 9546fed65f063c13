import json
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from portal import clock
from portal.directories import wire
from portal.directories.eligibility import eligibility
from portal.directories.evidence import Finding, Question
from portal.directories.faults import Category, Report
from portal.directories.plans import Fix, Lease, Plan
from portal.directories.refusals import Refusal
from portal.directories.simulator.door import Simulator
from portal.directories.simulator.seed.contoso import contoso
from portal.directories.simulator.world.state import State
from portal.directories.simulator.world.store import MemoryStore

MOMENT = datetime(2026, 11, 20, 10, 7, tzinfo=UTC)
DOCUMENT = contoso(MOMENT).as_document()


@pytest.fixture
def door():
    with clock.frozen(MOMENT):
        yield Simulator(MemoryStore(DOCUMENT))


def diagnosed(door):
    return [fault for fault in door.errors().faults if eligibility(fault)]


def outcome(door, fault) -> str:
    try:
        return door.plan(Fix(fault=fault)).name
    except Refusal as refusal:
        return refusal.code


def test_it_begins_with_about_forty_errors_in_every_category(door):
    faults = door.errors().faults
    assert 40 <= len(faults) <= 50
    assert {fault.category for fault in faults} == set(Category)


def test_every_type_of_error_but_the_unknown_is_there(door):
    types = {fault.type for fault in door.errors().faults}
    assert len(types) == 13


def test_the_two_users_of_the_spec_share_a_name(door):
    fault = next(one for one in door.errors().faults if one.value == "Joe.J@contoso.com")
    assert {fault.incoming.display_name, fault.existing.display_name} == {"Joe Johnson", "Joe Jackson"}
    assert outcome(door, fault) == "existing-connected"


def test_many_orphans_can_be_fixed_and_the_others_show_the_refusals(door):
    outcomes = Counter(outcome(door, fault) for fault in diagnosed(door))
    assert outcomes["re-anchor-in-cloud"] >= 8
    assert outcomes["re-anchor-in-ad"] >= 2
    assert {"soft-deleted", "cloud-based", "restored-from-bin", "incoming-in-use", "two-existing"} <= set(outcomes)


def test_every_error_has_evidence_for_both_questions(door):
    for fault in diagnosed(door):
        for question in (Question.STILL_ON_PREMISES, Question.SAME_USER):
            assert door.find(question, fault).evidence


def test_each_orphan_that_can_be_fixed_is_cleared_by_the_next_cycle():
    keys = {(fault.incoming.key, fault.value): fault for fault in diagnosed(Simulator(MemoryStore(DOCUMENT)))}
    for (key, _), fault in keys.items():
        with clock.frozen(MOMENT):
            door = Simulator(MemoryStore(DOCUMENT))
            try:
                plan = door.plan(Fix(fault=fault))
            except Refusal:
                continue
            for step in plan.steps:
                door.apply(step, Lease(fix="one", number=1, holder="worker"))
        with clock.frozen(MOMENT + timedelta(minutes=30)):
            assert key not in {one.incoming.key for one in door.errors().faults}


def test_the_next_cycle_keeps_what_nobody_cured(door):
    before = {(fault.incoming.key, fault.type, fault.attribute, fault.value) for fault in door.errors().faults}
    with clock.frozen(MOMENT + timedelta(hours=3)):
        after = {(fault.incoming.key, fault.type, fault.attribute, fault.value) for fault in door.errors().faults}
    gone = {type for _, type, _, _ in before - after}
    assert gone == {
        "InvalidHardMatch",
        "AttributeValueMustBeUnique",
    }  # the block was lifted; a new group is quarantined


def test_the_same_moment_gives_the_same_contoso():
    assert contoso(MOMENT).as_document() == DOCUMENT


def test_ids_stay_and_times_move_with_the_moment():
    later = contoso(MOMENT + timedelta(days=90))
    assert set(later.cloud) == set(DOCUMENT["cloud"])
    assert later.engine.export_ended_at - timedelta(days=90) == datetime(2026, 11, 20, 10, tzinfo=UTC)


def test_it_has_names_as_they_are_in_the_world():
    names = " ".join(one["attributes"].get("displayName", [""])[0] for one in DOCUMENT["ad"].values())
    assert all(sign in names for sign in ("山田", "حدّاد", "נועה", "🦊", '"Shiv"', "'", "Ö"))
    assert max(len(one["attributes"]["displayName"][0]) for one in DOCUMENT["ad"].values()) > 100


def test_what_it_remembers_goes_through_json_and_back():
    text = json.dumps(DOCUMENT, sort_keys=True)
    assert State.model_validate(json.loads(text)).as_document() == DOCUMENT


def test_it_does_not_mind_a_store_that_reorders_keys():
    shuffled = Simulator(MemoryStore(json.loads(json.dumps(DOCUMENT, sort_keys=True))))
    straight = Simulator(MemoryStore(DOCUMENT))
    with clock.frozen(MOMENT + timedelta(hours=2)):
        assert shuffled.errors() == straight.errors()
        assert shuffled.world() == straight.world()


def test_reports_findings_and_plans_can_be_kept_as_json(door):
    fault = next(one for one in diagnosed(door) if outcome(door, one) == "re-anchor-in-cloud")
    things = [(Report, door.errors()), (Plan, door.plan(Fix(fault=fault)))]
    things.append((Finding, door.find(Question.STILL_ON_PREMISES, fault)))
    for shape, thing in things:
        assert wire.load(shape, json.loads(json.dumps(wire.dump(thing)))) == thing
