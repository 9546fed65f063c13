"""A bilingual text comes apart into its two sides and its pairs, and no sentence is lost on the way."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.markup.source import Pair, Unreadable
from portal.markup.spans import split


def unit(name: str, target: str, source: str) -> str:
    return (
        f'<span data-ttu-id="{name}">{target}</span>'
        f'<span class="sxs-lookup"><span data-stu-id="{name}">{source}</span></span>'
    )


def both(text: str) -> tuple[str, str]:
    found = split(text, 1)
    return found.local, found.original


def codes(text: str, first_line: int = 1) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in split(text, first_line).problems]


def without_marks(text: str) -> str:
    return re.sub("\ue000[^\ue001]*\ue001|\ue002", "", text)


def test_text_without_units_is_not_bilingual():
    assert split("# One\n\n<span>x</span>\n", 1) is None


def test_a_pair_becomes_its_two_sides():
    found = split(f"# {unit('ab123-101', 'Ett', 'One')}\n", 1)
    assert (found.local, found.original) == ("# Ett\n", "# One\n")
    assert found.pairs == (Pair(unit="ab123-101", target="Ett", source="One"),)
    assert found.problems == ()


def test_text_outside_of_units_stands_on_both_sides():
    text = f'# <a name="one"></a>{unit("a-1", "Ett", "One")}\n\n> [!NOTE]\n> {unit("a-2", "Två", "Two")} `x`\n'
    local, original = both(text)
    assert local == '# <a name="one"></a>Ett\n\n> [!NOTE]\n> Två `x`\n'
    assert original == '# <a name="one"></a>One\n\n> [!NOTE]\n> Two `x`\n'


def test_a_unit_may_be_the_text_of_a_link():
    assert both(f"[{unit('a-1', 'Ett', 'One')}](https://x.example)") == (
        "[Ett](https://x.example)",
        "[One](https://x.example)",
    )


def test_a_unit_may_hold_markdown_and_line_breaks():
    target, source = "se [här](https://x.example)\noch **nu**", "see [here](https://x.example)\nand **now**"
    assert both(unit("a-1", target, source)) == (target, source)


def test_placeholders_and_other_tags_in_a_unit_stay():
    assert both(unit("a-1", "gå <tenant><br>hit", "go <tenant><br>here")) == (
        "gå <tenant><br>hit",
        "go <tenant><br>here",
    )


def test_a_span_inside_a_unit_stays_where_it_has_both_ends():
    text = unit("a-1", "fel <span>https:</span>//u", "error <span>https:</span>//U")
    assert both(text + " x") == ("fel <span>https:</span>//u x", "error <span>https:</span>//U x")


def test_a_stray_closing_tag_inside_both_halves_goes():
    text = unit("a-1", "före</span> efter", "before</span> after") + " " + unit("a-2", "Två", "Two")
    assert both(text) == ("före efter Två", "before after Two")


def test_a_stray_tag_between_units_goes():
    text = unit("a-1", "Ett", "One") + "</span> och <span> " + unit("a-2", "Två", "Two")
    assert both(text) == ("Ett och  Två", "One och  Two")


def test_the_original_may_stand_inside_the_translation():
    text = (
        '<span data-ttu-id="a-1">Ett<span class="sxs-lookup"><span data-stu-id="a-1">One</span></span></span> slut '
        + unit("a-2", "Två", "Two")
    )
    assert both(text) == ("Ett slut Två", "One slut Two")
    assert codes(text) == []


def test_attributes_may_be_written_otherwise():
    text = (
        "<SPAN lang='sv' data-ttu-id='a-1'>Ett</SPAN>\n<span class='sxs-lookup x'>"
        "<span lang=en data-stu-id=a-1>One</span ></span>"
    )
    assert both(text) == ("Ett", "One")


def test_a_translation_without_its_original_stands_on_both_sides():
    text = unit("a-1", "Ett", "One") + '\n<span data-ttu-id="a-2">Två</span>\n'
    found = split(text, 10)
    assert (found.local, found.original) == ("Ett\nTvå\n", "One\nTvå\n")
    assert found.pairs[1] == Pair(unit="a-2", target="Två", source="")
    assert codes(text, 10) == [("unit-without-original", 11)]


def test_an_original_without_its_translation_stands_on_both_sides():
    text = unit("a-1", "Ett", "One") + '\n<span class="sxs-lookup"><span data-stu-id="a-2">Two</span></span>\n'
    found = split(text, 1)
    assert (found.local, found.original) == ("Ett\nTwo\n", "One\nTwo\n")
    assert found.pairs[1] == Pair(unit="a-2", target="", source="Two")
    assert codes(text) == [("unit-without-translation", 2)]


def test_halves_of_different_units_are_not_made_a_pair():
    text = (
        '<span data-ttu-id="a-1">Ett</span><span class="sxs-lookup"><span data-stu-id="a-2">Two</span></span> '
        + unit("a-3", "Tre", "Three")
    )
    found = split(text, 1)
    assert found.local == "EttTwo Tre"
    assert [(pair.target, pair.source) for pair in found.pairs] == [("Ett", ""), ("", "Two"), ("Tre", "Three")]


def test_an_original_that_is_not_closed_ends_with_its_line():
    text = '<span data-ttu-id="a-1">Ett</span><span class="sxs-lookup"><span data-stu-id="a-1">One\nmore\n' + unit(
        "a-2", "Två", "Two"
    )
    assert both(text) == ("Ett\nmore\nTvå", "One\nmore\nTwo")
    assert codes(text) == [("unit-not-closed", 1)]


def test_a_unit_inside_a_unit_loses_no_word():
    inner = unit("a-2", "inne", "inside")
    text = f'<span data-ttu-id="a-1">ute {inner} igen</span>'
    text += '<span class="sxs-lookup"><span data-stu-id="a-1">out</span></span>'
    local, original = both(text)
    assert [word in local for word in ("ute", "inne", "igen")] == [True] * 3
    assert [word in original for word in ("inside", "out")] == [True] * 2
    assert "span" not in local + original


def test_words_between_the_tags_of_a_pair_are_not_lost():
    text = unit("a-1", "Ett", "One") + '<span data-ttu-id="a-2">Två</span><span class="sxs-lookup">och'
    text += '<span data-stu-id="a-2">Two</span></span>'
    assert both(text) == ("EttTvåochTwo", "OneTvåochTwo")


def test_a_text_of_nothing_but_spans_is_refused():
    with pytest.raises(Unreadable, match="split it"):
        split('<span data-ttu-id="a-1">' * 200_000, 1)


def test_an_example_in_code_stays_as_it_is():
    example = unit("id-1", "left", "right")
    text = f"{unit('ab123-101', 'Ett', 'One')}\n\n```html\n{example}\n```\n\nand `{example}` too\n"
    assert both(text) == (
        f"Ett\n\n```html\n{example}\n```\n\nand `{example}` too\n",
        f"One\n\n```html\n{example}\n```\n\nand `{example}` too\n",
    )


def test_a_text_with_nothing_but_an_example_is_not_bilingual():
    assert split(f"Write\n\n```\n{unit('id-1', 'left', 'right')}\n```\n", 1) is None


def test_units_of_this_file_inside_code_come_apart():
    text = f"{unit('ab123-101', 'Ett', 'One')}\n\n```\n{unit('ab123-102', 'kör', 'run')}\n```\n"
    assert both(text) == ("Ett\n\n```\nkör\n```\n", "One\n\n```\nrun\n```\n")


def test_backticks_left_open_in_a_sentence_hide_no_unit():
    text = unit("ab123-101", "ett ` tecken", "a ` character") + " " + unit("ab123-102", "nästa `", "next `")
    assert both(text) == ("ett ` tecken nästa `", "a ` character next `")


def test_a_name_that_could_not_stand_in_an_attribute_is_replaced():
    found = split(unit("a&lt;1", "Ett", "One"), 1)
    assert found.pairs[0].unit == "unit-0"
    assert "unit-0" in found.marked_local


def test_marks_name_the_unit_on_both_sides():
    found = split(f"1. {unit('a-1', 'Ett', 'One')}\n", 1)
    assert found.marked_local == "1. \ue000a-1\ue001Ett\ue002\n"
    assert found.marked_original == "1. \ue000a-1\ue001One\ue002\n"


WORDS = st.text(alphabet="abcåä ?.,*`[]()#>\n-", min_size=1, max_size=12).filter(str.strip)
PIECES = st.lists(st.one_of(st.tuples(WORDS, WORDS), WORDS), min_size=1, max_size=8)


@given(PIECES)
def test_joining_the_halves_gives_the_sides_whatever_the_units_hold(pieces):
    if not isinstance(pieces[0], tuple):
        pieces = [("Ett", "One"), *pieces]
    text = "".join(
        unit(f"ab123-{number}", *piece) if isinstance(piece, tuple) else piece for number, piece in enumerate(pieces)
    )
    found = split(text, 1)
    assert found.local == "".join(piece[0] if isinstance(piece, tuple) else piece for piece in pieces)
    assert found.original == "".join(piece[1] if isinstance(piece, tuple) else piece for piece in pieces)
    assert [(pair.target, pair.source) for pair in found.pairs] == [
        piece for piece in pieces if isinstance(piece, tuple)
    ]
    assert without_marks(found.marked_local) == found.local
    assert without_marks(found.marked_original) == found.original


TAGS = [
    '<span data-ttu-id="a-1">',
    '<span data-stu-id="a-1">',
    '<span class="sxs-lookup">',
    "</span>",
    "<span>",
    "`",
    "\n",
]


@given(st.lists(st.sampled_from([*TAGS, "ett", "one", "```\n"]), max_size=40))
def test_no_order_of_tags_breaks_it_or_loses_a_word(parts):
    text = unit("a-0", "X", "Y") + "".join(parts)
    found = split(text, 1)
    if found:
        for word in ("ett", "one"):
            assert max(found.local.count(word), found.original.count(word)) <= text.count(word)
            assert found.local.count(word) + found.original.count(word) >= text.count(word)
