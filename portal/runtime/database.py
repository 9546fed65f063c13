"""Finds the database of every process: `DATABASE_URL` if it is given, else the embedded server of `PORTAL_DATA`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from portal.runtime.cures import CannotRun
from portal.runtime.keeper import Use
from portal.runtime.places import place
from portal.runtime.postgres import NAME, PORT

OLDEST = 15
DJANGO_KEYS = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def given_url() -> str:
    """`DATABASE_URL`, or an empty text when the embedded server is meant."""
    return os.environ.get("DATABASE_URL", "").strip()


def connection_parameters() -> dict[str, Any]:
    """One entry of Django's DATABASES. Starts nothing and connects to nothing; raises CannotRun for a bad `DATABASE_URL`."""
    found = (
        _from_url(url)
        if (url := given_url())
        else {"NAME": NAME, "USER": NAME, "HOST": str(place().sockets), "PORT": PORT}
    )
    return {"ENGINE": "django.db.backends.postgresql", **found}


@contextmanager
def available() -> Iterator[None]:
    """A database that answers for the length of the block: the given one, the running server, or one started for us."""
    if url := given_url():
        _check(url)
        yield
    else:
        with Use(place()):
            yield


def _check(url: str) -> None:
    """Refuse a database that does not answer or is too old; the words of the driver never hold the password."""
    connection_parameters()
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            version = connection.info.server_version
    except psycopg.OperationalError as error:
        raise CannotRun(
            f"The database of DATABASE_URL does not let us in: {str(error).strip()}. "
            "Start it, correct DATABASE_URL, or unset it to use the embedded one."
        ) from None
    if version < OLDEST * 10_000:
        raise CannotRun(f"The database of DATABASE_URL is PostgreSQL {version // 10_000}. Use {OLDEST} or later.")


def _from_url(url: str) -> dict[str, Any]:
    """The parts of a URL, read by PostgreSQL's own parser. No error repeats the URL: it may hold a password."""
    if not url.startswith(("postgresql://", "postgres://")):
        raise CannotRun(
            "DATABASE_URL does not begin with postgresql://. Write it as postgresql://user:password@host:5432/name."
        )
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise CannotRun(
            "DATABASE_URL cannot be read. Write it as postgresql://user:password@host:5432/name, "
            "with %-codes for special characters in the password (@ is %40, / is %2F)."
        ) from None
    if not parts.get("dbname"):
        raise CannotRun(
            "DATABASE_URL names no database. Add its name at the end: postgresql://user:password@host:5432/name."
        )
    named = {key: str(parts.pop(word, None) or "") for word, key in DJANGO_KEYS.items()}
    return {**named, "OPTIONS": parts}
