"""Every page in every state, in five languages, light and dark, on a phone, a tablet and a wide screen.

Nothing is wider than its window, axe-core finds nothing, the console says nothing, and no other host is asked. `make test` takes
one look; `make soak` takes all thirty, and `make screenshots` keeps what they show.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from portal.diagnosis import flow as flows
from tests.browser.conftest import PATIENCE, sign_in
from tests.browser.states import STATES, State, shelve
from tests.browser.test_access import complaints, is_too_wide

pytestmark = pytest.mark.django_db

LOCALES = ("en-us", "sv-se", "de-de", "ja-jp", "ar-sa")
THEMES = ("light", "dark")
WIDTHS = (390, 820, 1280)
SLICE = ("ar-sa", [("dark", 390)])
KEPT = os.environ.get("PORTAL_SCREENSHOTS", "")


@pytest.fixture(scope="module")
def shelved(portal, tmp_path_factory, django_db_blocker) -> None:
    with django_db_blocker.unblock():
        shelve(tmp_path_factory.mktemp("shelf"))


class People:
    """A browser for each person, and whatever it complains of."""

    def __init__(self, chromium: Browser, portal: str) -> None:
        self.chromium, self.portal = chromium, portal
        self.heard: list[str] = []
        self._contexts: dict[str, BrowserContext] = {}

    def page_of(self, person: str) -> Page:
        if person not in self._contexts:
            context = self.chromium.new_context(base_url=self.portal, locale="en-US")
            self._contexts[person] = context
            if person:
                page = context.new_page()
                sign_in(page, person)
                page.close()
        page = self._contexts[person].new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: message.type in ("error", "warning") and self._hear(message.text))
        page.on("pageerror", lambda error: self.heard.append(str(error)))
        page.on("request", lambda request: self._asked(request.url))
        return page

    def _hear(self, text: str) -> None:
        # The browser itself says so of a page that answers 4xx, which some states are about.
        if "Failed to load resource: the server responded with a status of 40" not in text:
            self.heard.append(text)

    def _asked(self, address: str) -> None:
        if not address.startswith((self.portal, "data:", "blob:")):
            self.heard.append(f"asked another host: {address}")

    def leave(self) -> None:
        for context in self._contexts.values():
            context.close()


@pytest.fixture
def people(chromium, portal, shelved) -> Iterator[People]:
    them = People(chromium, portal)
    yield them
    them.leave()


def looked_at(people: People, locale: str, looks: list[tuple[str, int]]) -> dict[str, list[str]]:
    """What is wrong with each state in each look."""
    found: dict[str, list[str]] = {}
    for state in STATES:
        page = people.page_of(state.person)
        try:
            opened(page, state, locale)
            for theme, width in looks:
                page.emulate_media(color_scheme=theme)
                page.set_viewport_size({"width": width, "height": 900})
                keep(page, f"{state.name}-{locale}-{theme}-{width}")
                wrong = complaints(page) + (["wider than its window"] if is_too_wide(page) else [])
                found[f"{state.name} {theme} {width}"] = wrong + people.heard
                people.heard.clear()
        finally:
            page.close()
    return {name: wrong for name, wrong in found.items() if wrong}


def opened(page: Page, state: State, locale: str) -> None:
    page.goto(state.address.format(here=f"/{locale}/public", locale=locale))
    if state.prepare:
        state.prepare(page)
    page.wait_for_load_state("load")
    expect(page.locator(state.shows).first, f"{state.name} is not shown").to_be_visible()
    if state.asks:
        expect(page.get_by_role("heading", name=words_of(*state.asks, locale), exact=True)).to_be_visible()


def words_of(flow: str, question: str, locale: str) -> str:
    """How a question is asked in a language."""
    found = flows.flow(flow, locale)
    return found.questions[question or found.start].ask


def keep(page: Page, name: str) -> None:
    if not KEPT:
        return
    Path(KEPT).mkdir(parents=True, exist_ok=True)
    page.screenshot(path=f"{KEPT}/{name}.png", full_page=True)


def test_every_page_can_be_used_on_a_phone_in_the_dark_from_right_to_left(people):
    locale, looks = SLICE
    assert not looked_at(people, locale, looks)


@pytest.mark.soak
@pytest.mark.parametrize("locale", LOCALES)
def test_every_page_can_be_used_in_every_look(people, locale):
    assert not looked_at(people, locale, [(theme, width) for theme in THEMES for width in WIDTHS])
