"""The demo behind the browser stands still: what the clock makes due is not run beneath the pages that are looked at."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from portal import clock
from portal.sync.doors import simulator
from portal.sync.models import SyncState

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.soak]

# The portal's own worker looks for due cycles once a minute.
LONGER_THAN_A_LOOK_SECONDS = 75


def test_a_cycle_that_falls_due_is_left_to_the_person_who_runs_it(visit, committed_demo):
    page = visit("ada")
    cycle = page.locator("main").get_by_text("Now in cycle").inner_text()
    simulator(committed_demo).start_cycle()
    assert SyncState.objects.filter(tenant=committed_demo).update(due_at=clock.now() - timedelta(minutes=1)) == 1
    time.sleep(LONGER_THAN_A_LOOK_SECONDS)
    page.reload()
    expect(page.locator("main")).to_contain_text(cycle)
    page.get_by_role("button", name="Run a sync cycle now").click()
    expect(page.locator("main")).not_to_contain_text(cycle)
