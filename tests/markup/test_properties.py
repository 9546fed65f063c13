"""The header of SelfHelpContent is read with every slip its authors made, and some that nobody made yet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.markup import properties
from portal.markup.source import Unreadable


def read(header: str):
    start = properties.find(header)
    assert start is not None
    return properties.read(header, start)


def raw(header: str) -> dict:
    return read(header)[0].raw


def problems(header: str) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in read(header)[0].problems]


def rest(header: str) -> str:
    return header[read(header)[1] :]


GOOD = '<properties\n    pageTitle="One"\n    articleId="a-1"\n/>\n\n# One\n'


def test_it_reads_keys_folded_and_finds_the_body():
    assert raw(GOOD) == {"pagetitle": "One", "articleid": "a-1"}
    assert rest(GOOD) == "\n\n# One\n"
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    "header",
    [
        '\n\n <properties pageTitle="One" articleId="a-1" />',
        '<properties\npageTitle = "One"\narticleId\t=\t"a-1"/>',
        "<properties\npageTitle='One'\narticleId='a-1'\n/>",
        '<PROPERTIES\npagetitle="One" ArticleID="a-1"\n/>',
        '<properties\n\tpageTitle=" One "\n\tarticleId="a-1"/>text on the same line',
    ],
)
def test_layout_and_capitals_do_not_matter(header):
    assert raw(header) == {"pagetitle": "One", "articleid": "a-1"}
    assert problems(header) == []


def test_single_quotes_may_hold_double_ones():
    assert raw("<properties\npageTitle='Plan \"All (World)\" now'\na='1'\n/>")["pagetitle"] == 'Plan "All (World)" now'


def test_double_quotes_may_hold_double_ones():
    assert raw('<properties\npageTitle="Plan "All" now"\na="1"\n/>') == {"pagetitle": 'Plan "All" now', "a": "1"}


def test_an_apostrophe_does_not_end_a_single_quoted_value():
    assert raw("<properties\ntitle='Can't sign in'\na='1'\n/>") == {"title": "Can't sign in", "a": "1"}


def test_a_missing_closing_quote_ends_with_its_line():
    header = '<properties\na="one\n  b="two"\nc="three"\n/>\n# T "quoted"\n'
    assert raw(header) == {"a": "one", "b": "two", "c": "three"}
    assert problems(header) == [("quote-not-closed", 2)]


def test_two_missing_closing_quotes_in_a_row():
    assert raw('<properties\na="one\nb="two\nc="three"\n/>\n') == {"a": "one", "b": "two", "c": "three"}


def test_a_missing_closing_quote_on_the_last_key_does_not_swallow_the_body():
    header = '<properties\na="one"\nb="two\n/>\n# T\n\nSay "hello" now.\n'
    assert raw(header) == {"a": "one", "b": "two"}
    assert rest(header) == '\n# T\n\nSay "hello" now.\n'


def test_a_missing_closing_quote_before_a_key_on_the_same_line():
    assert raw('<properties\nservice="x resource="y"\n/>\n') == {"service": "x", "resource": "y"}


def test_a_missing_closing_quote_with_the_end_of_the_header_on_its_line():
    assert raw('<properties\na="one"\nb="two />\n# T\n') == {"a": "one", "b": "two"}


def test_a_line_break_in_a_value_becomes_a_blank():
    header = '<properties\npageTitle="One\n  Two"\nproductPesIds="1,\n2"\n/>'
    assert raw(header) == {"pagetitle": "One Two", "productpesids": "1, 2"}
    assert problems(header) == [("line-break-in-value", 2), ("line-break-in-value", 4)]


@pytest.mark.parametrize("blank", ["\u200b", "\u200b\u200b ", "\ufeff"])
def test_invisible_characters_between_keys_count_as_blanks(blank):
    header = f'<properties\na="1"{blank}\nb="2"\n/>'
    assert raw(header) == {"a": "1", "b": "2"}
    assert problems(header) == [("odd-space", 2)]


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f"])
def test_odd_blanks_are_blanks(blank):
    assert raw(f'<properties\na="1"{blank}b="2"\n/>') == {"a": "1", "b": "2"}


def test_a_doubled_closing_quote_is_skipped():
    header = '<properties\na="access""\nb="2"\n/>'
    assert raw(header) == {"a": "access", "b": "2"}
    assert problems(header) == [("stray-quote", 2)]


def test_a_comma_between_keys_is_skipped():
    header = '<properties\na="1",\nb="2"\n/>'
    assert raw(header) == {"a": "1", "b": "2"}
    assert problems(header) == [("comma-in-header", 2)]


def test_a_comment_in_the_header_is_never_a_key():
    header = '<properties\na="1"\n<!-- b="2" -->\nc="3"\n/>'
    assert raw(header) == {"a": "1", "c": "3"}
    assert problems(header) == [("comment-in-header", 3)]


def test_entities_are_decoded_and_blanks_around_values_go():
    assert raw('<properties\na="Q &amp; A &lt;x&gt;&#xD;"\nb="&quot;b&quot; "\n/>') == {"a": "Q & A <x>", "b": '"b"'}


def test_raw_angle_brackets_and_tags_stay_in_values():
    assert raw('<properties\na="x > y <br/> z"\n/>')["a"] == "x > y <br/> z"


def test_a_header_that_ends_with_a_plain_bracket():
    header = '<properties\na="1"\n>\n# T\n'
    assert raw(header) == {"a": "1"}
    assert problems(header) == [("header-not-closed", 3)]


def test_a_header_that_is_not_closed_ends_where_the_text_begins():
    header = '<properties\na="1"\nb="2"\n\n# T\n\nWords.\n'
    assert raw(header) == {"a": "1", "b": "2"}
    assert rest(header) == "# T\n\nWords.\n"
    assert problems(header) == [("header-not-closed", 5)]


def test_a_header_cut_off_in_the_middle_is_refused():
    with pytest.raises(Unreadable, match="cut off"):
        read('<properties\na="1"\nb="2"\n')


def test_an_endless_header_is_refused():
    with pytest.raises(Unreadable, match="does not end within"):
        read("<properties\n" + 'a="1"\n' * 20_000 + "/>\n# T\n")


def test_a_value_without_quotes():
    header = '<properties\na=12\nclouds=public, fairfax\nb="2"\nc=3/>\n# T'
    assert raw(header) == {"a": "12", "clouds": "public, fairfax", "b": "2", "c": "3"}
    assert {code for code, _ in problems(header)} == {"value-not-quoted"}


def test_a_key_without_a_value():
    header = '<properties\na=\nb="2"\n/>'
    assert raw(header)["b"] == "2"


@pytest.mark.parametrize("quoted", ["“One”", "”One”", "„One“", "‘One’", '“One"'])
def test_curly_quotes(quoted):
    header = f'<properties\na={quoted}\nb="2"\n/>'
    assert raw(header) == {"a": "One", "b": "2"}
    assert problems(header) == [("curly-quotes", 2)]


def test_an_opening_quote_closed_by_another_one():
    assert raw('<properties\na=\'One"\nb="2"\n/>') == {"a": "One", "b": "2"}


def test_a_key_given_twice_keeps_both_and_the_first_that_is_not_empty_counts():
    fields, _ = read('<properties\na=""\nA="two"\na="three"\n/>')
    assert fields.raw == {"a": ["", "two", "three"]}
    assert fields.value("a") == "two"
    assert [(problem.code, problem.line) for problem in fields.problems] == [("repeated-key", 3)]


def test_stray_words_are_stepped_over_and_named():
    header = '<properties\na="1"\nstray\nb="2"\n/>\n# T'
    assert raw(header) == {"a": "1", "b": "2"}
    assert problems(header) == [("stray-text", 3)]


@pytest.mark.parametrize(
    "text",
    [
        "no header at all",
        "```\n<properties a='1' />\n```",
        "Write `<properties a='1' />` at the top.",
        "<!-- <properties a='1' /> -->",
        "<propertiesque>",
    ],
)
def test_a_header_that_is_only_talked_about_is_none(text):
    assert properties.find(text) is None


def test_words_before_the_header_are_told_from_comments():
    text = '<!-- x -->\n# Title\n<properties a="1" />'
    assert properties.before_header(text, properties.find(text)) == "# Title"
    assert properties.before_header("<!-- x -->\n<properties", 11) == ""


NAMES = st.from_regex(r"[a-z][a-z0-9.]{0,8}", fullmatch=True)
VALUES = st.text(alphabet="abc XYZ,;:.()[]<é”-_'#", max_size=30)


@given(
    st.dictionaries(NAMES, VALUES, max_size=8),
    st.sampled_from([" = ", "=", " ="]),
    st.sampled_from(["\n", "\n\t", " "]),
)
def test_any_well_formed_header_is_read_back(pairs, equals, between):
    header = (
        "<properties" + between + between.join(f'{key}{equals}"{value}"' for key, value in pairs.items()) + "\n/>\n# T"
    )
    assert raw(header) == {key: value.strip() for key, value in pairs.items()}
    assert rest(header) == "\n# T"


@given(st.text(alphabet="abc=\"'“’,/<>!-# \n\u200b&;", max_size=300))
def test_no_header_breaks_it(text):
    try:
        fields, end = properties.read("<properties " + text, 0)
    except Unreadable:
        return
    assert 0 < end <= len(text) + 12
    assert all(problem.line >= 1 for problem in fields.problems)
