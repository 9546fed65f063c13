"""How common every term and word is: counted anew, in sets, by the transaction that ends an import."""

from __future__ import annotations

from django.db import connection

from portal.search.spelling import shortened

# A term of one text needs no row: one is what its absence says.
_TERMS = """
    WITH counted AS (
        SELECT term, count(*)::int AS texts FROM portal_posting GROUP BY term HAVING count(*) > 1
    ), gone AS (
        DELETE FROM portal_searchterm old WHERE NOT EXISTS (SELECT 1 FROM counted WHERE counted.term = old.term)
    )
    INSERT INTO portal_searchterm (term, texts) SELECT term, texts FROM counted
    ON CONFLICT (term) DO UPDATE SET texts = EXCLUDED.texts WHERE portal_searchterm.texts <> EXCLUDED.texts
"""
_LANGUAGES = """
    WITH counted AS (
        SELECT unnest(languages) AS language, count(*)::int AS texts FROM portal_searchdocument GROUP BY 1
    ), gone AS (
        DELETE FROM portal_searchlanguage old WHERE NOT EXISTS (SELECT 1 FROM counted WHERE counted.language = old.language)
    )
    INSERT INTO portal_searchlanguage (language, texts) SELECT language, texts FROM counted
    ON CONFLICT (language) DO UPDATE SET texts = EXCLUDED.texts
"""
_WORDS = """
    CREATE TEMP TABLE counted_words ON COMMIT DROP AS
    SELECT split_part(word, ':', 1) AS language, split_part(word, ':', 2) AS word, count(*)::int AS texts
    FROM (SELECT unnest(words) AS word FROM portal_searchdocument) every GROUP BY every.word
"""
_WORDS_GONE = """
    DELETE FROM portal_searchword old WHERE NOT EXISTS
        (SELECT 1 FROM counted_words counted WHERE counted.language = old.language AND counted.word = old.word)
"""
_WORDS_CHANGED = """
    UPDATE portal_searchword old SET texts = counted.texts FROM counted_words counted
    WHERE counted.language = old.language AND counted.word = old.word AND counted.texts <> old.texts
"""
_WORDS_NEW = """
    SELECT counted.language, counted.word, counted.texts FROM counted_words counted
    LEFT JOIN portal_searchword old USING (language, word) WHERE old.id IS NULL
"""


def refresh() -> None:
    """Count again. Everything is counted, so that nothing an interrupted import left undone lasts."""
    with connection.cursor() as cursor:
        raw = cursor.cursor
        for statement in (_TERMS, _LANGUAGES, _WORDS, _WORDS_GONE, _WORDS_CHANGED):
            raw.execute(statement)
        raw.execute(_WORDS_NEW)
        new = raw.fetchall()
        with raw.copy("COPY portal_searchword (language, word, texts, shortened) FROM STDIN") as copy:
            for language, word, texts in new:
                copy.write_row((language, word, texts, list(shortened(word))))
        raw.execute("DROP TABLE counted_words")


def settle() -> None:
    """After many rows were written: let scans of the index alone work from the first query on."""
    if connection.in_atomic_block:  # it cannot be done there, and is a matter of speed alone
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) portal_posting")
        cursor.execute("ANALYZE portal_searchterm, portal_searchdocument, portal_searchword")
