"""The history of problems: which are new with an import, and which are gone since; in sets, whatever their number."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from django.db import connection

from portal.articles.health.models import KnownProblem
from portal.articles.models import ImportRun

TOLD = """
CREATE TEMP TABLE told ON COMMIT DROP AS
SELECT
    coalesce(text.collection, %(collection)s) AS collection, text.id AS text_id, told.path, told.code, told.severity,
    told.message, coalesce(array_agg(told.line ORDER BY told.line) FILTER (WHERE told.line IS NOT NULL), '{}') AS lines,
    count(*) AS times
FROM portal_importrun run
CROSS JOIN LATERAL jsonb_to_recordset(run.report -> 'problems')
    AS told(path text, code text, severity text, message text, line int)
LEFT JOIN portal_articletext text
    ON text.root = run.root AND text.source_path = told.path AND (text.collection = %(given)s OR %(given)s = '')
WHERE run.id = %(run)s
GROUP BY 1, 2, 3, 4, 5, 6
"""
KEEP = """
INSERT INTO portal_knownproblem
    (collection, root, path, text_id, code, severity, message, lines, times, new_in_id)
SELECT collection, %(root)s, path, text_id, code, severity, message, lines, times, %(run)s FROM told
ON CONFLICT (root, collection, path, code, md5(message)) WHERE gone_in_id IS NULL
DO UPDATE SET text_id = EXCLUDED.text_id, severity = EXCLUDED.severity, lines = EXCLUDED.lines, times = EXCLUDED.times
WHERE (portal_knownproblem.text_id, portal_knownproblem.lines, portal_knownproblem.times)
    IS DISTINCT FROM (EXCLUDED.text_id, EXCLUDED.lines, EXCLUDED.times)
"""
# What this import did not look at stays: files out of its scope, and files that left the tree while their text is still shown.
CLOSE = """
UPDATE portal_knownproblem known SET gone_in_id = %(run)s
WHERE known.gone_in_id IS NULL AND known.root = %(root)s AND (known.collection = %(given)s OR %(given)s = '')
    AND (%(scope)s = '' OR known.path = %(scope)s OR starts_with(known.path, %(scope)s || '/'))
    AND NOT EXISTS (SELECT 1 FROM unnest(%(unread)s::text[]) AS folder WHERE starts_with(known.path, folder))
    AND (
        known.path IN (SELECT unnest(%(listed)s::text[]))
        OR NOT EXISTS (
            SELECT 1 FROM portal_articletext text WHERE text.root = known.root AND text.source_path = known.path
        )
    )
    AND NOT EXISTS (
        SELECT 1 FROM told WHERE told.collection = known.collection AND told.path = known.path
            AND told.code = known.code AND told.message = known.message
    )
"""


def follow(
    run: ImportRun, *, given: str, scope: PurePosixPath, listed: Iterable[str], unread: Iterable[PurePosixPath]
) -> None:
    """Write down which problems came with this run, whose record is stored, and which went. Runs in its transaction.

    `given` is the collection that was asked for, if one was; `listed` are the files that were looked at.
    """
    values = {
        "run": run.pk,
        "root": run.root,
        "given": given,
        "collection": given or (run.collection if "," not in run.collection else ""),
        "scope": "" if scope == PurePosixPath(".") else str(scope),
        "listed": list(listed),
        "unread": ["" if folder == PurePosixPath(".") else f"{folder}/" for folder in unread],
    }
    with connection.cursor() as cursor:
        for statement in (TOLD, KEEP, CLOSE, "DROP TABLE told"):
            cursor.execute(statement, values)


def are_healed(root: str, listed: Iterable[str]) -> bool:
    """Whether files that were refused are among those an import read without one refusal."""
    refused = KnownProblem.objects.filter(root=root, gone_in=None, severity="error")
    return bool(set(refused.values_list("path", flat=True)) & set(listed))
