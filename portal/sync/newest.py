"""The newest errors of some kind, tenant by tenant, by one query over ranges of an index however many tenants there are."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

from portal.sync.listing import HEAVY
from portal.sync.models import SyncError

# Each pair of a tenant and a category is a range of the index `error_open_by_category`, which holds it newest first.
_NEWEST = """
    SELECT newest.id FROM unnest(%(tenants)s::bigint[], %(categories)s::text[]) AS pair(tenant_id, category)
    CROSS JOIN LATERAL (
        SELECT id FROM {table} error
        WHERE error.tenant_id = pair.tenant_id AND error.category = pair.category AND error.cleared_in IS NULL
          AND (%(all_types)s OR error.type = ANY(%(types)s::text[])) AND (%(any)s OR error.is_eligible)
        ORDER BY id DESC LIMIT %(most)s
    ) newest"""


def newest(
    pairs: Collection[tuple[int, str]], *, types: Collection[str] = (), diagnosed: bool = False, most: int
) -> dict[int, list[SyncError]]:
    """At most `most` open errors of each tenant, by its id, the newest first.

    `pairs` are the tenants and categories to look in; `types` narrows them unless empty, `diagnosed` to those that have a
    guided diagnosis.
    """
    if not pairs:
        return {}
    tenants, categories = zip(*pairs, strict=True)
    values = {
        "tenants": list(tenants),
        "categories": list(categories),
        "types": list(types),
        "all_types": not types,
        "any": not diagnosed,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST.format(table=SyncError._meta.db_table), values)
        ids = [row[0] for row in cursor.fetchall()]
    found: dict[int, list[SyncError]] = {}
    for error in SyncError.objects.filter(tenant_id__in=set(tenants), pk__in=ids).defer(*HEAVY).order_by("-pk"):
        found.setdefault(error.tenant_id, []).append(error)
    return {tenant: rows[:most] for tenant, rows in found.items()}
