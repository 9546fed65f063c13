"""Writes and removes search rows in sets, inside the transaction that writes or removes their texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from portal.articles.models import ArticleText, ArticleTexts
from portal.articles.searching.documents import search_row, version

BATCH = 400
# What a text that is stored may lack: it is older than this index, or than the code that makes it.
LACKING = """
    SELECT text.id FROM portal_articletext text LEFT JOIN portal_searchdocument document ON document.text_id = text.id
    WHERE text.for_readers AND document.version IS DISTINCT FROM %s ORDER BY text.id LIMIT %s
"""
NEEDED = (
    "collection", "path", "locale", "title", "description", "headings", "text", "article_id", "service", "resource", "tags",
    "clouds", "original_html", "original_title",
)  # fmt: skip
_INCOMING = """
    CREATE TEMP TABLE incoming_search (collection text, path text, locale text, version text, languages varchar(3)[],
        bits smallint, terms bigint[], impacts smallint[], words text[]) ON COMMIT DROP
"""
_IDENTIFIED = "incoming_search JOIN portal_articletext text USING (collection, path, locale)"
_TAKE_OUT = """
    DELETE FROM portal_posting posting USING
        (SELECT text_id, unnest(terms) AS term FROM portal_searchdocument WHERE text_id IN ({ids})) old
    WHERE posting.term = old.term AND posting.text_id = old.text_id
"""
_FORGET = "DELETE FROM portal_searchdocument WHERE text_id IN ({ids})"
_PUT_DOCUMENTS = f"""
    INSERT INTO portal_searchdocument (text_id, version, languages, clouds, terms, words)
    SELECT text.id, version, languages, bits, terms, words FROM {_IDENTIFIED} WHERE version IS NOT NULL
"""
# In the order of the index, which takes them in twice as fast so.
_PUT_POSTINGS = f"""
    INSERT INTO portal_posting (term, text_id, impact, clouds)
    SELECT unnest(terms) AS term, text.id, unnest(impacts), bits FROM {_IDENTIFIED} WHERE version IS NOT NULL ORDER BY term
"""


def store(rows: Iterable[Mapping[str, Any]]) -> None:
    """Index rows of ArticleText that were just written; `search` holds their SearchRow, or None where readers see nothing."""
    with connection.cursor() as cursor:
        raw = cursor.cursor
        raw.execute(_INCOMING)
        with raw.copy("COPY incoming_search FROM STDIN") as copy:
            for row in rows:
                copy.write_row((row["collection"], row["path"], row["locale"], *_values(row["search"])))
        _forget(raw, f"SELECT text.id FROM {_IDENTIFIED}", ())
        raw.execute(_PUT_DOCUMENTS)
        raw.execute(_PUT_POSTINGS)
        raw.execute("DROP TABLE incoming_search")


def _values(search: Any) -> tuple[Any, ...]:
    if search is None:
        return (None,) * 6
    return search.version, search.languages, search.clouds, search.terms, search.impacts, search.words


def remove_texts(texts: ArticleTexts) -> int:
    """Delete texts with all that the index holds of them; how many they were."""
    text_ids = list(texts.values_list("pk", flat=True))
    if text_ids:
        with connection.cursor() as cursor:
            _forget(cursor.cursor, "SELECT unnest(%s::bigint[])", (text_ids,))
        ArticleText.objects.filter(pk__in=text_ids).delete()
    return len(text_ids)


def _forget(raw: Any, ids: str, parameters: tuple[Any, ...]) -> None:
    raw.execute(_TAKE_OUT.format(ids=ids), parameters)
    raw.execute(_FORGET.format(ids=ids), parameters)


def lacking(most: int = BATCH) -> list[int]:
    """The texts for readers that the index does not hold as today's code would make them, at most so many."""
    with connection.cursor() as cursor:
        cursor.execute(LACKING, [version(), most])
        return [row[0] for row in cursor.fetchall()]


def index_stored(text_ids: Sequence[int]) -> None:
    """Index texts from what is stored of them."""
    rows = ArticleText.objects.filter(pk__in=text_ids).values(*NEEDED)
    store({**row, "search": search_row(row)} for row in rows)
