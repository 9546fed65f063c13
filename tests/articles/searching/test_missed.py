"""Queries that found nothing are counted without a trace of who asked."""

import pytest

from portal.articles.searching import missed
from portal.articles.searching.missed import count_miss, forget_rarest
from portal.articles.searching.models import MissedQuery
from portal.clouds import Cloud
from tests.factories import make_tree, run_import, selfhelp

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def library(tmp_path):
    run_import(make_tree(tmp_path, {"a.md": selfhelp("Synchronization of anchors for every password")}))


def counted() -> list[tuple[str, int]]:
    return list(MissedQuery.objects.values_list("words", "count"))


def test_the_same_words_are_counted_together():
    for text in ("password anchors", "Password  anchors", "password anchors?"):
        count_miss(text.rstrip("?"), locale="en-us", cloud=Cloud.PUBLIC)
    assert counted() == [("password anchors", 3)]


@pytest.mark.parametrize(
    "text",
    [
        "password joe.jackson@contoso.com",
        "password Joe Jackson",
        "password 12345678",
        "password 7c04b369-3dc5-4b29-941d-23ccfca9e9f0",
        "password CONTOSO\\joe",
        "password +46701234567",
        "password \0\ud800",
    ],
)
def test_nothing_personal_is_kept(text):
    count_miss(text, locale="en-us", cloud=None)
    assert counted() == [("password", 1)]


def test_a_slip_is_counted_as_the_word_that_was_meant():
    count_miss("pasword", locale="sv-se", cloud=None)
    assert counted() == [("password", 1)]


def test_what_is_sought_least_often_is_forgotten_above_a_number(monkeypatch):
    monkeypatch.setattr(missed, "MOST_KEPT", 2)
    for text in ("password", "anchors", "password", "password anchors", "anchors password"):
        count_miss(text, locale="en-us", cloud=None)
    assert forget_rarest() == 2
    assert counted() == [("password", 2), ("anchors password", 1)]
    assert forget_rarest() == 0
