"""Numbered lists keep counting behind what breaks them."""

import pytest

from tests.markup.rendering.shown import shown

TABLE = "|a|b|\n|-|-|\n|1|2|"


@pytest.mark.parametrize(
    "between", [TABLE, "![a](https://example.com/a.png)", "> [!NOTE]\n> x", "```\nx\n```", "![a](missing.png)"]
)
def test_it_goes_on_counting_behind_a_break(between):
    assert '<ol start="3"><li>three</li>' in shown(f"1. one\n1. two\n\n{between}\n\n1. three")


def test_it_counts_through_several_breaks():
    assert '<ol start="3"><li>three' in shown(f"1. one\n\n{TABLE}\n\n1. two\n\n{TABLE}\n\n1. three")


@pytest.mark.parametrize("between", ["Then:", "## Next", "Then:\n\n" + TABLE])
def test_it_begins_anew_behind_words(between):
    assert "start=" not in shown(f"1. one\n1. two\n\n{between}\n\n1. three")


def test_it_keeps_a_number_that_the_writer_gave():
    assert '<ol start="7">' in shown(f"1. one\n\n{TABLE}\n\n7. seven")
    assert '<ol start="3">' in shown("Text.\n\n3. three")
