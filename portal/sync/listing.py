"""A tenant's sync errors page by page: filters, orders, and where the next page goes on; never by counting rows.

A page is reached by the key of the last row before it, over ranges that an index holds in order, so that it costs the same
however deep in the list it lies (performance.md 4: 0.7 ms where OFFSET takes 320).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from django.db import OperationalError, connection, models, transaction
from psycopg.errors import QueryCanceled

from portal.accounts.models import Tenant
from portal.sync.folding import fold
from portal.sync.models import SORTED_NAME, Marked, Status, SyncError, SyncErrors

SIZES = (25, 50, 100, 200)
# What a list needs of an error; the report itself is read where one error is shown.
HEAVY = ("fault", "searched", "types")


class Sort(StrEnum):
    """The orders of the list. Within a name or a category the newest error is first."""

    NEWEST = "newest"
    OLDEST = "oldest"
    NAME = "name"
    CATEGORY = "category"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a person asks of the list; '' and None stand for everything. `after` is the id of the last row seen."""

    category: str = ""
    status: Status | None = None
    attribute: str = ""
    mark: Marked | None = None
    text: str = ""
    sort: Sort = Sort.NEWEST
    size: int = 50
    after: int | None = None

    @property
    def only_status(self) -> bool:
        """Whether a status, and at most a category, narrows the list, as the index over statuses has them."""
        return bool(self.status) and not (self.attribute or self.mark or self.text)


@dataclass(frozen=True, kw_only=True)
class Page:
    errors: list[SyncError]
    more: bool

    @property
    def last(self) -> int | None:
        return self.errors[-1].pk if self.errors else None


class TooSlow(Exception):
    """The filters asked for touch too many rows to be answered in time."""


def page(tenant: Tenant, cycle: int, wish: Wish) -> Page:
    """The errors that fit `wish` in the tenant's current `cycle`, at most `wish.size`."""
    wanted = wish.size + 1
    if wish.only_status and wish.sort is Sort.NEWEST:
        found = _of_status(tenant, cycle, wish, most=wanted)
    else:
        rows = narrowed(tenant, cycle, wish).defer(*HEAVY)
        found = list(islice((error for part in _ranges(tenant, rows, wish) for error in part[:wanted]), wanted))
    return Page(errors=found[: wish.size], more=len(found) > wish.size)


def narrowed(tenant: Tenant, cycle: int, wish: Wish) -> SyncErrors:
    """The open errors that fit, in no order yet."""
    rows = SyncError.objects.of(tenant).open()
    if wish.category:
        rows = rows.in_category(wish.category)
    if wish.status:
        rows = rows.of_status(wish.status, cycle)
    if wish.attribute:
        rows = rows.filter(attribute=wish.attribute)
    if wish.mark:
        rows = rows.marked(wish.mark, cycle)
    for word in fold(wish.text).split():
        rows = rows.filter(searched__contains=word)
    return rows


ORDERS = {
    Sort.NEWEST: ("-pk",),
    Sort.OLDEST: ("pk",),
    Sort.NAME: (SORTED_NAME, "-pk"),
    Sort.CATEGORY: ("category", "-pk"),
}


def everything(tenant: Tenant, cycle: int, wish: Wish) -> SyncErrors:
    """All errors that fit, in the order of the list, to be read one by one."""
    return narrowed(tenant, cycle, wish).defer(*HEAVY).order_by(*ORDERS[wish.sort])


def attributes(tenant: Tenant) -> list[str]:
    """The attributes that open errors are about, each found by one step in an index."""
    table = SyncError._meta.db_table
    query = f"""
        WITH RECURSIVE found(attribute) AS (
            (SELECT attribute FROM {table} WHERE tenant_id = %(tenant)s AND cleared_in IS NULL ORDER BY attribute LIMIT 1)
            UNION ALL
            SELECT (SELECT attribute FROM {table} WHERE tenant_id = %(tenant)s AND cleared_in IS NULL
                    AND attribute > found.attribute ORDER BY attribute LIMIT 1)
            FROM found WHERE found.attribute IS NOT NULL
        ) SELECT attribute FROM found WHERE attribute IS NOT NULL"""
    with connection.cursor() as cursor:
        cursor.execute(query, {"tenant": tenant.pk})
        return [row[0] for row in cursor.fetchall()]


