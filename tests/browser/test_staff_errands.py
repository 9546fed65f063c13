"""A support person's errands, counted in actions: each is one thing she does with her hands."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_access import LOOKS, complaints, is_too_wide

pytestmark = pytest.mark.django_db

STAFF = "/en-us/public/staff/"
# Of an article of ours.
TOPIC, ARTICLE = "32629809", "object-not-syncing"


class Hands:
    """Counts what is done to a page."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions = page, 0

    def paste(self, text: str) -> None:
        self.actions += 1
        self.page.keyboard.insert_text(text)  # the box has the focus when the page opens

    def press(self, key: str) -> None:
        self.actions += 1
        self.page.keyboard.press(key)

    def click(self, role: str, name: str) -> None:
        self.actions += 1
        self.page.get_by_role(role, name=name).first.click()


@pytest.fixture
def desk(visit):
    """The staff desk before Sam."""

    def opened(**wishes) -> Page:
        page = visit("sam", **wishes)
        page.goto(STAFF)
        expect(page.locator("#find")).to_be_focused()
        return page

    return opened


def test_from_a_topic_id_to_the_pasted_link_in_three_actions(desk):
    page = desk()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    hands = Hands(page)
    hands.paste(TOPIC)
    hands.press("Enter")
    hands.click("button", "Copy the link")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.endswith(f"/topics/{TOPIC}?cloud=public")
    page.goto(link)
    assert f"/{ARTICLE}/" in page.url
    assert hands.actions == 3


def test_from_an_admins_message_to_the_right_article_in_four_actions(desk):
    page = desk()
    hands = Hands(page)
    hands.paste("Hi, our export says:\nError: AttributeValueMustBeUnique\nfor bob@contoso.example. What now?")
    hands.press("Enter")
    expect(page.get_by_role("heading", name="The message is known")).to_be_visible()
    assert "bob" not in page.url
    hands.click("link", "Duplicated attributes")
    expect(page).to_have_url(re.compile("sort=article"))
    hands.click("link", "Duplicated attributes")
    expect(page).to_have_url(re.compile("/articles/native/duplicated-attributes/"))
    assert hands.actions <= 4


@pytest.mark.parametrize("look", ["light", "dark", "arabic-phone"])
def test_every_staff_page_can_be_used_by_everybody(desk, look):
    locale, options = LOOKS[look]
    page = desk(**options)
    here = f"/{locale}/public/staff/"
    found: dict[str, list[str]] = {}
    for address in (here, f"{here}?id={TOPIC}", f"{here}topics/", f"{here}topics/?state=alike", f"{here}coverage/"):
        page.goto(address)
        page.wait_for_load_state("load")
        for details in page.locator(".desk-link details").all():
            details.locator("summary").click()
        found[address] = complaints(page) + (["wider than its window"] if is_too_wide(page) else [])
    assert not {address: told for address, told in found.items() if told}


def test_without_scripts_the_link_stands_in_a_field(desk):
    page = desk(scripts=False)
    page.get_by_label("An ID, a path").fill(TOPIC)
    page.get_by_role("button", name="Find").click()
    assert page.get_by_label("Link to paste").first.input_value().endswith(f"/topics/{TOPIC}?cloud=public")
