"""The tour of the README in a browser, with JavaScript and without it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db

WAYS = ["with-scripts", "without-scripts"]
PENDING = "Pending Sync"


def answer(page: Page, name: str) -> None:
    page.locator(f'#step input[name="answer"][value="{name}"]').check()
    page.get_by_role("button", name="Continue").click()


def wait_for(page: Page, text: str) -> None:
    """Without scripts a person presses Refresh until it is there."""
    for _ in range(60):
        if page.get_by_text(text).first.is_visible():
            return
        if (refresh := page.get_by_role("link", name="Refresh")).is_visible():
            refresh.click()
        page.wait_for_timeout(250)
    expect(page.get_by_text(text).first).to_be_visible()


def run_cycle(page: Page) -> None:
    page.get_by_role("navigation", name="Pages of this tenant").get_by_role("link", name="Sync errors").click()
    page.get_by_role("button", name="Run a sync cycle now").click()
    expect(page.get_by_text(re.compile(r"Cycle \d+ is over"))).to_be_visible()


@pytest.mark.parametrize(("name", "scripts"), [("山田 太郎", True), ("Åsa Öberg", False)], ids=WAYS)
def test_no_and_yes_lead_to_the_fix_and_the_next_cycle_clears_the_error(visit, name, scripts):
    page = visit("ada", scripts=scripts)
    page.get_by_role("link", name=name).first.click()
    error = page.url
    expect(page.get_by_text("Does the user exist in your on-premises Active Directory?")).to_be_visible()
    answer(page, "no")
    expect(page.get_by_text("Do both of these accounts belong to the same user?")).to_be_visible()
    answer(page, "yes")
    page.get_by_role("link", name="See the dry run").click()
    for one in ("What is written", "What was checked", "Needs", "Undo"):
        expect(page.get_by_text(one).first).to_be_visible()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Apply Fix").click()
    wait_for(page, "Applied.")
    page.get_by_role("link", name="Back to the error").click()
    expect(page.locator(".status-line").get_by_text(PENDING)).to_be_visible()
    run_cycle(page)
    page.goto(error)
    expect(page.get_by_text("This error is gone")).to_be_visible()


@pytest.mark.parametrize(("name", "scripts"), [("Tuva Lie", True), ("Ulrike Braun", False)], ids=WAYS)
def test_yes_and_close_hold_for_one_cycle(visit, name, scripts):
    page = visit("ada", scripts=scripts)
    page.get_by_role("link", name=name).first.click()
    error = page.url
    answer(page, "yes")
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".status-line").get_by_text("Manual Fix Required")).to_be_visible()
    run_cycle(page)
    page.goto(error)
    expect(page.locator(".status-line").get_by_text("Not Started")).to_be_visible()
    expect(page.locator(".marks").get_by_text("Still there")).to_be_visible()
    expect(page.get_by_text("Ada Lindgren answered:")).to_be_visible()


def test_with_scripts_only_the_step_changes_and_takes_the_focus(visit):
    page = visit("ada")
    page.get_by_role("link", name="Petra Svensson").first.click()
    page.evaluate("window.untouched = true")
    answer(page, "no")
    expect(page.get_by_text("Do both of these accounts belong to the same user?")).to_be_visible()
    assert page.evaluate("window.untouched && document.activeElement.id") == "step"
    page.get_by_role("link", name="Change").click()
    expect(page.get_by_text("Does the user exist in your on-premises Active Directory?")).to_be_visible()
    expect(page.locator('input[value="no"]')).to_be_checked()
    assert page.evaluate("window.untouched")


def test_a_filter_changes_the_list_and_the_address(visit):
    page = visit("ada")
    page.get_by_label("Category").select_option("large-attribute")
    page.wait_for_url("**/?category=large-attribute")
    expect(page.locator(".row-error")).to_have_count(3)
    page.get_by_label("Search", exact=True).fill("zoe@nowhere.example")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("No error fits these filters")).to_be_visible()
    assert "zoe" not in page.url


def test_times_are_the_readers_own_and_the_next_cycle_is_counted_down(visit):
    page = visit("rosa")
    expect(page.locator(".countdown")).to_have_text(re.compile(r"\(\d+:\d\d\)"))
    assert page.locator("time[data-local]").count() == 0


def test_arabic_times_have_the_digits_and_the_calendar_of_their_page(visit):
    page = visit("rosa")
    page.goto(page.url.replace("/en-us/", "/ar-sa/"))
    time = page.locator("main time").first
    assert time.get_attribute("datetime")[:4] in time.text_content()


def test_the_corner_fills_itself_on_pages_that_everybody_shares(visit):
    page = visit("cem")
    page.goto("/en-us/public/")
    expect(page.locator("#corner").get_by_text("Cem Yıldız")).to_be_visible()
    expect(page.get_by_role("heading", name="Your sync errors")).to_be_visible()
    page.locator("#corner summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("#corner").get_by_role("link", name="Sign in")).to_be_visible()


def test_without_scripts_the_corner_is_a_link(visit):
    page = visit(scripts=False)
    page.goto("/en-us/public/")
    page.locator("#corner").get_by_role("link", name="Sign in").click()
    expect(page.get_by_role("heading", name="Sign in to the demo")).to_be_visible()


def test_a_portal_that_does_not_answer_is_said(visit):
    page = visit("ada", may_complain=True)
    page.get_by_role("link", name="Rhea Thomas").first.click()
    page.route("**/answer/", lambda route: route.abort())
    page.locator('#step input[value="no"]').check()
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Continue").click()
    expect(page.locator("#trouble")).to_contain_text("The portal did not answer.")
