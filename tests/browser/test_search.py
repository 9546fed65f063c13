"""The search in a browser: suggestions by keyboard, results in place, messages that stay out of addresses, and no scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.test_access import complaints, is_too_wide

pytestmark = pytest.mark.django_db

HERE = "/en-us/public"
MESSAGE = (
    "Unable to update this object because the following attributes associated with this object have values that may already"
    " be associated with another object in your local directory services: [ProxyAddresses SMTP:joe@contoso.com;]."
)
LOOKS = {
    "light": ("en-us", {}),
    "dark": ("en-us", {"dark": True}),
    "arabic": ("ar-sa", {}),
    "phone": ("sv-se", {"width": 320}),
    "arabic-phone": ("ar-sa", {"width": 320, "dark": True}),
}


def test_a_title_is_chosen_by_keyboard(visit):
    page = visit()
    page.goto(f"{HERE}/services/")
    field = page.get_by_role("combobox")
    field.press_sequentially("source anch")
    expect(page.get_by_role("option").first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    chosen = page.locator('[role="option"][aria-selected="true"]')
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    expect(field).to_be_focused()
    title = chosen.text_content()
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_escape_closes_the_titles_and_keeps_what_was_typed(visit):
    page = visit()
    page.goto(f"{HERE}/")
    field = page.get_by_role("combobox")
    field.press_sequentially("anchor")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("ArrowUp")
    field.press("Escape")
    expect(page.get_by_role("option").first).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("anchor")
    field.press("Enter")
    page.wait_for_url("**/search/?q=anchor")


def test_results_come_in_place_are_announced_and_back_restores(visit):
    page = visit()
    page.goto(f"{HERE}/search/?q=anchor")
    before = page.locator("#found-status").text_content()
    field = page.get_by_role("combobox")
    field.press_sequentially("s")
    field.fill("quarantine")
    field.press("Enter")
    page.wait_for_url("**/search/?q=quarantine")
    expect(page.locator("#found-status[role=status]")).not_to_have_text(before)
    expect(field).to_be_focused()
    page.wait_for_timeout(400)
    expect(page.get_by_role("option").first).to_be_hidden()
    expect(page.locator("#language-here")).to_have_value(f"{HERE}/search/?q=quarantine")
    page.go_back()
    page.wait_for_url("**/search/?q=anchor")
    expect(page.locator("#found-status")).to_have_text(before)
    expect(page.get_by_role("combobox")).to_have_value("anchor")


def test_an_id_leads_straight_to_its_answer_from_the_results_too(visit):
    page = visit()
    page.goto(f"{HERE}/search/?q=anchor")
    field = page.get_by_role("combobox")
    field.fill("AttributeValueMustBeUnique")
    field.press("Enter")
    page.wait_for_url("**/flows/which-error/**")


@pytest.mark.parametrize("address", ["/", "/services/", "/search/"])
def test_what_may_name_people_stands_in_no_address(visit, address):
    page = visit()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{HERE}{address}")
    field = page.get_by_role("combobox")
    field.fill(MESSAGE)
    page.wait_for_timeout(400)
    field.press("Enter")
    expect(page.get_by_text("This looks like:")).to_be_visible()
    assert page.url.endswith(f"{HERE}/search/")
    assert not [url for url in asked if "contoso" in url or "?q=" in url]


def test_it_works_without_scripts(visit):
    page = visit(scripts=False)
    page.goto(f"{HERE}/services/")
    page.get_by_role("searchbox").fill("anchor")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/search/?q=anchor")
    expect(page.locator(".hits li").first).to_be_visible()
    page.get_by_text("Paste a whole message").click()
    page.get_by_label("The error message, mail or log as it is").fill(MESSAGE)
    page.get_by_role("button", name="Search with this message").click()
    expect(page.get_by_text("This looks like:")).to_be_visible()
    assert page.url.endswith(f"{HERE}/search/")
    if (following := page.get_by_role("button", name="Next page")).count():
        following.click()
        expect(page.get_by_role("button", name="First page")).to_be_visible()


@pytest.mark.parametrize("look", LOOKS)
def test_every_state_can_be_used_by_everybody(visit, look):
    locale, options = LOOKS[look]
    page = visit(**options)
    here = f"/{locale}/public"
    found: dict[str, list[str]] = {}
    for address in ("/", "/search/", "/search/?q=anchor", "/search/?q=qqqzzzy", "/search/?q=anchor&kind=learn"):
        page.goto(f"{here}{address}")
        page.wait_for_load_state("load")
        found[address] = complaints(page) + (["wider than its window"] if is_too_wide(page) else [])
    page.goto(f"{here}/services/")
    page.get_by_role("combobox").press_sequentially("sou")
    expect(page.get_by_role("option").first).to_be_visible()
    found["suggestions"] = complaints(page) + (["wider than its window"] if is_too_wide(page) else [])
    page.goto(f"{here}/search/")
    page.locator(".paste-whole summary").click()
    page.locator("#whole").fill(MESSAGE)
    page.locator(".paste-whole button").click()
    page.wait_for_load_state("load")
    found["pasted"] = complaints(page) + (["wider than its window"] if is_too_wide(page) else [])
    assert not {address: told for address, told in found.items() if told}
