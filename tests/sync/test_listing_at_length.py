"""The list of errors where there are many: the quick ways find what the plain ones find, and no page reads them all."""

from __future__ import annotations

import pytest
from django.db import connection

from portal.accounts.models import Tenant
from portal.directories.faults import Category
from portal.sync import listing
from portal.sync.listing import Sort, Wish
from portal.sync.models import Status, SyncError
from tests.bench.site import crowd
from tests.committed_demo import remove_tenants

ERRORS, DEEP = 20_000, 10_000
CYCLES = (crowd.CYCLE, crowd.CYCLE_OF_MANY, 200, 1)
# What each page asks for; with an index in this order none of them sorts or reads what it does not show.
PLAIN = [Wish(sort=sort) for sort in Sort]
NARROWED = [
    Wish(category=Category.MISMATCH.value),
    Wish(attribute="userCertificate"),
    *(Wish(status=status) for status in Status),
    *(Wish(status=status, category=Category.DUPLICATE.value) for status in Status),
]


@pytest.fixture(scope="module")
def tenant(django_db_setup: None, django_db_blocker):
    """Many errors, made once for all tests here, which change nothing."""
    with django_db_blocker.unblock():
        found = crowd.make("crowd", ERRORS)
        crowd.settle_down()
        yield found
        remove_tenants()


@pytest.mark.django_db
@pytest.mark.parametrize("cycle", CYCLES)
@pytest.mark.parametrize("category", ["", Category.DUPLICATE.value, Category.LARGE.value, Category.OTHER.value])
@pytest.mark.parametrize("status", list(Status))
def test_a_status_is_found_as_by_reading_every_error(tenant: Tenant, status: Status, category: str, cycle: int):
    wish = Wish(status=status, category=category)
    expected = list(listing.narrowed(tenant, cycle, wish).order_by("-pk").values_list("pk", flat=True))
    first = [one.pk for one in listing.page(tenant, cycle, wish).errors]
    assert first == expected[: wish.size]
    middle = expected[len(expected) // 2] if expected else 1
    deep = listing.page(tenant, cycle, Wish(status=status, category=category, after=middle))
    assert [one.pk for one in deep.errors] == [pk for pk in expected if pk < middle][: wish.size]


@pytest.mark.django_db
@pytest.mark.parametrize("is_deep", [False, True], ids=["first", "deep"])
@pytest.mark.parametrize("wish", [*PLAIN, *NARROWED], ids=str)
def test_no_page_reads_all_errors(tenant: Tenant, wish: Wish, is_deep: bool):
    after = SyncError.objects.of(tenant).order_by("pk")[DEEP].pk if is_deep else None
    plans = plans_of(tenant, Wish(**{**vars(wish), "after": after}))
    assert plans
    assert not [line for line in plans if "Seq Scan on portal_syncerror" in line]


@pytest.mark.django_db
@pytest.mark.parametrize("wish", PLAIN, ids=lambda wish: wish.sort)
def test_no_order_of_the_list_is_sorted_anew(tenant: Tenant, wish: Wish):
    after = SyncError.objects.of(tenant).order_by("pk")[DEEP].pk
    assert not [line for line in plans_of(tenant, Wish(**{**vars(wish), "after": after})) if "Sort" in line]


def plans_of(tenant: Tenant, wish: Wish) -> list[str]:
    """How PostgreSQL answers what a page asks, line by line."""
    lines: list[str] = []

    def explained(execute, sql, params, many, context):
        with connection.connection.cursor() as cursor:
            lines.extend(row[0] for row in cursor.execute(f"EXPLAIN {sql}", params).fetchall())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explained):
        listing.page(tenant, crowd.CYCLE, wish)
    return lines
