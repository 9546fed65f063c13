"""Whether the tests of a module left rows behind: the next module, in whatever order, expects the database as it was made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from psycopg import Connection, OperationalError, sql

# What migrations and the programs themselves put there.
KEPT = ("auth_permission", "django_content_type", "django_migrations", "portal_contentversion", "procrastinate_workers")
QUEUE = "procrastinate_jobs, procrastinate_periodic_defers"


def leftovers() -> list[str]:
    """The tables with rows in them, seen from outside every transaction of a test."""
    with _outside() as own:
        return _filled(own) if own else []


def put_back() -> None:
    """After a test that commits, Django empties its own tables, with the row a migration made, but not those of the queue."""
    with _outside() as own:
        if own:
            own.execute(f"TRUNCATE {QUEUE} CASCADE")
            own.execute("INSERT INTO portal_contentversion (id, number) VALUES (1, 0) ON CONFLICT DO NOTHING")


@contextmanager
def _outside() -> Iterator[Connection | None]:
    """A connection of its own; None where no test database was made, or it is gone with the last test."""
    parameters = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    wanted = {name: parameters[name] for name in names if parameters.get(name)}
    own = _connected(wanted) if str(parameters.get("dbname")).startswith("test_") else None
    try:
        yield own
    finally:
        if own:
            own.close()


def _connected(wanted: dict[str, str]) -> Connection | None:
    try:
        return Connection.connect(**wanted, autocommit=True)
    except OperationalError:
        return None


def _filled(own: Connection) -> list[str]:
    tables = own.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename").fetchall()
    looks = [
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(name), sql.Identifier(name))
        for (name,) in tables
        if name not in KEPT
    ]
    return [name for (name,) in own.execute(sql.SQL(" UNION ALL ").join(looks))] if looks else []
