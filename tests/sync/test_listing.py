"""The list of errors against the plain way of asking: the same rows in the same order, whatever their statuses and marks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.accounts.models import Tenant
from portal.diagnosis.marks import marks
from portal.sync import listing
from portal.sync.listing import Sort, TooSlow, Wish
from portal.sync.models import EVERY_CYCLE, Marked, Status, SyncError, SyncState

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
CYCLE = 5

cycles = st.sampled_from([None, 1, 2, CYCLE])
rows = st.fixed_dictionaries(
    {
        "category": st.sampled_from(["duplicate-attribute", "large-attribute", "other"]),
        "attribute": st.sampled_from(["ProxyAddress", "mail", ""]),
        "incoming_name": st.sampled_from(["Ada", "ada", "Åsa", "Zoë", "", "x" * 300]),
        "is_eligible": st.booleans(),
        "status": st.sampled_from(Status.values),
        "status_cycle": st.sampled_from([0, 1, CYCLE - 1, CYCLE, EVERY_CYCLE]),
        "cleared_in": st.sampled_from([None, None, None, 2]),
        "came_back_in": cycles,
        "fixed_in": cycles,
        "first_cycle": st.sampled_from([1, 3]),
        "last_cycle": st.sampled_from([3, 4]),
        "sweep_by": st.sampled_from([None, None, NOON]),
    }
)
crowds = st.lists(rows, max_size=25)
few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def tenant() -> Tenant:
    return Tenant.objects.create(slug="crowd", name="Crowd", cloud="public", directory="simulator")


def fill(tenant: Tenant, crowd: list[dict]) -> None:
    SyncError.objects.of(tenant).delete()
    fixed = {
        "tenant": tenant,
        "type": "T",
        "source": "export",
        "incoming_key": "i",
        "fault": {},
        "eligibility": "type-not-diagnosed",
    }
    SyncError.objects.bulk_create(
        SyncError(key=f"{number:064}", first_seen_at=NOON, seen_at=NOON, **fixed, **row)
        for number, row in enumerate(crowd)
    )


def everything(tenant: Tenant, **wish) -> list[int]:
    """All pages of two rows each."""
    seen: list[int] = []
    after = None
    while True:
        page = listing.page(tenant, CYCLE, Wish(size=2, after=after, **wish))
        seen += [error.pk for error in page.errors]
        if not page.more:
            return seen
        after = page.last


@few
@given(crowd=crowds, status=st.sampled_from(list(Status)))
def test_the_errors_of_a_status_are_those_that_say_they_have_it(tenant, crowd, status):
    fill(tenant, crowd)
    open_errors = SyncError.objects.of(tenant).open().order_by("-pk")
    assert everything(tenant, status=status) == [one.pk for one in open_errors if one.status_in(CYCLE) == status]


@few
@given(crowd=crowds, sort=st.sampled_from(list(Sort)), status=st.sampled_from([None, *Status]))
def test_every_order_has_every_error_once(tenant, crowd, sort, status):
    fill(tenant, crowd)
    wanted = [one for one in SyncError.objects.of(tenant).open() if status is None or one.status_in(CYCLE) == status]
    keys = {
        Sort.NEWEST: lambda one: (-one.pk,),
        Sort.OLDEST: lambda one: (one.pk,),
        Sort.NAME: lambda one: (one.incoming_name[:120].lower(), -one.pk),
        Sort.CATEGORY: lambda one: (one.category, -one.pk),
    }
    assert everything(tenant, sort=sort, status=status) == [one.pk for one in sorted(wanted, key=keys[sort])]


@few
@given(crowd=crowds, mark=st.sampled_from(list(Marked)))
def test_the_errors_of_a_mark_are_those_that_carry_it(tenant, crowd, mark):
    fill(tenant, crowd)
    state = SyncState(tenant=tenant, cycle=CYCLE)
    carriers = {
        one.pk
        for one in SyncError.objects.of(tenant).open()
        if mark.value in {found.kind.value for found in marks(one, state)}
    }
    assert set(everything(tenant, mark=mark)) == carriers


@few
@given(crowd=crowds)
def test_the_attributes_offered_are_those_of_open_errors(tenant, crowd):
    fill(tenant, crowd)
    open_errors = SyncError.objects.of(tenant).open()
    assert listing.attributes(tenant) == sorted(set(open_errors.values_list("attribute", flat=True)))


def test_it_gives_up_on_what_takes_too_long(tenant):
    with pytest.raises(TooSlow), listing.in_time(1), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(1)")


def test_no_query_looks_past_another_tenant(tenant):
    other = Tenant.objects.create(slug="other", name="Other", cloud="public", directory="simulator")
    row = {
        "category": "other",
        "attribute": "mail",
        "incoming_name": "Ada",
        "is_eligible": True,
        "status": "not-started",
    }
    fill(other, [{**row, "status_cycle": 0, "first_cycle": 1, "last_cycle": 1}])
    assert everything(tenant) == everything(tenant, status=Status.NOT_STARTED) == listing.attributes(tenant) == []
    last = SyncError.objects.of(other).get().pk
    assert listing.page(tenant, CYCLE, Wish(sort=Sort.NAME, after=last)).errors == []
