"""Every main page before axe-core: light, dark, on a phone, and in Arabic; nothing wider than its window."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.django_db

# An error that can be fixed, for each look its own: an answer once given is not asked for again.
FIXED = {
    "light": "siobh",
    "phone": "mika",
    "arabic-phone": "noa",
}
LOOKS = {
    "light": ("en-us", {}),
    "dark": ("en-us", {"dark": True}),
    "phone": ("en-us", {"width": 390}),
    "arabic": ("ar-sa", {}),
    "arabic-phone": ("ar-sa", {"width": 390, "dark": True}),
}
# Tables of an article are scrolling regions of one name; axe's advice to number them is no part of WCAG.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"landmark-unique": {"enabled": False}},
}


def complaints(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['failureSummary'][:200]}" for one in found for node in one["nodes"][:3]
    ]


def is_too_wide(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.mark.parametrize("look", LOOKS)
def test_every_main_page_can_be_used_by_everybody(visit, look):
    locale, options = LOOKS[look]
    page = visit("ada", **options)
    here = f"/{locale}/public"
    tenant = f"{here}/tenants/contoso"
    page.goto(f"{tenant}/errors/?status=not-started&attribute=SipProxyAddress")
    error = page.locator(".row-error a").first.get_attribute("href")
    page.goto(f"{tenant}/errors/?status=manual-fix-required")
    by_rule = page.locator(".row-error a").first.get_attribute("href")
    pages = [
        f"{here}/",
        f"{here}/articles/native/duplicated-attributes/",
        "/sign-in",
        f"{tenant}/errors/",
        f"{tenant}/errors/?q=nobody",
        error,
        by_rule,
        f"{error}summary/",
        f"{tenant}/record/",
        f"{tenant}/demo/?action=ad-set",
    ]
    found: dict[str, list[str]] = {}
    for address in pages:
        page.goto(address)
        page.wait_for_load_state("load")
        found[address] = complaints(page) + (["wider than its window"] if is_too_wide(page) else [])
    assert not {address: told for address, told in found.items() if told}


@pytest.mark.parametrize("look", FIXED)
def test_the_questions_the_dry_run_and_a_fix_can_be_used_by_everybody(visit, look):
    locale, options = LOOKS[look]
    page = visit("ada", **options)
    page.goto(f"/{locale}/public/tenants/contoso/errors/?q={FIXED[look]}&status=not-started")
    page.locator(".row-error a").first.click()
    found: dict[str, list[str]] = {}
    for value in ("no", "yes"):
        found[f"question {value}"] = complaints(page) + (["too wide"] if is_too_wide(page) else [])
        page.locator(f'#step input[name="answer"][value="{value}"]').check()
        page.locator("#step form.question button").click()
        page.wait_for_selector("#step .way li:nth-child(2)" if value == "yes" else "#step .way")
    found["outcome"] = complaints(page)
    page.locator('#step a[href$="/fix/"]').click()
    page.wait_for_load_state("load")
    found["dry run"] = complaints(page) + (["too wide"] if is_too_wide(page) else [])
    assert not {name: told for name, told in found.items() if told}
