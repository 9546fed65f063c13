"""A drawing becomes a picture per locale and colour scheme, its words entering as text."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.markup import drawings
from portal.markup.drawing_rules import Unreadable
from tests.markup.drawn import SVG, small


def texts(drawn: str) -> dict[str, ElementTree.Element]:
    return {element.get("id", ""): element for element in ElementTree.fromstring(drawn).iter(f"{SVG}text")}


def test_it_exchanges_colours_for_the_dark():
    drawn = drawings.variant(small('<rect fill="#0B5CAD" stroke="none"/>'), {}, dark=True, locale="en-us", rtl=False)
    assert 'fill="#6cb4ff"' in drawn
    assert 'stroke="none"' in drawn


def test_it_says_the_language_of_the_words():
    root = ElementTree.fromstring(drawings.variant(small(), {"title": "Namn"}, dark=False, locale="sv-se", rtl=False))
    assert root.get("lang") == "sv-SE"
    assert root.findtext(f"{SVG}title") == "Namn"


def test_words_enter_as_text_only():
    word = '</text><script>alert("1")</script>'
    drawn = drawings.variant(
        small('<text id="a" x="1" y="1">A</text>'), {"a": word}, dark=False, locale="sv-se", rtl=False
    )
    assert texts(drawn)["a"].text == word
    assert "<script" not in drawn


@given(st.text(max_size=700))
def test_whatever_the_words_are_the_picture_is_well_formed(word):
    drawn = drawings.variant(
        small('<text id="a" x="1" y="1">A</text>'), {"a": word}, dark=True, locale="ja-jp", rtl=False
    )
    assert texts(drawn)["a"].tag == f"{SVG}text"


def test_a_line_break_starts_a_line_and_the_block_keeps_its_middle():
    svg = small('<text id="a" x="50" y="40">One</text>')
    drawn = texts(drawings.variant(svg, {"a": "Ett\ntvå"}, dark=False, locale="sv-se", rtl=False))["a"]
    assert [span.text for span in drawn] == ["Ett", "två"]
    assert [span.get("x") for span in drawn] == ["50", "50"]
    first, step = float(drawn.get("y", "0")), float(drawn[1].get("dy", "0"))
    assert first + step / 2 == pytest.approx(40)


def test_two_lines_become_one_in_the_middle():
    svg = small('<text id="a" x="50" y="40"><tspan x="50" dy="0">One</tspan><tspan x="50" dy="12">two</tspan></text>')
    drawn = texts(drawings.variant(svg, {"a": "Ett"}, dark=False, locale="sv-se", rtl=False))["a"]
    assert (drawn.text, drawn.get("y"), len(drawn)) == ("Ett", "46", 0)


@pytest.mark.parametrize(("anchor", "turned"), [("start", "end"), ("end", "start"), ("middle", "middle")])
def test_right_to_left_words_stand_where_the_english_stood(anchor, turned):
    svg = small(f'<g text-anchor="{anchor}"><text id="a" x="1" y="1">A</text></g>')
    drawn = texts(drawings.variant(svg, {"a": "كلمة"}, dark=False, locale="ar-sa", rtl=True))["a"]
    assert (drawn.get("direction"), drawn.get("text-anchor")) == ("rtl", turned)


def test_names_and_missing_words_stay_left_to_right():
    svg = small('<text translate="no" x="1" y="1">Joe</text><text id="a" x="1" y="1">A</text>')
    drawn = drawings.variant(svg, {"title": "عنوان"}, dark=False, locale="ar-sa", rtl=True)
    assert "direction" not in drawn


def test_an_empty_word_leaves_the_english():
    svg = small('<text id="a" x="1" y="1">A</text>')
    assert texts(drawings.variant(svg, {"a": " "}, dark=False, locale="sv-se", rtl=False))["a"].text == "A"


# Words files


def test_a_broken_words_file_costs_its_language_only():
    drawn = drawings.render_all("x", small(), {"sv-se": "title = ", "de-de": 'title = "T"\ndesc = "D"'})
    assert {picture.locale for picture in drawn.pictures} == {"en-us", "de-de"}
    assert [(problem.code, problem.path) for problem in drawn.problems] == [("words-unreadable", "x.sv-se.toml")]


def test_a_words_file_holds_texts_only():
    with pytest.raises(Unreadable):
        drawings.read_words("title = 3")
