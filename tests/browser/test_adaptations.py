"""What a reader's settings ask of every page: 400 % zoom, forced colours, and less motion."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.states import STATES
from tests.browser.test_access import complaints, is_too_wide
from tests.browser.test_every_page import People, opened, people, shelved

__all__ = ["people", "shelved"]

pytestmark = pytest.mark.django_db

MAIN = {
    "home",
    "article",
    "article-with-table",
    "article-side-by-side",
    "search",
    "flow-question",
    "flow-drawing",
    "errors",
    "error",
    "dry-run",
    "staff-desk-topic",
    "staff-coverage",
}
# A window of 1280 by 1024 at 400 %, in CSS pixels: WCAG 2.2, 1.4.10 (reflow).
ZOOMED = {"width": 320, "height": 256}
STAYS_PUT = """() => [...document.querySelectorAll('body *')]
    .filter((one) => ['sticky', 'fixed'].includes(getComputedStyle(one).position) && one.checkVisibility())
    .map((one) => one.getBoundingClientRect().height).filter((height) => height > innerHeight / 2).length"""
# What a page draws with backgrounds alone is gone with forced colours. Underlined words need no edge, nor a picture that enlarges.
WITHOUT_EDGE = """() => [...document.querySelectorAll('main button, main input, main select, main textarea, .status, .tag, .mark')]
    .filter((one) => one.checkVisibility() && !['radio', 'checkbox', 'hidden'].includes(one.type))
    .filter((one) => !one.matches('.zoom') && !getComputedStyle(one).textDecorationLine.includes('underline'))
    .filter((one) => {
        const style = getComputedStyle(one);
        const clear = (colour) => colour === getComputedStyle(document.body).backgroundColor || colour === 'rgba(0, 0, 0, 0)';
        const edges = ['top', 'right', 'bottom', 'left'];
        return edges.every((edge) => style[`border-${edge}-style`] === 'none' || parseFloat(style[`border-${edge}-width`]) === 0
            || clear(style[`border-${edge}-color`]));
    })
    .map((one) => `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 30)}`)"""
# A word of a drawing that has the colour of the page.
UNSEEN_IN_DRAWINGS = """() => [...document.querySelectorAll('main svg text')]
    .filter((one) => one.checkVisibility())
    .filter((one) => getComputedStyle(one).fill === getComputedStyle(document.body).backgroundColor)
    .map((one) => one.textContent.trim())"""
MOVES = """() => [...document.querySelectorAll('*')]
    .filter((one) => {
        const style = getComputedStyle(one);
        const lasts = (text) => text.split(',').some((part) => parseFloat(part) > 0);
        return lasts(style.transitionDuration) || (style.animationName !== 'none' && lasts(style.animationDuration))
            || style.scrollBehavior === 'smooth';
    })
    .map((one) => `${one.tagName} ${one.className}`)"""


@pytest.fixture(params=["main", pytest.param("all", marks=pytest.mark.soak)])
def wrong(request, people: People) -> Callable[..., dict[str, list[str]]]:
    """Opens each state after `set_up`, and tells what `look` found wrong."""
    states = [one for one in STATES if request.param == "all" or one.name in MAIN]

    def told(set_up: Callable[[Page], None], look: Callable[[Page], list[str]]) -> dict[str, list[str]]:
        found = {}
        for state in states:
            page = people.page_of(state.person)
            set_up(page)
            opened(page, state, "en-us")
            found[state.name] = look(page) + people.heard
            people.heard.clear()
            page.close()
        return {name: what for name, what in found.items() if what}

    return told


def test_at_400_percent_nothing_scrolls_sideways_and_nothing_stands_before_the_words(wrong):
    def look(page: Page) -> list[str]:
        wide = ["wider than its window"] if is_too_wide(page) else []
        return complaints(page) + wide + (["covers half the window"] if page.evaluate(STAYS_PUT) else [])

    assert not wrong(lambda page: page.set_viewport_size(ZOOMED), look)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_with_forced_colours_every_control_has_an_edge_and_every_word_is_seen(wrong, theme):
    def set_up(page: Page) -> None:
        page.emulate_media(forced_colors="active", color_scheme=theme)

    assert not wrong(set_up, lambda page: page.evaluate(WITHOUT_EDGE) + page.evaluate(UNSEEN_IN_DRAWINGS))


def test_with_less_motion_nothing_moves_by_itself(wrong):
    assert not wrong(lambda page: page.emulate_media(reduced_motion="reduce"), lambda page: page.evaluate(MOVES))
