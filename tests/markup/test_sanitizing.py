"""Two gates: foreign HTML cannot pass for ours, and nothing that could act comes out at the end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.markup.sanitizing import MOST_PICTURE_DATA, clean, clean_foreign, disarm
from tests.markup.rendering.shown import shown

FORGED = [
    '<p data-added>x</p>',
    '<div class="alert alert-warning" role="note"><p class="alert-label" data-added>Warning</p>Call 555</div>',
    '<span class="token" data-token="x">x</span>',
    '<span data-unit="1">x</span>',
    '<a href="https://example.com/" data-article="AlchemyInsights/x">x</a>',
    '<span class="blade-hint" data-blade="Extension.Blade">x</span>',
    '<img data-media="a.png" class="missing" alt="x">',
    '<span hidden>x</span>',
    '<div data-part="x" aria-label="x" tabindex="3">x</div>',
]  # fmt: skip


@pytest.mark.parametrize("html", FORGED)
def test_it_lets_no_file_pass_for_the_portal(html):
    for out in (shown(html), shown(f"Inline {html} text."), clean_foreign(html)):
        for mark in (
            "data-added",
            "data-token",
            "data-unit",
            "data-article",
            "data-blade",
            "data-part",
            "hidden",
            "tabindex",
        ):
            assert mark not in out.replace('data-added="">Picture missing: x', "")
        assert "class=" not in out.replace('class="missing', "")


def test_it_keeps_our_own_marks_at_the_last_gate():
    html = '<div class="alert alert-note" role="note"><p class="alert-label" data-added="">Note</p></div>'
    assert clean(html) == html


def test_it_takes_classes_away_that_are_not_ours():
    assert clean('<p class="note btn-danger x">a</p>') == '<p class="note">a</p>'


@pytest.mark.parametrize(
    "html", ['<p style="x">a</p>', '<p onclick="x">a</p>', '<p align="x">a</p>', '<p role="dialog">a</p>']
)
def test_it_takes_away_what_could_act(html):
    assert clean(html) == "<p>a</p>"


@pytest.mark.parametrize(
    "address",
    ["data:text/html;base64,AAAA", "data:image/svg+xml;base64,AAAA", "data:image/png,x", "data:image/png;base64,<x"],
)
def test_it_shows_no_data_but_pictures(address):
    assert "data:" not in clean(f'<img src="{address}" alt="">').replace("&lt;", "<")


def test_it_bounds_pictures_written_into_an_address():
    small, large = ("data:image/png;base64," + "A" * size for size in (100, MOST_PICTURE_DATA))
    assert "src=" in clean(f'<img src="{small}">')
    assert "src=" not in clean(f'<img src="{large}">')


def test_it_follows_no_data_link():
    assert "href" not in clean('<a href="data:image/png;base64,AAAA">a</a>')


def test_it_keeps_comments_only_until_the_last_gate():
    assert "<!--x-->" in disarm("a<!--x-->b")
    assert clean("a<!--x-->b") == "ab"


@given(st.text(alphabet="<>/\"'=abcdeiklnoprst!- &;\n", max_size=200))
def test_it_is_settled_after_one_pass(text):
    once = clean(text)
    assert clean(once) == once


@given(st.text(max_size=200))
def test_it_shows_plain_text_as_it_is(text):
    assert "<" not in clean(text.replace("<", "&lt;"))
