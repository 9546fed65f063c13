"""The whole diagnosis by keyboard alone: from the list to the fix, with the focus always where one reads."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, Route, expect

pytestmark = pytest.mark.django_db
MOST_STOPS = 120


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until `wanted` has the focus; every stop on the way must be seen."""
    wanted.first.wait_for()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if wanted.first.evaluate("element => element === document.activeElement"):
            return
        assert page.evaluate("document.activeElement !== document.body || document.hasFocus()")
    raise AssertionError(f"Tab never reaches {wanted}")


def shows_its_focus(page: Page) -> bool:
    return page.evaluate(
        """() => {
            const seen = (element) => element && getComputedStyle(element).outlineStyle !== 'none';
            const focused = document.activeElement;
            return seen(focused) || seen(focused.closest('label'));
        }"""
    )


def choose(page: Page, value: str) -> None:
    """A group of radio buttons is one stop; arrows choose within it."""
    group = page.locator('#step input[name="answer"]')
    stop = group.first if not group.locator("xpath=self::*[@checked]").count() else page.locator("#step input[checked]")
    tab_to(page, stop)
    page.keyboard.press("Space")
    for _ in range(group.count()):
        if page.evaluate("document.activeElement.value") == value:
            break
        page.keyboard.press("ArrowDown")
    assert shows_its_focus(page)
    tab_to(page, page.locator("#step form.question button.primary"))
    page.keyboard.press("Enter")


def test_from_the_list_to_a_fix_without_a_mouse(visit):
    page = visit("ada")
    tab_to(page, page.get_by_label("Search", exact=True).and_(page.locator(".filters input")))
    page.keyboard.type("Joe.J@fabrikam.com")
    page.keyboard.press("Enter")
    expect(page.locator(".row-error")).to_have_count(2)
    tab_to(page, page.locator(".row-error a"))
    assert shows_its_focus(page)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Does the user exist in your on-premises Active Directory?")).to_be_visible()
    choose(page, "no")
    expect(page.get_by_text("Do both of these accounts belong to the same user?")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "step"
    choose(page, "yes")
    tab_to(page, page.locator('#step a[href$="/fix/"]'))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("checkbox"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Apply Fix"))
    page.keyboard.press("Enter")
    expect(page.locator(".fix-done")).to_be_visible()


def test_the_first_stop_of_every_page_leads_past_the_frame(visit):
    page = visit()
    page.goto("/en-us/public/articles/native/duplicated-attributes/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_picture_opens_and_closes_and_gives_the_focus_back(visit):
    page = visit()
    page.goto("/en-us/public/articles/native/duplicated-attributes/")
    tab_to(page, page.locator(".zoom"))
    page.keyboard.press("Enter")
    expect(page.locator("dialog.zoomed")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.zoomed")).to_have_count(0)
    expect(page.locator(".zoom").first).to_be_focused()


def test_an_anchor_with_a_percent_sign_stops_no_script(visit):
    def named(route: Route) -> None:
        response = route.fetch()
        route.fulfill(
            response=response, body=response.text().replace('"level-2"><a href="#', '"level-2"><a href="#100%', 1)
        )

    page = visit()
    page.route("**/articles/native/duplicated-attributes/", named)
    page.goto("/en-us/public/articles/native/duplicated-attributes/")
    expect(page.locator(".contents a[href^='#100%']")).to_have_count(1)
    expect(page.locator(".zoom").first).to_be_attached()
