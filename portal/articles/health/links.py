"""Links that lead nowhere: to articles of the same collection that are not stored, and those the import could not place."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

from portal.articles.health.models import Kind

NOT_STORED = "article-not-stored"
# Codes of the import that say so of a link; an address that moved is repaired, and is counted by itself.
MOVED = "address-retired"
BROKEN = ("relative-link", "empty-target", "anchor-not-found", "link-removed", "link-apart")
REFRESH = """
DELETE FROM portal_finding finding USING portal_articletext text
WHERE finding.text_id = text.id AND finding.kind = %(kind)s AND text.collection = ANY(%(collections)s)
"""
FIND = """
INSERT INTO portal_finding (text_id, kind, code, detail)
SELECT DISTINCT text.id, %(kind)s, %(not_stored)s, target.path
FROM portal_articletext text
CROSS JOIN LATERAL regexp_matches(text.html, 'data-article="([^"#]*)', 'g') found
CROSS JOIN LATERAL (SELECT replace(found[1], '&amp;', '&') AS path) target
WHERE text.collection = ANY(%(collections)s) AND text.html LIKE '%%data-article="%%' AND target.path <> ''
    AND NOT EXISTS (
        SELECT 1 FROM portal_articletext other
        WHERE other.collection = text.collection AND other.path = target.path AND other.for_readers
    )
UNION ALL
SELECT text.id, %(kind)s, problem ->> 'code', problem ->> 'message'
FROM portal_articletext text CROSS JOIN LATERAL jsonb_array_elements(text.problems) problem
WHERE text.collection = ANY(%(collections)s) AND (
    problem ->> 'code' = ANY(%(broken)s)
    OR (problem ->> 'code' = %(moved)s AND problem ->> 'message' LIKE '%% new place is not known; %%')
)
"""


def refresh(collections: Collection[str]) -> None:
    """Look again at every link of these collections: a text that came or went changes those of others."""
    values = {
        "collections": list(collections),
        "kind": Kind.LINK.value,
        "not_stored": NOT_STORED,
        "broken": list(BROKEN),
        "moved": MOVED,
    }
    with connection.cursor() as cursor:
        for statement in (REFRESH, FIND):
            cursor.execute(statement, values)
