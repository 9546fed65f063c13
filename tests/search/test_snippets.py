"""Snippets show the words that were sought, and nothing but text."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from portal.search.snippets import LENGTH, snippet


def test_it_marks_every_form_of_a_word():
    assert snippet("Objects are synchronizing. It synchronized.", "synchronization") == (
        "Objects are <mark>synchronizing</mark>. It <mark>synchronized</mark>."
    )


def test_it_marks_names_of_the_same_concept():
    assert "<mark>UPN</mark>" in snippet("Change the UPN first.", "UserPrincipalName")


def test_it_marks_japanese_words_whole():
    assert snippet("属性の同期が失敗する", "同期が", "ja") == "属性の<mark>同期が</mark>失敗する"


def test_it_escapes_what_it_shows():
    assert snippet("<b>sync</b> & co", "sync") == "&lt;b&gt;<mark>sync</mark>&lt;/b&gt; &amp; co"


def test_it_shows_the_stretch_with_most_words():
    text = "anchor " + "filler " * 100 + "the source anchor of a user " + "filler " * 100
    shown = snippet(text, "source anchor")
    assert "<mark>source</mark> <mark>anchor</mark>" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")


def test_it_begins_at_the_beginning_when_nothing_is_found():
    assert snippet("Words of an article.", "absent") == "Words of an article."


@given(st.text(), st.text())
def test_nothing_but_marks_is_added(text, query):
    shown = snippet(text, query)
    bare = re.sub(r"</?mark>", "", shown)
    assert not re.search("[<>]", bare)
    assert len(unescape(bare)) <= LENGTH + 4 or len(text) <= LENGTH
