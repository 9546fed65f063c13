"""Marks stand where they leave the Markdown what it is."""

import pytest

from portal.markup.units import code_ranges, marked


def shown(text: str) -> str:
    return marked("u", text).replace("\ue000u\ue001", "«").replace("\ue002", "»")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("word", "«word»"),
        ("- item", "- «item»"),
        ("  12. item", "  12. «item»"),
        ("## title", "## «title»"),
        ("> - quoted", "> - «quoted»"),
        ("*em* word", "«*em* word»"),
        ("#tag", "«#tag»"),
        ("one\n- two\n\nthree", "«one»\n- «two»\n\n«three»"),
        ("break  \nnext", "«break»  \n«next»"),
        ("break\\\nnext", "«break»\\\n«next»"),
        ("title\n===", "«title»\n==="),
        ("```\ncode\n```", "```\n«code»\n```"),
        ("| a | b |\n|---|---|", "| a | b |\n|---|---|"),
        ("[a]: https://x.example", "[a]: https://x.example"),
        ("<table><tr><td>x", "<table><tr><td>x"),
        ("<b>x</b>", "«<b>x</b>»"),
        ("-", "-"),
        ("", ""),
        ("   ", "   "),
    ],
)
def test_a_mark_stands_behind_what_begins_a_block_and_before_what_ends_a_line(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize("forged", ["&#xE000;", "&#57344;", "&#x0e002;", "&#XE001;"])
def test_a_mark_cannot_come_in_as_a_character_reference(forged):
    assert shown(f"a{forged}b") == "«a\ufffdb»"


def test_other_character_references_stay():
    assert shown("a&#xE5;&#160;") == "«a&#xE5;&#160;»"


def test_fences_and_code_spans_are_code():
    text = "a `b` c\n\n~~~\n`d`\n~~~\n\n``e ` f`` g ` h\n\ni ` j"
    code = code_ranges(text)
    assert [letter for letter in "abcdefghij" if code.holds(text.index(letter))] == ["b", "d", "e", "f"]


def test_a_fence_that_is_not_closed_is_code_to_the_end():
    assert code_ranges("a\n```\nb").holds(6)
