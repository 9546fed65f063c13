"""Keeps the document of a simulated directory in Postgres, on a connection of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from psycopg import Connection, sql
from psycopg.types.json import Jsonb

from portal.directories.simulator.world.store import Document
from portal.sync.models import SimulatedDirectory

TABLE = sql.Identifier(SimulatedDirectory._meta.db_table)


class PostgresStore:
    """A Store. What a directory did stays done whatever becomes of the caller's transaction, so it commits by itself."""

    def __init__(self, tenant_id: int) -> None:
        self.tenant_id = tenant_id

    def read(self) -> dict[str, Any]:
        with self._connection() as own:
            row = own.execute(sql.SQL("SELECT document FROM {} WHERE tenant_id = %s").format(TABLE), [self.tenant_id])
            found = row.fetchone()
            return found[0] if found else {}

    @contextmanager
    def exclusively(self) -> Iterator[Document]:
        with self._connection() as own, own.transaction():
            own.execute(
                sql.SQL("INSERT INTO {} (tenant_id, document) VALUES (%s, '{{}}') ON CONFLICT DO NOTHING").format(
                    TABLE
                ),
                [self.tenant_id],
            )
            query = sql.SQL("SELECT document FROM {} WHERE tenant_id = %s FOR UPDATE").format(TABLE)
            document = Document(values=own.execute(query, [self.tenant_id]).fetchone()[0])
            yield document
            if document.changed:
                update = sql.SQL("UPDATE {} SET document = %s WHERE tenant_id = %s").format(TABLE)
                own.execute(update, [Jsonb(document.values), self.tenant_id])

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        parameters = connection.get_connection_params()
        wanted = {
            name: parameters[name] for name in ("dbname", "user", "password", "host", "port") if parameters.get(name)
        }
        with Connection.connect(**wanted, autocommit=True) as own:
            yield own
