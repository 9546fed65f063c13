"""A scoping form in a real browser: answers open questions at once, what is typed stays, and the summary is copied."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from portal.articles.models import ContentVersion
from tests.browser.test_access import complaints, is_too_wide
from tests.factories import make_text
from tests.forms.made import element, options

pytestmark = pytest.mark.django_db

ELEMENTS = [
    element("what", "dropdown", required=True, dropdownOptions=options("slow", "broken")),
    element("speed", order=2, visibility="what == slow", required=True),
    element("which", "multiselectdropdown", order=3, dropdownOptions=options("one", "two"), hints=[{"text": "A hint"}]),
    element("how", "radiobuttongroup", order=4, radioButtonOptions=options("often", "once"), required=True),
    element("since", "datetimepicker", order=5),
    element("note", "infoblock", order=6, content="<p>Read <a href='https://learn.microsoft.com/'>this</a>.</p>"),
    element("where", "dropdown", order=7, dynamicDropdownOptions={"defaultDropdownOptions": options("elsewhere")[0]}),
    element("story", "multilinetextbox", order=8, useAsAdditionalDetails=True),
]
FORM = "/en-us/public/forms/selfhelp/f/"
LOOKS = {
    "light": ("en-us", {}),
    "phone-dark": ("en-us", {"width": 390, "dark": True}),
    "arabic": ("ar-sa", {"width": 390}),
}


@pytest.fixture(scope="module")
def form(portal, django_db_blocker) -> None:
    """Stored for good, so that the server sees it."""
    with django_db_blocker.unblock():
        data = {"title": "What is slow", "formElements": ELEMENTS}
        make_text(path="f", kind="problemscopingquestions", html="", topics=["32629786"], data=data)
        ContentVersion.raise_number()


def test_an_answer_opens_a_question_and_takes_nothing_away(visit, form):
    page = visit()
    page.goto(FORM)
    expect(page.locator('button[value="update"]')).to_be_hidden()
    page.locator("#q8").fill("Typed before")
    page.locator("#q3-2").check()
    page.locator("#q1").focus()
    page.locator("#q1").select_option("slow")
    expect(page.locator("#q2")).to_be_visible()
    expect(page.locator("#q8")).to_have_value("Typed before")
    expect(page.locator("#q3-2")).to_be_checked()
    expect(page.locator("#form-status")).to_contain_text("opened 1 more question")
    assert page.evaluate("document.activeElement.id") == "q1"
    assert page.url.endswith(FORM)


def test_what_is_typed_while_the_form_is_updated_stays(visit, form):
    page = visit()
    page.goto(FORM)

    def slowly(route):
        page.locator("#q8").fill("Typed meanwhile")
        route.continue_()

    page.route(f"**{FORM}", slowly)
    page.locator("#q1").select_option("slow")
    expect(page.locator("#q2")).to_be_visible()
    expect(page.locator("#q8")).to_have_value("Typed meanwhile")


def test_faults_take_the_focus_and_lead_to_their_boxes(visit, form):
    page = visit()
    page.goto(FORM)
    page.locator('button[value="check"]').click()
    assert page.evaluate("document.activeElement.className") == "errors"
    assert page.title().startswith("Error")
    page.locator('.errors a[href="#q4"]').click()
    assert page.evaluate("document.activeElement.id") == "q4"


def test_a_form_is_filled_in_with_the_keyboard_alone_and_its_summary_copied(visit, form):
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(FORM)
    page.locator("#q1").focus()
    with page.expect_response(f"**{FORM}"):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
    expect(page.locator("#q2")).to_have_count(0)
    page.locator("#q4").focus()
    page.keyboard.press("Space")
    page.locator("#q8").focus()
    page.keyboard.type("It is broken.")
    page.locator('button[value="check"]').focus()
    page.keyboard.press("Enter")
    page.locator('button[value="summary"]').press("Enter")
    page.locator('button[data-copy-of="told-markdown"]').press("Enter")
    expect(page.locator("#told-status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "- What: `Broken`" in copied
    assert "- Story: `It is broken.`" in copied


@pytest.mark.parametrize("look", LOOKS)
def test_every_step_can_be_used_by_everybody(visit, form, look):
    locale, looks = LOOKS[look]
    page = visit("ada", **looks)
    found: dict[str, list[str]] = {}

    def look_at(name: str) -> None:
        page.wait_for_load_state("load")
        found[name] = complaints(page) + (["wider than its window"] if is_too_wide(page) else [])

    page.goto(FORM.replace("en-us", locale))
    look_at("form")
    page.locator('button[value="check"]').click()
    look_at("faults")
    page.locator("#q1").select_option("broken")
    page.locator("#q4").check()
    page.locator('button[value="check"]').click()
    look_at("check")
    page.locator('button[value="summary"]').click()
    look_at("summary")
    page.goto(f"/{locale}/public/tenants/contoso/tokens/")
    page.locator("#name").fill("A name " + "that is very long indeed " * 2)
    page.locator("form.scoping-form button.primary").click()
    look_at("token")
    page.goto(f"/{locale}/public/tenants/contoso/errors/?status=not-started")
    page.goto(f"{page.locator('.row-error a').first.get_attribute('href')}forms/selfhelp/f/")
    look_at("form beside an error")
    assert not {name: told for name, told in found.items() if told}
