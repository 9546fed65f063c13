"""The page of the simulated directory: what is in it, and everything a person can do there."""

from __future__ import annotations

import pytest

from portal.accounts.models import Person, RecordEntry, Tenant
from portal.directories.simulator.people.acting import ACTIONS
from portal.directories.simulator.world.switches import SWITCHES
from portal.sync.doors import simulator
from portal.sync.models import SyncError, SyncState
from tests.pages.tenants.visitors import browser, words

HERE = "/en-us/public/tenants/contoso/demo/"


pytestmark = pytest.mark.django_db


@pytest.fixture
def contoso(committed_demo, db):
    """What a test does to the portal is undone; what it does in the simulated directory stays for the tests after it."""
    return committed_demo


@pytest.fixture
def ada(contoso):
    return browser(Person.objects.get(subject="local:ada"))


def test_it_says_that_nothing_here_is_real(ada):
    assert "This is not a real directory." in words(ada.get(HERE))


def test_it_shows_both_sides_every_switch_and_every_action(ada):
    page = words(ada.get(HERE))
    for one in ("Joe Jackson", "Microsoft Entra ID (", *SWITCHES, *(f"?action={name}" for name in ACTIONS)):
        assert one in page


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_every_action_has_a_form_with_its_choices(ada, name):
    page = words(ada.get(f"{HERE}?action={name}"))
    for one in ACTIONS[name].parameters:
        assert f'name="{one.name}"' in page


def test_a_person_changes_something_and_it_is_written_down(ada, contoso):
    joe = next(one for one in simulator(contoso).world().ad.values() if one.get("displayName") == "Joe Jackson")
    sent = ada.post(f"{HERE}act/", {"action": "ad-rename", "object": joe.id, "name": "Joe Renamed"})
    assert (sent.status_code, sent.url) == (303, HERE)
    assert "Joe Renamed" in words(ada.get(HERE))
    line = RecordEntry.objects.filter(tenant=contoso).latest("pk")
    assert (line.what, line.about, line.who) == ("demo-acted", "ad-rename", "Ada Lindgren")


def test_a_value_that_does_not_fit_is_said_beside_the_form_and_changes_nothing(ada, contoso):
    before = len(simulator(contoso).log())
    page = ada.post(f"{HERE}act/", {"action": "ad-rename", "object": "nobody", "name": "X"})
    assert page.status_code == 400
    assert "Nothing was changed." in words(page)
    assert 'value="X"' in words(page)
    assert len(simulator(contoso).log()) == before


def test_an_action_there_is_not_is_refused(ada):
    assert ada.post(f"{HERE}act/", {"action": "format-disk"}).status_code == 400


def test_a_switch_is_turned(ada, contoso):
    for way in ("on", "off"):
        ada.post(f"{HERE}act/", {"action": "switch", "name": "stagingMode", "on": way})
        assert simulator(contoso).world().switched("stagingMode") is (way == "on")


def test_a_cycle_runs_and_the_portal_closes_its_own_with_it(ada, contoso):
    before = SyncState.objects.get(tenant=contoso).cycle
    ada.post(f"{HERE}act/", {"action": "run-cycle"})
    assert SyncState.objects.get(tenant=contoso).cycle == before + 1


def test_a_deleted_person_clears_an_error_with_the_next_cycle(ada, contoso):
    error = SyncError.objects.of(contoso).open().filter(incoming_name="Berit Dahl").get()
    berit = next(one for one in simulator(contoso).world().ad.values() if one.get("displayName") == "Berit Dahl")
    ada.post(f"{HERE}act/", {"action": "ad-delete", "object": berit.id})
    ada.post(f"{HERE}act/", {"action": "run-cycle"})
    error.refresh_from_db()
    assert error.cleared_in is not None


def test_it_begins_anew_and_the_next_cycle_is_news(ada, contoso):
    ada.post(f"{HERE}act/", {"action": "run-cycle"})
    assert ada.post(f"{HERE}anew/").status_code == 303
    assert "Berit Dahl" in words(ada.get("/en-us/public/tenants/contoso/errors/?q=berit"))
    before = SyncState.objects.get(tenant=contoso).cycle
    ada.post(f"{HERE}act/", {"action": "run-cycle"})
    assert SyncState.objects.get(tenant=contoso).cycle == before + 1


def test_a_reader_looks_and_changes_nothing(contoso):
    rosa = browser(Person.objects.get(subject="local:rosa"))
    page = words(rosa.get(HERE))
    assert "You can look." in page
    assert "<button name=" not in page.partition("<main")[2]
    assert rosa.post(f"{HERE}act/", {"action": "run-cycle"}).status_code == 403
    assert rosa.post(f"{HERE}anew/").status_code == 403


def test_a_real_tenant_has_no_such_page(ada, contoso):
    Tenant.objects.filter(pk=contoso.pk).update(is_demo=False)
    assert ada.get(HERE).status_code == 404
    assert ada.post(f"{HERE}anew/").status_code == 404


def test_a_switch_of_the_scheduler_is_seen_at_once(ada):
    for on, is_stopped in (("off", True), ("on", False)):
        ada.post(f"{HERE}act/", {"action": "switch", "name": "schedulerEnabled", "on": on})
        assert ("scheduler is stopped" in words(ada.get("/en-us/public/tenants/contoso/errors/"))) is is_stopped
