"""How often one client may ask the API: counted in the database, for all processes; off on this machine."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from portal import clock
from portal.api import limits
from portal.api.limits import Allowance
from portal.api.models import ClientCount

NOON = datetime(2026, 1, 31, 12, 0, 0, tzinfo=UTC)
FAR = {"REMOTE_ADDR": "203.0.113.5"}


in_database = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three_a_minute(settings):
    settings.API_RATE = 3


def ask(client, *, at: float = 0, **more):
    with clock.frozen(NOON + timedelta(seconds=at)):
        return client.get("/api/v1/articles", **{**FAR, **more})


def statuses(client, *moments: float) -> list[int]:
    return [ask(client, at=at).status_code for at in moments]


@in_database
def test_a_client_may_ask_so_often_and_no_more(client):
    assert statuses(client, 0, 1, 2, 3, 4) == [200, 200, 200, 429, 429]


@in_database
def test_the_refusal_says_how_long_to_wait_and_keeps_its_word(client):
    statuses(client, 0, 1, 2)
    refused = ask(client, at=3)
    told = refused.json()
    wait = int(refused.headers["Retry-After"])
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert (told["status"], str(wait) in told["detail"]) == (429, True)
    assert ask(client, at=3 + wait).status_code == 200


@in_database
def test_every_answer_says_what_is_left(client):
    first = ask(client)
    assert first.headers["RateLimit-Policy"] == '"client";q=3;w=60'
    assert first.headers["RateLimit"].startswith('"client";r=2;')
    assert client.get("/api/v1/nonsense", **FAR).headers["RateLimit"]


@in_database
def test_the_window_slides(client):
    """Three just before the full minute count for most of the minute that follows."""
    assert statuses(client, 57, 58, 59) == [200, 200, 200]
    assert statuses(client, 61) == [429]
    assert statuses(client, 115, 170) == [200, 200]


@in_database
def test_clients_are_counted_apart(client):
    statuses(client, 0, 1, 2, 3)
    assert ask(client, REMOTE_ADDR="203.0.113.6").status_code == 200


@in_database
def test_nothing_is_limited_on_this_machine_or_when_it_is_off(client, settings):
    for _time in range(5):
        assert client.get("/api/v1/articles", headers={"host": "localhost"}).status_code == 200
    settings.API_RATE = 0
    assert statuses(client, *range(5)) == [200] * 5
    assert not ClientCount.objects.exists()


@in_database
def test_pages_are_not_limited(client):
    for _time in range(5):
        assert client.get("/en-us/public/", **FAR).status_code == 200


@in_database
def test_no_address_is_kept(client):
    ask(client)
    (row,) = ClientCount.objects.all()
    assert "203" not in row.client or len(row.client) == 32
    assert row.client == limits.key_of("203.0.113.5")


@in_database
def test_silent_clients_are_forgotten(client):
    ask(client)
    with clock.frozen(NOON + timedelta(minutes=limits.MINUTES_KEPT)):
        assert limits.forget_old() == 0
    with clock.frozen(NOON + timedelta(minutes=limits.MINUTES_KEPT + 1)):
        assert limits.forget_old() == 1


@in_database
def test_a_machine_whose_clock_is_behind_counts_on(client):
    statuses(client, 60, 61)
    assert statuses(client, 59, 62) == [200, 429]


@given(
    limit=st.integers(1, 1000),
    number=st.integers(1, 1001),
    before=st.integers(0, 1001),
    into=st.floats(0, 59.99),
)
def test_a_client_that_waits_as_told_is_let_in(limit, number, before, into):
    number, before = min(number, limit + 1), min(before, limit + 1)
    found = Allowance(limit=limit, number=number, before=before, into=into)
    if not found.is_exceeded:
        return
    later = into + found.wait
    if later < 60:
        after = Allowance(limit=limit, number=number + 1, before=before, into=later)
    elif later < 120:
        after = Allowance(limit=limit, number=1, before=number, into=later - 60)
    else:
        after = Allowance(limit=limit, number=1, before=0, into=0)
    assert after.used <= limit + 1e-6
    assert found.wait <= 120


@in_database
def test_the_table_is_not_logged():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE oid = 'portal_clientcount'::regclass")
        assert cursor.fetchone()[0] in ("u", b"u")


def test_many_at_once_are_all_counted(committed, settings):
    """Eight threads with connections of their own, as eight processes would."""
    settings.API_RATE = 1_000
    request = RequestFactory().get("/api/v1/articles", headers={"host": "localhost"}, **FAR)

    def count(_number: int) -> None:
        try:
            for _time in range(10):
                with clock.frozen(NOON):
                    limits.allowance(request)
        finally:
            connection.close()

    try:
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(count, range(8)))
        assert ClientCount.objects.get().number == 80
    finally:
        ClientCount.objects.all().delete()
