"""What every test can ask for. The database is a throw-away PostgreSQL of our own, unless `DATABASE_URL` names another."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from portal.runtime import database, postgres
from portal.runtime.places import place
from tests.servers import Server


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
