"""Titles are suggested while a query is typed."""

import pytest

from portal.articles.searching.suggesting import suggest
from portal.clouds import Cloud
from tests.factories import make_tree, run_import, selfhelp

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def library(tmp_path):
    files = {
        "a.md": selfhelp("Synchronization of anchors"),
        "b.md": selfhelp("Anchors of ships", cloudEnvironments="fairfax"),
    }
    run_import(make_tree(tmp_path, files))


def titles(text: str, cloud: Cloud | None = None, locale: str = "en-us") -> list[str]:
    return [one.text.title for one in suggest(text, locale, cloud)]


def test_the_last_word_may_be_unfinished():
    assert titles("synchr") == ["Synchronization of anchors"]
    assert sorted(titles("anc")) == ["Anchors of ships", "Synchronization of anchors"]


def test_every_word_must_fit():
    assert titles("anchors sh") == ["Anchors of ships"]
    assert titles("licences anch") == []


def test_only_what_the_cloud_has():
    assert titles("anch", Cloud.PUBLIC) == ["Synchronization of anchors"]


def test_english_where_the_language_has_none():
    assert titles("synchr", locale="sv-se") == ["Synchronization of anchors"]


@pytest.mark.parametrize("text", ["", "a", " ", "\0", "%", "_x", "\\", "x" * 10_000, "\ud800\ud800"])
def test_what_cannot_be_a_title_suggests_nothing(text):
    assert titles(text) == []
