"""What every test can ask for. The database is a throw-away PostgreSQL of our own, unless `DATABASE_URL` names another."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.db import connections

from portal.runtime import database, postgres
from portal.runtime.places import place
from tests.leftovers import leftovers, put_back
from tests.servers import Server

# The same examples each time, so that a red run is about the change; `make soak` draws new ones.
hypothesis.settings.register_profile("repeatable", derandomize=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """The tests run on several workers, so any module may follow any other."""
    yield
    marker = item.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        put_back()
    if nextitem is None or nextitem.path != item.path:
        found = leftovers()
        assert not found, f"the tests of {item.path.name} left rows behind in {', '.join(found)}"


@pytest.fixture(scope="session")
def throw_away_server() -> Iterator[Server | None]:
    """Started by the first test that needs a database, gone with the last; None where `DATABASE_URL` is given."""
    if database.given_url():
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="portal-test-") as folder:
        Path(folder).chmod(0o755)  # the user who runs PostgreSQL for root must pass
        server = Server(place(Path(folder)))
        server.start()
        try:
            yield server
        finally:
            server.stop()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, throw_away_server: Server | None
) -> None:
    """pytest-django asks for this before it makes the test database."""
    if throw_away_server:
        connections.databases["default"].update(HOST=str(throw_away_server.place.sockets), PORT=postgres.PORT)