@contextmanager
def in_time(milliseconds: int = 5_000) -> Iterator[None]:
    """Give up on queries that take longer; raises TooSlow. Put everything that reads rows inside."""
    try:
        with transaction.atomic():
            _limit(milliseconds)
            yield
            _limit(0)
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooSlow from error
        raise


def _limit(milliseconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(milliseconds)])


def _ranges(tenant: Tenant, rows: SyncErrors, wish: Wish) -> Iterator[SyncErrors]:
    """The rest of the list after the last row seen, as ranges that follow one another."""
    if wish.sort in (Sort.NEWEST, Sort.OLDEST):
        newest = wish.sort is Sort.NEWEST
        if wish.after:
            rows = rows.filter(pk__lt=wish.after) if newest else rows.filter(pk__gt=wish.after)
        yield rows.order_by("-pk" if newest else "pk")
        return
    column = models.F("category") if wish.sort is Sort.CATEGORY else SORTED_NAME
    rows = rows.alias(sorted_by=column)
    last = SyncError.objects.of(tenant).filter(pk=wish.after).annotate(sorted_by=column).values_list("sorted_by")
    if wish.after and (key := last.first()):
        yield rows.filter(sorted_by=key[0], pk__lt=wish.after).order_by("-pk")
        rows = rows.filter(sorted_by__gt=key[0])
    yield rows.order_by("sorted_by", "-pk")


# The open errors of a tenant lie in the index `error_handled` in a few stretches: those that can be diagnosed and those that
# cannot, by category, one for each cycle and status in which any was put. Each stretch is in order, so taking the head of
# each and merging them costs the same whether nearly all errors are handled or none.
_STRETCHES = """
    WITH RECURSIVE stretch(is_eligible, category, cycle, status) AS (
        (SELECT is_eligible, category, status_cycle, status FROM {table}
         WHERE tenant_id = %(tenant)s AND cleared_in IS NULL
         ORDER BY is_eligible, category, status_cycle, status LIMIT 1)
        UNION ALL
        SELECT further.* FROM stretch CROSS JOIN LATERAL (
            SELECT is_eligible, category, status_cycle, status FROM {table}
            WHERE tenant_id = %(tenant)s AND cleared_in IS NULL
              AND (is_eligible, category, status_cycle, status)
                  > (stretch.is_eligible, stretch.category, stretch.cycle, stretch.status)
            ORDER BY is_eligible, category, status_cycle, status LIMIT 1) further
    ), head AS (
        SELECT one.id FROM stretch CROSS JOIN LATERAL (
            SELECT id FROM {table}
            WHERE tenant_id = %(tenant)s AND cleared_in IS NULL
              AND is_eligible = stretch.is_eligible AND category = stretch.category
              AND status_cycle = stretch.cycle AND status = stretch.status AND id < %(before)s
            ORDER BY id DESC LIMIT %(most)s) one
        WHERE ({fits}) AND %(category)s IN ('', stretch.category)
    ) SELECT id FROM head ORDER BY id DESC LIMIT %(most)s"""
_PUT = "stretch.is_eligible AND stretch.cycle >= %(cycle)s AND stretch.status = %(status)s"
_FITS = {
    Status.NOT_STARTED: f"{_PUT} OR stretch.is_eligible AND stretch.cycle < %(cycle)s",
    Status.MANUAL_FIX: f"{_PUT} OR NOT stretch.is_eligible",
    Status.PENDING_SYNC: _PUT,
}
_PAST_ALL = 2**63 - 1


def _of_status(tenant: Tenant, cycle: int, wish: Wish, *, most: int) -> list[SyncError]:
    """The newest open errors with the wish's status, in its category if it names one."""
    query = _STRETCHES.format(table=SyncError._meta.db_table, fits=_FITS[wish.status])
    values = {
        "tenant": tenant.pk,
        "cycle": cycle,
        "status": wish.status.value,
        "category": wish.category,
        "before": wish.after or _PAST_ALL,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        ids = [row[0] for row in cursor.fetchall()]
    return list(SyncError.objects.of(tenant).filter(pk__in=ids).defer(*HEAVY).order_by("-pk"))
