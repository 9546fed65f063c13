"""Whatever is typed is read as a query; operators count only where they make sense."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.clouds import Cloud
from portal.search.query import LONGEST_TEXT, Query, parse
from portal.search.ranking import sought
from portal.search.snippets import Marker


def test_it_reads_words_phrases_and_exclusions():
    assert parse('sync "soft match" error -exchange -"hard match"') == Query(
        text="sync soft match error", phrases=("soft match",), excluded=("exchange", "hard match")
    )


def test_it_reads_filters():
    query = parse("upn topic:32629809 product:16666 kind:Generic cloud:Fairfax")
    assert query == Query(text="upn", topic="32629809", product="16666", kind="generic", cloud=Cloud.FAIRFAX)


@pytest.mark.parametrize("text", ["cloud:nowhere", "topic:abc", "product:", "kind:1", "colour:red", "HTTP:500"])
def test_a_filter_that_makes_no_sense_is_words(text):
    assert parse(text) == Query(text=text)


def test_a_hyphen_inside_a_word_excludes_nothing():
    assert parse("single sign-on dn-attributes-failure - x") == Query(text="single sign-on dn-attributes-failure - x")


def test_operators_of_a_pasted_message_are_words():
    message = 'Set-MsolUser -UserPrincipalName joe@contoso.com -ImmutableId "abc" : Unable to update, another object has it. See topic:1 now please'
    assert parse(message) == Query(text=message)


def test_quotes_without_an_end_are_words():
    assert parse('"soft match') == Query(text="soft match")
    assert parse('"') == Query()


def test_only_operators_seek_nothing():
    assert parse('-x -"y z"').is_empty
    assert parse("").is_empty
    assert not parse("topic:1").is_empty


def test_a_megabyte_is_cut():
    assert len(parse("word " * 200_000).text) <= LONGEST_TEXT


def test_letters_that_unfold_into_many_do_not_lengthen_it():
    """U+FDFA alone stands for eighteen letters."""
    assert len(parse("\ufdfa" * LONGEST_TEXT).text) <= LONGEST_TEXT


HOSTILE = st.text() | st.lists(
    st.sampled_from(
        ['"', "-", "topic:", "cloud:", "\0", "\ud800", "a", "同期", '-"', "(", "*", "%", "\\", "'", "\u202e", "مزا"]
    )
).map("".join)


@settings(max_examples=200, deadline=None)
@given(HOSTILE, st.sampled_from(["en", "sv", "de", "ar", "ja", "zh", "xx"]))
def test_no_text_breaks_it(text, language):
    query = parse(text)
    for term in sought(query.text, language):
        assert -(2**63) <= term.key < 2**63
    shown = Marker(query.text, language).snippet(text)
    assert "<script" not in shown
    assert "\0" not in shown
