"""Writes rows in sets: COPY into a table of the moment, then one INSERT that replaces what was there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from psycopg import sql

from portal.articles.models import ArticleText, Media

IDENTITY = {ArticleText: ("collection", "path", "locale"), Media: ("collection", "path")}
JSON_COLUMNS = frozenset({"header", "pairs", "data", "headings", "problems"})
LONG = (models.TextField, models.JSONField, models.BinaryField, ArrayField)
# NUL, which Postgres stores nowhere, and halves of surrogate pairs, which are no characters (JSON escapes can make them).
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def columns_of(model: type[ArticleText] | type[Media]) -> list[str]:
    """The columns that an import writes: all but the key and what Postgres computes."""
    return [field.column for field in model._meta.concrete_fields if not field.primary_key and not field.generated]


def upsert(model: type[ArticleText] | type[Media], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert `rows` (all columns each), replacing those with the same identity. Runs inside the caller's transaction."""
    table, columns, identity = model._meta.db_table, columns_of(model), IDENTITY[model]
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    target, incoming = sql.Identifier(table), sql.Identifier(f"incoming_{table}")
    updates = sql.SQL(", ").join(
        sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(column)) for column in columns if column not in identity
    )
    with connection.cursor() as cursor:
        raw = cursor.cursor
        raw.execute(
            sql.SQL("CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                incoming, names, target
            )
        )
        raw.execute(_uncompressed(incoming, model))
        with raw.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(incoming, names)) as copy:
            for row in rows:
                copy.write_row([_value(column, row[column]) for column in columns])
        raw.execute(
            sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} ON CONFLICT ({}) DO UPDATE SET {}").format(
                target, names, names, incoming, sql.SQL(", ").join(map(sql.Identifier, identity)), updates
            )
        )
        raw.execute(sql.SQL("DROP TABLE {}").format(incoming))


def _uncompressed(table: sql.Identifier, model: type[ArticleText] | type[Media]) -> sql.Composed:
    """Long values are compressed where they stay, not in the table of the moment, too."""
    columns = [field.column for field in model._meta.concrete_fields if isinstance(field, LONG) and not field.generated]
    kept = sql.SQL(", ").join(
        sql.SQL("ALTER COLUMN {} SET STORAGE EXTERNAL").format(sql.Identifier(column)) for column in columns
    )
    return sql.SQL("ALTER TABLE {} {}").format(table, kept)


def _value(column: str, value: Any) -> Any:
    if column in JSON_COLUMNS:
        return None if value is None else as_json(value)
    return storable(value) if isinstance(value, str | list) else value


def as_json(value: Any) -> str:
    """A JSON value as text for Postgres. Going through every value in Python costs more than rendering, so only if need be."""
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except TypeError:  # a key that JSON has no word for
        return json.dumps(storable(value), ensure_ascii=False)
    if "\\u0000" in text or UNSTORABLE.search(text):
        return json.dumps(storable(value), ensure_ascii=False)
    return text


def storable(value: Any) -> Any:
    """The same value, with what Postgres cannot store replaced; whatever JSON has no word for becomes text."""
    if isinstance(value, str):
        return UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {storable(str(key)): storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    return value if value is None or isinstance(value, int | float) else storable(str(value))
