"""Probes and robots.txt."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_a_process_that_lives_says_so_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_it_is_ready_when_the_database_answers(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert b"content version" in response.content


def test_it_is_not_ready_without_its_tables(client):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE portal_contentversion RENAME TO elsewhere")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"migrated" in response.content


def test_robots_are_kept_from_what_is_not_for_them(client):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    assert b"Disallow: /staff/" in response.content
