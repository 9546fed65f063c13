"""A real portal, web server and worker on the demo, and a real browser before it.

Without a browser these tests are skipped, loudly; with PORTAL_REQUIRE_BROWSER=1 they fail instead. CHROMIUM says where one is.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from tests.committed import CHECKOUT, remove_articles, start, stop, web_server
from tests.committed_demo import committed_demo

__all__ = ["committed_demo"]

PLACES = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 15_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def portal(committed_demo, django_db_blocker) -> Iterator[str]:
    """The address of the demo, with our own articles and a worker, on the database of the tests."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setenv("PORTAL_DEMO", "1")
        call_command("import_articles", str(CHECKOUT / "articles"), "--collection", "native", verbosity=0)
        worker = start(
            "manage.py",
            "procrastinate",
            "worker",
            settings_module="tests.browser.still_settings",
            stdout=None,
            stderr=None,
        )
        try:
            with web_server() as address:
                yield address
        finally:
            stop(worker)
            remove_articles()


@pytest.fixture(scope="module")
def chromium(portal: str) -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch:
        # Playwright runs a loop in this thread, which Django takes for a mistake.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        expect.set_options(timeout=PATIENCE)
        with sync_playwright() as playwright:
            yield _launch(playwright)
            connection.close()  # beside a running loop Django has a connection of its own, which nobody else would close


def _launch(playwright) -> Browser:
    found = os.environ.get("CHROMIUM") or next((one for one in PLACES if shutil.which(one)), None)
    try:
        return playwright.chromium.launch(executable_path=found, args=list(FLAGS))
    except Error as trouble:
        if os.environ.get("PORTAL_REQUIRE_BROWSER") == "1":
            raise
        pytest.skip(
            f"NO BROWSER: the tour, axe-core and the content security policy are NOT tested ({trouble.message[:80]})"
        )


def sign_in(page: Page, person: str) -> None:
    """Sign in, and wait for the page it leads to: whoever goes on before it arrives is taken there later, or not signed in."""
    page.goto("/sign-in")
    page.locator(f'button[value="local:{person}"]').click()
    page.wait_for_url(lambda address: not address.endswith("/sign-in"))


@pytest.fixture
def visit(chromium: Browser, portal: str) -> Iterator[Callable[..., Page]]:
    """Opens browsers of their own; at the end, whatever any of them complained about fails the test."""
    pages: list[Page] = []
    complaints: list[str] = []

    def opened(
        person: str = "", *, width: int = 1280, scripts: bool = True, dark: bool = False, may_complain: bool = False
    ) -> Page:
        context = chromium.new_context(
            base_url=portal,
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
            locale="en-US",
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        heard = [] if may_complain else complaints
        page.on("console", lambda message: message.type in ("error", "warning") and heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        pages.append(page)
        if person:
            sign_in(page, person)
        return page

    yield opened
    for page in pages:
        with suppress(Error):
            page.context.close()
    assert not complaints
