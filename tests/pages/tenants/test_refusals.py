"""Every refusal, produced in the simulator and met by a person over HTTP: sentence, object, next action, status."""

from __future__ import annotations

from html import unescape

import pytest

from portal.accounts.models import Membership
from portal.accounts.rights import Role
from portal.diagnosis import questions
from portal.diagnosis.fixes.claims import fix_of
from portal.diagnosis.models import Fix
from portal.directories.refusals import REFUSALS
from portal.directories.simulator.world import switches
from portal.sync.models import SyncError
from tests.diagnosis.test_running import fall_silent, stop_after
from tests.directories.simulator.scenes import stage
from tests.pages.tenants.refusal_scenes import SCENES, Scene
from tests.pages.tenants.visitors import address, browser, hidden, of_error, words

# No person applying a fix can meet these: they have tests of their own below, or are for a worker that was taken over.
MET_ELSEWHERE = {"not-diagnosed", "cycle-under-way", "older-lease"}
# A setting, the service and a right are in the way here; the facts name them.
OF_NO_OBJECT = {"user-writeback", "export-under-way", "privilege-missing"}
LABELS = {"not-started": "Not Started", "manual-fix-required": "Manual Fix Required"}
EARLY = [scene for scene in SCENES if scene.written is None]
LATE = [scene for scene in SCENES if scene.written is not None]


@pytest.fixture(autouse=True)
def quick(settings) -> None:
    settings.FIX_WAIT_SECONDS = 0.0


def says(response) -> str:
    return unescape(words(response))


def answered(visitor, office, *answers: str) -> None:
    """On the pages, as a person does."""
    for answer in answers:
        form = hidden(visitor.get(of_error(office)))
        assert visitor.post(of_error(office, "answer/"), {**form, "answer": answer}).status_code == 303


def confirmed(visitor, office, **more: str):
    """The dry run read and confirmed; the page of the fix."""
    seen = visitor.get(of_error(office, "fix/"), more).context.get("plan")
    form = {"seen": seen.digest if seen else "", "confirmed": "1", **more}
    sent = visitor.post(of_error(office, "fix/"), form)
    assert sent.status_code == 303
    return visitor.get(sent.url)


def meant(office, scene: Scene) -> list[str]:
    """What the page has to name, with the ids of this office."""
    error = office.error()
    other = next((one.existing_name for one in office.errors() if one.existing_key != error.existing_key), "")
    ids = {"existing": error.existing_key, "incoming": error.fault["incoming"]["cloud_id"], "other": other}
    return [one.format(**ids, source=_source(office)) for one in scene.named]


def _source(office) -> str:
    """The objectGUID of the incoming account."""
    plan = Fix.objects.exclude(plan={}).first()
    return plan.plan["steps"][0]["notes"]["source"] if plan else ""


def assert_told(page, office, scene: Scene, *, label: str = "Status it leaves") -> None:
    told = says(page)
    for one in (scene.sentence, scene.then, "What to do next", label, *meant(office, scene)):
        assert one in told
    assert LABELS[scene.leaves] in told.partition(label)[2][:200]


def assert_kept(office, error: SyncError, scene: Scene, written: list[str]) -> None:
    """What the database has of it: the refusal, the status, the answers, and nobody's claim."""
    fix = Fix.objects.get()
    assert (fix.state, fix.refusal["code"], fix.refusal["sentence"]) == ("refused", scene.code, scene.sentence)
    assert (fix.refusal["leaves"], office.status(error)) == (scene.leaves, scene.leaves)
    assert fix.refusal["written"] == office.writes() == written
    diagnosis = questions.current(error)
    assert (diagnosis.outcome, diagnosis.status) == ("orphaned", scene.leaves)
    assert fix_of(error) is None
    named = fix.refusal["object"]
    assert named is None if scene.code in OF_NO_OBJECT else named["display_name"] or named["cloud_id"]


@pytest.mark.parametrize("scene", EARLY, ids=lambda scene: scene.says)
def test_a_refusal_before_anything_is_written(open_office, scene):
    office = open_office(scene.set())
    ada, error = browser(office.ada), office.error()
    if not scene.answered:
        scene.happens(office)
    answered(ada, office, "no", "yes")
    if scene.answered:
        scene.happens(office)
    dry_run = ada.get(of_error(office, "fix/"))
    assert (dry_run.status_code, office.status(), Fix.objects.exists()) == (409, "not-started", False)
    not_yet = {"label": "Status once it is on record"} if scene.leaves == "manual-fix-required" else {}
    assert_told(dry_run, office, scene, **not_yet)
    assert_told(confirmed(ada, office), office, scene)
    assert_kept(office, error, scene, written=[])


