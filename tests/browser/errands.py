"""What a person does before a page is looked at. Each errand can be done again, in another language, on what is left of it."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page

from portal.accounts.models import Tenant
from portal.directories.simulator.world import switches
from portal.sync.doors import simulator

Prepare = Callable[[Page], None]
PATIENCE = 30_000


def error(query: str) -> Prepare:
    def open_it(page: Page) -> None:
        page.goto(f"{page.url.partition('/errors/')[0]}/errors/?{query}")
        page.locator(".row-error a").first.click()
        page.wait_for_url(re.compile(r"/errors/\d+/"))

    return open_it


def answer(page: Page, *values: str) -> None:
    for value in values:
        before = page.locator("#step .way li").count()
        page.locator(f'#step input[name="answer"][value="{value}"]').check()
        page.locator("#step form.question button.primary").click()
        page.locator("#step .way li").nth(before).wait_for()


def half_way(page: Page) -> None:
    error("q=mika&status=not-started")(page)
    if not page.locator("#step .way li").count():
        answer(page, "no")


def at_the_fix(page: Page) -> None:
    error("q=noa&status=not-started")(page)
    if not page.locator('#step a[href$="/fix/"]').count():
        answer(page, "no", "yes")


def dry_run(page: Page) -> None:
    at_the_fix(page)
    page.locator('#step a[href$="/fix/"]').click()
    page.wait_for_url("**/fix/")


def applied(page: Page) -> None:
    """The fix of one error, asked for once for all looks; afterwards its page shows what became of it."""
    error("q=siobh")(page)
    if page.locator('a[href*="/fixes/"]').count():
        page.locator('a[href*="/fixes/"]').first.click()
    else:
        answer(page, "no", "yes")
        page.locator('#step a[href$="/fix/"]').click()
        page.get_by_role("checkbox").check()
        page.locator("form.confirm button.primary, .confirm button.primary").first.click()
    page.wait_for_selector(".fix-done, .fix-settled", timeout=30_000)


def answered(query: str, *values: str) -> Prepare:
    """An error with these answers; those that it has already are taken as given."""

    def answer_it(page: Page) -> None:
        error(query)(page)
        answer(page, *values[page.locator("#step .way li").count() :])

    return answer_it


def closed(page: Page) -> None:
    answered("q=ulrike", "yes")(page)
    if page.locator('#step form[action$="/close/"]').count():
        page.locator('#step form[action$="/close/"] button').click()
    page.wait_for_selector('#step form[action$="/reopen/"]')


def refused_dry_run(page: Page) -> None:
    """The recycle bin holds Petra's old account."""
    answered("q=petra", "no", "yes")(page)
    page.locator('#step a[href$="/fix/"]').click()
    page.wait_for_url("**/fix/")


def refused_fix(page: Page) -> None:
    """Quentin's old account was restored from the bin; that it cannot be fixed is put on record."""
    answered("q=quentin", "no", "yes")(page)
    if page.locator('#step a[href$="/fix/"]').count():
        page.locator('#step a[href$="/fix/"]').click()
        page.locator('form.confirm[method="post"] button.primary').click()
    else:
        page.locator('#step a[href*="/fixes/"]').first.click()
    page.wait_for_url(re.compile(r"/fixes/\d+/"))


def unknown(page: Page) -> None:
    """The directory never says whether the first step was written; a cycle may have settled the fix of an earlier errand."""
    error("q=asa.oberg")(page)
    if not page.locator(".mark-result-unknown").count():
        act("play-fault", fault="timeout-before", operation="apply", times="9")
        answered("q=asa.oberg", "no", "yes")(page)
        page.locator('#step a[href$="/fix/"]').click()
        page.get_by_role("checkbox").check()
        page.locator("form.confirm button.primary, .confirm button.primary").first.click()
    else:
        page.locator('#step a[href*="/fixes/"]').first.click()
    page.wait_for_selector(".fix-unknown", timeout=PATIENCE)
    act("lift-faults")


def summarized(page: Page) -> None:
    answered("q=ulrike", "yes")(page)
    page.locator('a[href$="/summary/"]').first.click()
    page.wait_for_url("**/summary/")


def stopped(page: Page) -> None:
    """Nobody starts cycles but a person."""
    _after_a_cycle(page, {switches.SCHEDULER: "off", switches.STAGING: "off"})


def staging(page: Page) -> None:
    _after_a_cycle(page, {switches.SCHEDULER: "on", switches.STAGING: "on"})


def still_there(page: Page) -> None:
    _after_a_cycle(page, {switches.SCHEDULER: "on", switches.STAGING: "off"})
    error("mark=still-there")(page)


def _after_a_cycle(page: Page, settings: dict[str, str]) -> None:
    for name, on in settings.items():
        act("switch", name=name, on=on)
    page.locator('form[action$="/cycle/"] button').first.click()
    page.wait_for_load_state("load")


def act(action: str, /, **values: str) -> None:
    """Somebody changes something in Fabrikam itself, where no other test looks."""
    simulator(Tenant.objects.get(slug="fabrikam")).act(action, values, who="Otto Operator")
