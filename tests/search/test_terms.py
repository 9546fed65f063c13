"""What a document is found by, and what each find is worth."""

from hypothesis import given
from hypothesis import strategies as st

from portal.search.languages import stem
from portal.search.terms import Document, Sort, impacts, key, pair_key


def worth(language="en", **fields):
    every = {"title": "", "description": "", "headings": "", "ids": "", "tags": "", "body": "", **fields}
    return impacts(Document(language=language, fields=every))


def stemmed(word: str) -> int:
    return key("en", Sort.STEM, stem(word, "en"))


def test_a_word_is_worth_more_in_a_title():
    in_title, in_body = worth(title="quarantine"), worth(body="quarantine")
    term = stemmed("quarantine")
    assert in_title[term] > in_body[term]


def test_a_word_is_worth_less_in_a_long_text():
    term = stemmed("anchor")
    assert worth(body="anchor")[term] > worth(body="anchor " + "word " * 500)[term]


def test_more_of_a_word_is_worth_more_but_never_one():
    term = stemmed("anchor")
    once, often = worth(body="anchor")[term], worth(body="anchor " * 400)[term]
    assert once < often < 1


def test_forms_of_a_word_meet_in_its_stem():
    assert stem("synchronized", "en") == stem("synchronizing", "en")
    assert stem("användarna", "sv") == stem("användare", "sv")
    assert stem("Benutzern".casefold(), "de") == stem("benutzer", "de")
    assert stem("المستخدمين", "ar") == stem("مستخدم", "ar")


def test_a_word_with_digits_keeps_its_form():
    assert stem("aadsts50011s", "en") == "aadsts50011s"


def test_words_that_say_nothing_stand_in_titles_only():
    assert stemmed("the") not in worth(body="the anchor")
    assert stemmed("the") in worth(title="the anchor")


def test_neighbours_in_a_title_are_a_term_of_their_own():
    pair = pair_key(stemmed("soft"), stemmed("match"))
    assert pair in worth(title="The soft match")
    assert pair not in worth(title="A match, soft")
    assert pair not in worth(body="soft match")


@given(st.integers(-(2**63), 2**63 - 1), st.integers(-(2**63), 2**63 - 1))
def test_a_pair_has_a_number_like_any_term(first, second):
    assert -(2**63) <= pair_key(first, second) < 2**63


def test_keys_tell_languages_and_sorts_apart():
    assert len({key(language, sort, "x") for language in ("en", "sv") for sort in Sort}) == 2 * len(Sort)
