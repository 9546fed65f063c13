"""Which translations are older than what they were made from, and by what sign; in sets, for the articles an import touched."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import connection
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal import locales
from portal.articles.health.models import Kind


class Sign(TextChoices):
    """How the portal knows that a translation is stale; the first that holds is named."""

    SOURCE_CHANGED = "source-changed", _("The English text was changed after this translation was stored")
    OTHER_IS_NEWER = "other-is-newer", _("Another language was translated later, from another version of the source")
    SOURCE_IS_NEWER = "source-is-newer", _("The English text carries a later date than this translation")


# A translation is made from the English of the moment its own words change; a file stored again unchanged keeps its basis.
REMEMBER = """
INSERT INTO portal_translationbasis
    (collection, path, locale, text_hash, source_hash, source_text, taken_at)
SELECT text.collection, text.path, text.locale, md5(text.title || text.text), md5(source.title || source.text), source.text, %(now)s
FROM portal_articletext text
JOIN portal_articletext source ON source.collection = text.collection AND source.path = text.path AND source.locale = %(english)s
WHERE text.collection = ANY(%(collections)s) AND text.locale <> %(english)s
    AND (text.stored_at >= %(now)s OR source.stored_at >= %(now)s)
ON CONFLICT (collection, path, locale) DO UPDATE SET
    text_hash = EXCLUDED.text_hash, source_hash = EXCLUDED.source_hash, source_text = EXCLUDED.source_text,
    taken_at = EXCLUDED.taken_at
WHERE portal_translationbasis.text_hash <> EXCLUDED.text_hash
"""
# The English that a file kept beside its translation, sentence by sentence.
ENGLISH_OF = "(SELECT string_agg(pair ->> 2, ' ' ORDER BY number) FROM jsonb_array_elements({}) WITH ORDINALITY kept(pair, number))"
# Articles of which some text was stored now; findings of the others still hold.
TOUCHED = """
CREATE TEMP TABLE touched ON COMMIT DROP AS
SELECT DISTINCT collection, path FROM portal_articletext
WHERE collection = ANY(%(collections)s) AND stored_at >= %(now)s
"""
FORGET = """
DELETE FROM portal_finding finding USING portal_articletext text, touched
WHERE finding.text_id = text.id AND finding.kind = %(kind)s
    AND text.collection = touched.collection AND text.path = touched.path
"""
# Where both languages kept their English, its words decide, and not the version: another file of that tree may have changed.
FIND = f"""
INSERT INTO portal_finding (text_id, kind, code, detail)
SELECT text.id, %(kind)s,
    CASE WHEN basis.is_other THEN %(changed)s WHEN newer.locale IS NOT NULL THEN %(other)s ELSE %(dated)s END,
    CASE WHEN basis.is_other THEN %(english)s WHEN newer.locale IS NOT NULL THEN newer.locale ELSE %(english)s END
FROM touched
JOIN portal_articletext text ON text.collection = touched.collection AND text.path = touched.path
LEFT JOIN portal_articletext source
    ON source.collection = text.collection AND source.path = text.path AND source.locale = %(english)s
LEFT JOIN LATERAL (
    SELECT known.source_hash <> md5(source.title || source.text) AS is_other FROM portal_translationbasis known
    WHERE known.collection = text.collection AND known.path = text.path AND known.locale = text.locale
) basis ON true
LEFT JOIN LATERAL (
    SELECT other.locale FROM portal_articletext other
    WHERE other.collection = text.collection AND other.path = text.path AND other.translated_on > text.translated_on
        AND other.header ->> 'ms.sourcegitcommit' <> text.header ->> 'ms.sourcegitcommit'
        AND (other.pairs IS NULL OR text.pairs IS NULL OR {ENGLISH_OF.format("other.pairs")} <> {ENGLISH_OF.format("text.pairs")})
    ORDER BY (other.pairs IS NULL), other.translated_on DESC, other.locale LIMIT 1
) newer ON true
WHERE text.locale <> %(english)s AND (
    basis.is_other OR newer.locale IS NOT NULL OR source.updated > coalesce(text.updated, text.translated_on)
)
"""


def refresh(collections: Collection[str], now: datetime) -> None:
    """Look again at the articles of which a text was stored at `now`. Runs inside the import's last transaction."""
    values = {
        "collections": list(collections),
        "now": now,
        "english": locales.ENGLISH,
        "kind": Kind.STALE.value,
        "changed": Sign.SOURCE_CHANGED.value,
        "other": Sign.OTHER_IS_NEWER.value,
        "dated": Sign.SOURCE_IS_NEWER.value,
    }
    with connection.cursor() as cursor:
        for statement in (REMEMBER, TOUCHED, FORGET, FIND, "DROP TABLE touched"):
            cursor.execute(statement, values)
