"""Words that a slip of a finger parts find each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.spelling import distance, shortened

WORD = st.text("abcde", min_size=4, max_size=9)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("sync", "sync", 0),
        ("sycn", "sync", 1),
        ("snc", "sync", 1),
        ("syync", "sync", 1),
        ("synk", "sync", 1),
        ("", "abc", 3),
    ],
)
def test_slips_are_counted(one, other, slips):
    assert distance(one, other) == slips


@given(WORD, st.integers(0, 8), st.sampled_from("abcdefg"))
def test_a_changed_letter_is_found(word, place, letter):
    place %= len(word)
    assert shortened(word) & shortened(word[:place] + letter + word[place + 1 :])


@given(WORD, WORD)
def test_distance_is_the_same_both_ways(one, other):
    assert distance(one, other) == distance(other, one)
