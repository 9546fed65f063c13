"""What votes can prove: the lower bound of Wilson's interval."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.articles.feedback.scores import lower_bound


@pytest.mark.parametrize(
    ("hits", "votes", "bound"),
    [(0, 0, 0.0), (0, 10, 0.0), (1, 1, 0.207), (5, 10, 0.237), (10, 10, 0.722), (90, 100, 0.826)],
)
def test_it_is_wilsons_bound(hits, votes, bound):
    assert lower_bound(hits, votes) == pytest.approx(bound, abs=0.001)


@given(st.integers(1, 500), st.data())
def test_it_never_promises_more_than_the_share(votes, data):
    hits = data.draw(st.integers(0, votes))
    assert 0 <= lower_bound(hits, votes) <= hits / votes


@given(st.integers(1, 200), st.data())
def test_more_votes_of_the_same_share_prove_more(votes, data):
    hits = data.draw(st.integers(1, votes))
    assert lower_bound(2 * hits, 2 * votes) > lower_bound(hits, votes)
