"""Feedback in a real browser: the questions that follow an answer, the thanks in place, and the same without scripts."""

from __future__ import annotations

import pytest

from tests.browser.test_access import LOOKS, complaints, is_too_wide

pytestmark = pytest.mark.django_db

ARTICLE = "public/articles/native/sync-cycles/"


def test_what_follows_waits_for_an_answer_and_the_thanks_come_in_place(visit):
    page = visit()
    page.goto(f"/en-us/{ARTICLE}")
    form = page.locator("#feedback")
    assert not form.get_by_role("button", name="Send").is_visible()
    form.get_by_label("Yes", exact=True).check()
    assert not form.get_by_text("What was wrong?").is_visible()
    form.get_by_label("No", exact=True).check()
    form.get_by_label("Something is missing").check()
    form.get_by_role("button", name="Send").click()
    page.locator("#feedback.feedback-taken").wait_for()
    assert page.url.endswith(ARTICLE)
    assert page.evaluate("document.activeElement.id") == "feedback"


def test_it_works_without_scripts(visit):
    page = visit(scripts=False)
    page.goto(f"/sv-se/{ARTICLE}")
    page.locator('#feedback [value="no"]').check()
    page.locator("#feedback button").click()
    assert page.locator("h1").inner_text() == "Tack"


def test_it_is_not_printed(visit):
    page = visit()
    page.goto(f"/en-us/{ARTICLE}")
    page.emulate_media(media="print")
    assert not page.locator("#feedback").is_visible()


@pytest.mark.parametrize("look", LOOKS)
def test_the_form_and_its_pages_can_be_used_by_everybody(visit, look):
    locale, options = LOOKS[look]
    page = visit(**options)
    page.goto(f"/{locale}/{ARTICLE}")
    page.locator('#feedback [value="no"]').check()
    found = complaints(page)
    page.locator("#feedback button").click()
    page.locator("#feedback.feedback-taken").wait_for()
    assert found + complaints(page) == []
    assert not is_too_wide(page)
