"""Where a process finds its database: `DATABASE_URL`, or the embedded server."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.runtime import database
from portal.runtime.cures import CannotRun
from portal.runtime.places import CHECKOUT


@pytest.fixture
def url(monkeypatch: pytest.MonkeyPatch):
    return lambda value: monkeypatch.setenv("DATABASE_URL", value)


def test_without_a_url_it_is_the_socket_of_the_data_folder(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("PORTAL_DATA", str(data))
    found = database.connection_parameters()
    assert (found["NAME"], found["USER"], found["HOST"]) == ("portal", "portal", f"{data}/socket")
    assert not data.exists()


def test_without_a_data_folder_it_is_that_of_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("PORTAL_DATA", raising=False)
    assert database.place().data == CHECKOUT / ".data"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("postgres://ann:p%40ss@db.example:6432/portal", ("portal", "ann", "p@ss", "db.example", "6432", {})),
        ("postgresql://ann@/portal?host=/run/postgresql", ("portal", "ann", "", "/run/postgresql", "", {})),
        ("postgresql://[::1]/portal?sslmode=verify-full", ("portal", "", "", "::1", "", {"sslmode": "verify-full"})),
        ("postgresql://one:1,two:2/portal", ("portal", "", "", "one,two", "1,2", {})),
    ],
)
def test_it_reads_a_url_as_postgresql_does(url, given: str, expected: tuple) -> None:
    url(given)
    found = database.connection_parameters()
    assert tuple(found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")) == expected


@pytest.mark.parametrize(
    "given",
    [
        "mysql://ann:hush@db/portal",
        "ann:hush@db/portal",
        "postgresql://ann:hush%zz@db/portal",
        "postgresql://ann:hush@db",
        "postgresql://ann:hush@db/portal?nonsense=1",
        "postgresql://ann:hush@[::1/portal",
    ],
)
def test_it_refuses_a_bad_url_with_an_example_and_without_the_password(url, given: str) -> None:
    url(given)
    with pytest.raises(CannotRun, match="postgresql://user:password@host:5432/name") as refused:
        database.connection_parameters()
    assert "hush" not in str(refused.value)


def test_it_refuses_a_database_that_does_not_answer_with_the_cure(url) -> None:
    url("postgresql://ann:hush@127.0.0.1:1/portal")
    with pytest.raises(CannotRun, match="correct DATABASE_URL, or unset it") as refused, database.available():
        pass
    assert "hush" not in str(refused.value)
