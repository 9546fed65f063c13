"""A drawing that could act, or would not show, is refused with the place and the cure."""

import pytest

from portal.markup import drawings
from portal.markup.drawing_rules import NAMESPACE, check
from tests.markup.drawn import small


def test_it_names_missing_and_unknown_words():
    problems = check(small('<text id="a" x="1" y="1">A</text>'), {"title": "T", "desc": "D", "b": "B"})
    assert [problem.code for problem in problems] == ["word-missing", "word-unknown"]


def test_it_names_words_that_are_no_plain_text():
    assert [problem.code for problem in check(small(), {"title": "T\x07", "desc": "D" * 601})] == ["word-not-plain"] * 2


@pytest.mark.parametrize(
    ("svg", "code"),
    [
        (small("<script>alert(1)</script>"), "drawing-element-forbidden"),
        (small("<style>*{fill:red}</style>"), "drawing-element-forbidden"),
        (small("<foreignObject><p/></foreignObject>"), "drawing-element-forbidden"),
        (small('<image width="1"/>'), "drawing-element-forbidden"),
        (small('<set attributeName="x" to="1"/>'), "drawing-element-forbidden"),
        (small('<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>'), "drawing-element-forbidden"),
        (small('<g xmlns:l="http://www.w3.org/1999/xlink" l:href="//a"/>'), "drawing-attribute-forbidden"),
        (small('<g href="javascript:alert(1)"/>'), "drawing-attribute-forbidden"),
        (small('<g style="fill:red"/>'), "drawing-attribute-forbidden"),
        (small(attributes='onload="alert(1)"'), "drawing-attribute-forbidden"),
        (small('<g filter="url(http://a/#b)"/>'), "drawing-attribute-forbidden"),
        (small('<g font-family="u\\72l(//a)"/>'), "drawing-attribute-forbidden"),
        (small('<rect fill="url(http://a/#b)"/>'), "drawing-colour-unknown"),
        (small('<rect fill="red"/>'), "drawing-colour-unknown"),
        (small('<path marker-end="url(http://a/#b)"/>'), "drawing-reference-outside"),
        (small('<path marker-end="url(#nowhere)"/>'), "drawing-reference-outside"),
        (small('<text x="1" y="1">Hello</text>'), "drawing-text-without-id"),
        (small('<text id="a" x="1em" y="1">A</text>'), "drawing-number-odd"),
        (small('<text id="a" x="1" y="1"><tspan fill="#ffffff">A</tspan></text>'), "drawing-line-not-plain"),
        (small('<g id="a"/><g id="a"/>'), "drawing-id-doubled"),
        (small(attributes='width="100"'), "drawing-size-fixed"),
        (f'<svg xmlns="{NAMESPACE}" viewBox="0 0 1 1" fill="none"/>', "drawing-title-missing"),
        (f'<!DOCTYPE svg [<!ENTITY a "b">]>{small("<desc>&a;</desc>")}', "drawing-unreadable"),
        ("<svg><rect/></svg>", "drawing-unreadable"),
        ("<html/>", "drawing-unreadable"),
        ("", "drawing-unreadable"),
        ("\ud800", "drawing-unreadable"),
        (small("<g>" * 2), "drawing-unreadable"),
        (small("<g>" * 20_000 + "</g>" * 20_000), "drawing-unreadable"),
        (small("<g/>" * 3_000), "drawing-unreadable"),
        (small(" " * 200_000), "drawing-unreadable"),
    ],
)  # fmt: skip
def test_it_refuses_what_could_act_or_would_not_show(svg, code):
    assert code in {problem.code for problem in check(svg)}
    assert drawings.render_all("x", svg, {}).pictures == []


def test_a_refusal_of_broken_xml_names_the_line():
    assert check(f'<svg xmlns="{NAMESPACE}">\n<g>\n</svg>')[0].line == 3
