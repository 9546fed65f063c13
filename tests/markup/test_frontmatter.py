"""Front matter is read as the text it is, broken front matter line by line, and nothing in it can go off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.markup import frontmatter
from portal.markup.source import Unreadable


def raw(text: str) -> dict:
    return frontmatter.read(text)[0].raw


def problems(text: str) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in frontmatter.read(text)[0].problems]


def rest(text: str) -> str:
    return text[frontmatter.read(text)[1] :]


def test_it_reads_keys_folded_and_finds_the_body():
    text = "---\ntitle: One\nROBOTS: NOINDEX\n---\n# One\n"
    assert raw(text) == {"title": "One", "robots": "NOINDEX"}
    assert rest(text) == "# One\n"
    assert problems(text) == []


def test_blank_lines_may_stand_above_it():
    assert raw("\n \n---\ntitle: One\n---\n")["title"] == "One"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2020-01-02", "2020-01-02"),
        ("01/02/2020", "01/02/2020"),
        ("0123", "0123"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        ("Yes", "Yes"),
        ("12:30:45", "12:30:45"),
        ("!!int '7'", "7"),
        ("!!python/object:os.system x", "x"),
        ("''", ""),
        ("null", ""),
        ("'null'", "null"),
        ("~", ""),
        ('"a\\0b"', "ab"),
    ],
)
def test_scalars_are_text(written, read):
    assert raw(f"---\ntitle: t\na: {written}\n---\n")["a"] == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('\n- "12"\n- 345', ["12", "345"]),
        (' ["12", 345]', ["12", "345"]),
        (" 9004348", "9004348"),
        (" ''", ""),
        ("", ""),
        (" 9,9", "9,9"),
        (" 82C0A06E-86b0-4e8c-8644-59cbc02e7645", "82C0A06E-86b0-4e8c-8644-59cbc02e7645"),
    ],
)
def test_every_form_of_ms_custom_is_kept(written, read):
    assert raw(f"---\ntitle: t\nms.custom:{written}\n---\n")["ms.custom"] == read


@pytest.mark.parametrize("key", ["munlocking-an-account s.custom", "ms-custom"])
def test_a_misspelt_ms_custom_counts_and_stays_as_found(key):
    text = f'---\ntitle: t\n{key}:\n- "12"\n---\n'
    assert raw(text)["ms.custom"] == ["12"]
    assert raw(text)[key] == ["12"]
    assert problems(text) == [("misspelt-key", 3)]


def test_a_key_given_twice_keeps_both():
    text = "---\nauthor: a\ntitle: t\nauthor: b\n---\n"
    assert raw(text)["author"] == ["a", "b"]
    assert problems(text) == [("repeated-key", 4)]


def test_lists_and_mappings_inside_are_kept():
    assert raw("---\ntitle: t\na:\n  b: [1, {c: d}]\n---\n")["a"] == {"b": ["1", {"c": "d"}]}


def test_broken_yaml_is_read_line_by_line():
    text = '---\ntitle: One: two "three\nms.custom:\n- "12"\n- 34\ndescription: words\n  and more\n---\n# T\n'
    assert raw(text) == {"title": 'One: two "three', "ms.custom": ["12", "34"], "description": "words and more"}
    assert problems(text) == [("broken-front-matter", 2)]
    assert rest(text) == "# T\n"


def test_a_tab_breaks_yaml_and_not_the_reader():
    assert raw("---\ntitle: One\n\tmore: x\nauthor: a\n---\n")["author"] == "a"


def test_front_matter_that_is_not_closed_ends_where_the_text_begins():
    text = '---\ntitle: One\nms.custom:\n- "12"\n\n# One\n\nWords: here.\n'
    assert raw(text) == {"title": "One", "ms.custom": ["12"]}
    assert rest(text) == "# One\n\nWords: here.\n"
    assert problems(text) == [("front-matter-not-closed", 6)]


def test_a_rule_further_down_does_not_close_it():
    text = "---\ntitle: One\n\n# One\n\nWords, and: more.\n- x\n\n---\n\nEnd.\n"
    assert raw(text) == {"title": "One"}
    assert rest(text) == "# One\n\nWords, and: more.\n- x\n\n---\n\nEnd.\n"


def test_front_matter_cut_off_in_the_middle_is_refused():
    with pytest.raises(Unreadable, match="never ends"):
        frontmatter.read("---\ntitle: One\nms.cus")


@pytest.mark.parametrize("text", ["---\n\nWords.\n\n---\n", "---\n- a\n---\n", "---\n---\n", "---", "Words.\n---\n"])
def test_a_rule_is_no_front_matter(text):
    assert frontmatter.read(text) is None


def test_an_alias_is_not_followed():
    text = "---\ntitle: &t One\na: *t\n---\n"
    assert raw(text) == {"title": "One", "a": "*t"}
    assert problems(text) == [("alias-in-front-matter", 3)]


def test_a_bomb_does_not_go_off():
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    assert len(raw(f"---\na0: &a0 x\n{levels}---\n")) == 30


@pytest.mark.parametrize("value", ["[" * 5000, "{a: " * 5000, "[" * 30 + "]" * 30])
def test_deep_nesting_is_refused(value):
    with pytest.raises(Unreadable, match="nested deeper"):
        frontmatter.read(f"---\ntitle: t\na: {value}\n---\n# T\n")


def test_too_many_values_are_refused():
    with pytest.raises(Unreadable, match="shorten"):
        frontmatter.read(f"---\ntitle: t\na: [{'x, ' * 5000}]\n---\n# T\n")


def test_translated_front_matter_gives_its_english_keys_and_its_local_title():
    text = (
        '---\n<span data-ttu-id="ab123-101">rubrik: Ett fel ms.author: x ms.date: 04/21/2020</span>'
        '<span class="sxs-lookup"><span data-stu-id="ab123-101">title: A fault ms.author: x ms.date: 04/21/2020 '
        'ms.custom: - "12" - "345"</span></span>\n---\n# T\n'
    )
    found = raw(text)
    assert found["title"] == "Ett fel"
    assert found["original title"] == "A fault"
    assert found["ms.date"] == "04/21/2020"
    assert found["ms.custom"] == ["12", "345"]
    assert problems(text) == [("translated-front-matter", 2)]


def test_front_matter_translated_as_keys_is_kept_under_those_keys():
    assert raw("---\nrubrik: Ett fel\nms.författare: x\n---\n") == {"rubrik": "Ett fel", "ms.författare": "x"}


@given(st.text(alphabet="ab:-[]{}#&*!|>'\"%@ \n\t,~<span/é", max_size=200))
def test_no_front_matter_breaks_it(text):
    try:
        found = frontmatter.read("---\n" + text + "\n---\nbody\n")
    except Unreadable:
        return
    if found:
        assert found[0].raw
        assert 0 < found[1] <= len(text) + 14