@pytest.mark.parametrize("scene", LATE, ids=lambda scene: scene.says)
def test_a_refusal_while_a_worker_is_at_it(open_office, scene):
    office = open_office(scene.set())
    ada, error = browser(office.ada), office.error()
    answered(ada, office, "no", "yes")
    running = confirmed(ada, office)
    fix = Fix.objects.get()
    if scene.written:
        stop_after(office, fix, steps=scene.written)
        fall_silent(office, fix)
    written = office.writes()
    scene.happens(office)
    office.run(fix)
    assert len(written) == scene.written
    assert_told(browser(office.cem).get(running.request["PATH_INFO"]), office, scene)
    assert_kept(office, error, scene, written)


def test_every_refusal_has_a_scene():
    assert {scene.code for scene in SCENES} | MET_ELSEWHERE == set(REFUSALS)


def test_a_used_user_in_the_bin_is_offered_for_restoring_and_an_unused_one_is_not(open_office):
    told = {}
    for number, scene in enumerate(SCENES[:2]):
        office = open_office(scene.set(), slug=f"office-{number}")
        scene.happens(office)
        ada = browser(office.ada)
        answered(ada, office, "no", "yes")
        told[scene.says] = "restore first" in says(ada.get(of_error(office, "fix/")))
    assert told == {"the bin holds the original": True, "the bin holds a user that nobody used": False}


def test_the_hardened_identifier_does_not_stop_a_plan_that_clears_it(office):
    office.switch(switches.HARDENED_IDENTIFIER, on=True)
    ada = browser(office.ada)
    answered(ada, office, "no", "yes")
    allowed = {"clears_identifier": "1"}
    assert "onPremisesObjectIdentifier" in says(ada.get(of_error(office, "fix/"), allowed))
    running = confirmed(ada, office, **allowed)
    office.run(Fix.objects.get())
    assert "Pending Sync" in says(ada.get(running.request["PATH_INFO"]))
    assert "clear-identifier" in office.writes()


def test_a_time_out_before_any_write_leaves_not_started_and_says_when_to_try_again(office):
    ada = browser(office.ada)
    answered(ada, office, "no", "yes")
    running = confirmed(ada, office)
    office.play("timeout-before", operation="plan", times="99")
    office.run(Fix.objects.get())
    told = says(ada.get(running.request["PATH_INFO"]))
    assert "The directory did not answer, and nothing was written." in told
    assert "Refresh the page and apply the fix again after the next cycle." in told
    assert (Fix.objects.get().state, office.writes(), office.status()) == ("failed", [], "not-started")


def test_a_write_without_an_answer_is_said_to_be_unknown_and_the_pair_stays_claimed(office):
    ada = browser(office.ada)
    answered(ada, office, "no", "yes")
    running = confirmed(ada, office)
    office.play("timeout-before", operation="apply", step="set-anchor", times="99")
    office.run(Fix.objects.get())
    told = says(ada.get(running.request["PATH_INFO"]))
    assert "The directory did not say whether the last step was written." in told
    assert (Fix.objects.get().state, office.status()) == ("unknown", "not-started")
    assert fix_of(office.error()) == Fix.objects.get()


def test_an_error_of_another_kind_is_manual_by_rule_and_says_why(open_office):
    scene = stage()
    scene.contact("One", "same@contoso.com")
    scene.contact("Two", "same@contoso.com")
    scene.cycle()
    scene.cycle()
    office = open_office(scene)
    page = browser(office.ada).post(of_error(office, "fix/"), {"confirmed": "1"})
    assert page.status_code == 409
    assert office.status() == "manual-fix-required"
    assert "Manual Fix Required" in says(browser(office.ada).get(of_error(office)))


def test_a_cycle_under_way_refuses_another_one(office):
    office.switch(switches.EXPORT_UNDER_WAY, on=True)
    page = browser(office.ada).post(address(office, "cycle/"))
    assert page.status_code == 409
    assert "Sync is already running." in says(page)
    assert "Wait until the running cycle ends, and try again." in says(page)


def test_a_person_who_lost_her_role_is_told_so_and_nothing_is_kept(office):
    ada = browser(office.ada)
    answered(ada, office, "no", "yes")
    Membership.objects.filter(person=office.ada).update(role=Role.READER)
    assert ada.post(of_error(office, "fix/"), {"confirmed": "1"}).status_code == 403
    assert (Fix.objects.exists(), office.status()) == (False, "not-started")
