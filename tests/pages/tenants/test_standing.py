"""How the state of a tenant's cycles is said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal import clock
from portal.sync.models import SyncState
from tests.pages.tenants.visitors import HTMX, address, browser, of_error, words


def describe(office, **report) -> None:
    state = office.state
    SyncState.objects.filter(tenant=office.tenant).update(report={**state.report, **report})


def strip(office, query: str = "") -> str:
    return words(browser(office.rosa).get(address(office, "standing/") + query, headers=HTMX))


def test_it_counts_down_to_the_next_cycle(office):
    assert "data-until" in strip(office)
    assert "overdue" not in strip(office)


def test_a_late_cycle_is_said_with_the_time_since(office):
    late = clock.now() - timedelta(minutes=40)
    describe(office, next_cycle_at=late.isoformat())
    assert "overdue since" in strip(office)
    assert f"{late:%H:%M} UTC" in strip(office)


def test_a_stopped_scheduler_is_said_with_its_cure(office):
    describe(office, scheduler_enabled=False)
    assert "scheduler is stopped" in strip(office)
    assert "Set-ADSyncScheduler -SyncCycleEnabled $true" in strip(office)
    assert "data-until" not in strip(office)


@pytest.mark.parametrize(
    ("report", "says"),
    [({"staging": True}, "staging mode"), ({"run_status": "stopped-server-down"}, "stopped-server-down")],
)
def test_what_is_wrong_with_the_server_is_said(office, report, says):
    describe(office, **report)
    assert says in strip(office)


def test_an_incomplete_reading_is_said(office):
    SyncState.objects.filter(tenant=office.tenant).update(trouble="Only a part of the report came.")
    assert "Only a part of the report came." in strip(office)
    assert "cleared no error" in strip(office)


def test_a_page_that_stays_open_is_told_of_a_new_cycle(office):
    shown = office.state.cycle
    assert "new cycle has come in" not in strip(office, f"?shown={shown}")
    SyncState.objects.filter(tenant=office.tenant).update(cycle=shown + 1)
    assert "new cycle has come in" in strip(office, f"?shown={shown}")
    assert f"?shown={shown}" in strip(office, f"?shown={shown}")


def test_an_admin_runs_a_cycle_and_is_told_what_it_brought(office):
    office.later(minutes=31)
    visitor = browser(office.ada)
    ran = visitor.post(address(office, "cycle/"), {"then": address(office, "record/")})
    assert (ran.status_code, ran.url) == (303, address(office, "record/"))
    assert "still there" in words(visitor.get(ran.url))


def test_a_reader_runs_none(office):
    before = office.state.cycle
    assert browser(office.rosa).post(address(office, "cycle/")).status_code == 403
    assert office.state.cycle == before


def test_a_cycle_that_cannot_run_says_why(office):
    office.switch("exportUnderWay", on=True)
    refused = browser(office.ada).post(address(office, "cycle/"))
    assert refused.status_code == 409
    assert "Sync is already running." in words(refused)


def test_a_directory_in_trouble_is_a_page_of_its_own(office):
    office.play("unreachable", operation="start_cycle")
    answer = browser(office.ada).post(address(office, "cycle/"))
    assert answer.status_code == 503
    assert "could not be reached" in words(answer)


@pytest.mark.parametrize("shown", ["%C2%B2", "%D9%A3", "-1", "9" * 5000, "%F0%9F%92%A9"])
def test_a_cycle_number_that_is_none_fails_nothing(office, shown):
    assert "data-until" in strip(office, f"?shown={shown}")


def test_a_stopped_scheduler_is_said_with_the_time_since_a_cycle_is_missing(office):
    late = clock.now() - timedelta(minutes=40)
    describe(office, scheduler_enabled=False, next_cycle_at=late.isoformat())
    assert "No cycle is planned" in strip(office)
    assert "overdue since" in strip(office)


def test_a_cycle_in_staging_mode_ended_well(office):
    describe(office, staging=True, run_status="success-staging")
    assert "staging mode" in strip(office)
    assert "did not end well" not in strip(office)


def test_the_dry_run_says_that_the_sync_server_stands_still(office):
    office.at_the_fix()
    describe(office, staging=True)
    assert "staging mode" in words(browser(office.ada).get(of_error(office, "fix/")))


def test_a_cycle_run_from_a_filtered_list_leads_back_to_it(office):
    office.later(minutes=31)
    visitor = browser(office.ada)
    visitor.get(address(office, "errors/") + "?category=duplicate-attribute")
    ran = visitor.post(address(office, "cycle/"), headers={"Referer": "http://localhost" + address(office, "errors/")})
    assert ran.url == address(office, "errors/") + "?category=duplicate-attribute"
