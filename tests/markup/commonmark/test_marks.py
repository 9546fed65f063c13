"""Sentence marks: invisible to the grammar, spans in the result, never across an element."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.markup.source import UNIT_END, UNIT_START, UNIT_TEXT

from .rendered import html, inline, unit

PAIRS = {
    "a sentence": (unit("1", "a") + " " + unit("2", "b"), '<span data-unit="1">a</span> <span data-unit="2">b</span>'),
    "with elements in it": (unit("1", "a *b* c"), '<span data-unit="1">a <em>b</em> c</span>'),
    "within an element": ("**" + unit("1", "a") + "**", '<strong><span data-unit="1">a</span></strong>'),
    "beside delimiters": ("a" + unit("1", "**b**") + "c", 'a<span data-unit="1"><strong>b</strong></span>c'),
    "within a link": (f"[{unit('1', 'a')}](/u)", '<a href="/u"><span data-unit="1">a</span></a>'),
    "ending in an element": (
        f"{UNIT_START}1{UNIT_TEXT}a *b{UNIT_END} c*",
        '<span data-unit="1">a </span><em><span data-unit="1">b</span> c</em>',
    ),
    "starting in an element": (
        f"*a {UNIT_START}1{UNIT_TEXT}b* c{UNIT_END}",
        '<em>a <span data-unit="1">b</span></em><span data-unit="1"> c</span>',
    ),
    "over lines": (unit("1", "a  \nb"), '<span data-unit="1">a<br />\nb</span>'),
    "in code": ("`a " + unit("1", "b") + "`", "<code>a b</code>"),
    "never ended": (f"{UNIT_START}1{UNIT_TEXT}a", '<span data-unit="1">a</span>'),
    "never started": (f"a{UNIT_END}", "a"),
}


@pytest.mark.parametrize("name", PAIRS)
def test_it_wraps_a_unit(name):
    source, expected = PAIRS[name]
    assert inline(source) == expected


def test_it_takes_the_label_of_a_reference_without_marks():
    assert '<a href="/u">' in html(f"[{unit('1', 'a')}]\n\n[a]: /u")


def test_it_goes_on_in_the_next_block_until_the_unit_ends():
    source = f"- {UNIT_START}1{UNIT_TEXT}a\n- b{UNIT_END} c"
    assert html(source).replace("\n", "") == (
        '<ul><li><span data-unit="1">a</span></li><li><span data-unit="1">b</span> c</li></ul>'
    )


@pytest.mark.parametrize("block", ["    {}", "```\n{}\n```", "<div>\n{}\n</div>"])
def test_it_drops_marks_where_nothing_is_parsed(block):
    shown = html(block.format(unit("1", "a")))
    assert UNIT_START not in shown
    assert UNIT_END not in shown
    assert "data-unit" not in shown


PARTS = ["*", "**", "_", "`", "[", "](/u)", "!", "a", " ", ".", "\nx", "<b>", "\\", "&amp;", "www.x.yz", "é"]


@given(st.lists(st.sampled_from(PARTS), max_size=12), st.integers(0, 12), st.integers(0, 12))
def test_it_never_changes_what_the_text_says(parts, start, end):
    start, end = sorted((min(start, len(parts)), min(end, len(parts))))
    before, within, after = "".join(parts[:start]), "".join(parts[start:end]), "".join(parts[end:])
    plain = html("x" + before + within + after + "x")
    marked = html("x" + before + unit("1", within) + after + "x")
    assert without_spans(marked) == plain


def without_spans(shown: str) -> str:
    return shown.replace('<span data-unit="1">', "").replace("</span>", "")
