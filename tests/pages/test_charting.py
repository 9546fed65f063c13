"""Where the parts of stacked columns stand."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from portal.pages.charting import BOTTOM, HEIGHT, SIDE, WIDTH, nice, stacked

SERIES = ("one", "two", "three")
NUMBERS = st.dictionaries(st.sampled_from(SERIES), st.integers(0, 100_000))
ROWS = st.lists(NUMBERS, max_size=30).map(lambda rows: list(enumerate(rows)))


@given(ROWS, st.booleans())
def test_every_column_stands_within_the_picture_apart_from_its_neighbours(rows, mirrored):
    columns = sorted(stacked(rows, SERIES, mirrored=mirrored).columns, key=lambda one: one.x)
    assert all(one.x >= SIDE and one.x + one.width <= WIDTH for one in columns)
    assert all(left.x + left.width <= right.x for left, right in pairwise(columns))


@given(ROWS)
def test_a_stack_grows_from_the_ground_without_gaps(rows):
    for column in stacked(rows, SERIES, mirrored=False).columns:
        below = HEIGHT - BOTTOM
        for part in column.parts:
            assert abs(part.y + part.height - below) < 0.2
            below = part.y
        assert below >= 0


def test_the_newest_stands_where_a_line_ends():
    rows = [(number, {"one": 1}) for number in range(3)]
    first, *_, last = stacked(rows, SERIES, mirrored=False).columns
    assert first.x < last.x
    first, *_, last = stacked(rows, SERIES, mirrored=True).columns
    assert first.x > last.x


@given(st.integers(0, 10**9))
def test_a_scale_ends_at_a_number_that_can_be_halved(number):
    assert nice(number) >= max(number, 1)
    assert nice(number) % 2 == 0
