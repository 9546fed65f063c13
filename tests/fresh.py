"""Keeps pages of one test out of the next: the store of pages outlives the transaction that a test is rolled back with."""

from collections.abc import Iterator

import pytest

from portal.pages.caching import store


@pytest.fixture(autouse=True)
def pages_as_they_are(settings) -> Iterator[None]:
    """Every request looks at the content version, so that what a test stores shows at once."""
    settings.CONTENT_POLL_MILLISECONDS = 0
    store.clear()
    yield
    store.clear()
