"""Walking a diagnosis by keyboard: the focus goes along with the step, wherever the diagnosis stands."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db
FLOW = "/en-us/public/flows/which-error/"
ARTICLE = "/en-us/public/articles/native/large-attribute/"


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.tagName")


def submit(page: Page, answer: str) -> None:
    page.get_by_role("radio", name=answer).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")


@pytest.mark.parametrize("address", [FLOW, ARTICLE])
def test_a_new_step_takes_the_focus(visit, address):
    page = visit()
    page.goto(address)
    submit(page, "A value that is not accepted")
    expect(page.get_by_text("What is wrong with the value?").first).to_be_visible()
    assert focused(page) == "step"


def test_a_recognised_message_takes_the_focus(visit):
    page = visit()
    page.goto(FLOW)
    page.get_by_label("Paste the error message").fill("DataValidationFailed")
    page.get_by_role("button", name="Recognize it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("This looks like:")).to_be_visible()
    assert focused(page) == "step"


def test_going_back_to_a_question_takes_the_focus(visit):
    page = visit()
    page.goto(f"{FLOW}?category=data")
    page.get_by_role("link", name="Change").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("What does the message speak of?").first).to_be_visible()
    assert focused(page) == "step"


def test_the_errors_of_a_tenant_that_arrive_by_themselves_leave_the_focus_alone(visit):
    page = visit()
    page.goto(ARTICLE)
    page.get_by_role("radio", name="A value that is not accepted").focus()
    expect(page.locator("section#own-errors")).to_contain_text("without signing in")
    assert focused(page) == "INPUT"
