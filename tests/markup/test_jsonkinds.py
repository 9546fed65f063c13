"""JSON kinds are parsed as they are meant, or refused with the line and the cure."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.markup import jsonkinds
from portal.markup.source import Unreadable


def body(text: str) -> str:
    return f"# Title\n---\n{text}\n---"


def data(text: str) -> dict:
    return jsonkinds.read(body(text), 1).data


def problems(text: str, first_line: int = 1) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in jsonkinds.read(body(text), first_line).problems]


def refusal(text: str, first_line: int = 1) -> tuple[str, int]:
    with pytest.raises(Unreadable) as caught:
        jsonkinds.read(text, first_line)
    return caught.value.problem.code, caught.value.problem.line


def test_it_takes_what_stands_between_the_first_and_the_last_rule():
    parsed = jsonkinds.read('# T\n---\n{"a": "x\\n---\\ny"}\n---\nafter', 1)
    assert parsed.data == {"a": "x\n---\ny"}
    assert parsed.around == "# T\n\nafter"
    assert parsed.problems == []


@pytest.mark.parametrize(
    "text", ['# T\n---\n{"a": 1}\n', '# T\n{"a": 1}', '---\n{"a": 1}\n---   ', '  ---\n{"a": 1}\n---\n']
)
def test_a_missing_rule_does_no_harm(text):
    assert jsonkinds.read(text, 1).data == {"a": 1}


@pytest.mark.parametrize(
    ("text", "expected", "code", "line"),
    [
        ('{\n"a": "x\ty"}', {"a": "x\ty"}, "json-control-character", 4),
        ('{\n"a": "x\ny"}', {"a": "x\ny"}, "json-control-character", 4),
        ('{"a": [1, 2,],\n}', {"a": [1, 2]}, "json-trailing-comma", 3),
        ('{"b": 1,\nvisibility: "x, y: z"}', {"b": 1, "visibility": "x, y: z"}, "json-key-not-quoted", 4),
        ('{"a": 1 // why\n}', {"a": 1}, "json-comment", 3),
        ('{/* why */"a": "http://x"}', {"a": "http://x"}, "json-comment", 3),
    ],
)
def test_slips_are_repaired_and_named(text, expected, code, line):
    assert data(text) == expected
    assert problems(text) == [(code, line)]


def test_what_looks_like_a_slip_inside_a_string_stays():
    assert data('{"a": "x, ] // y: {b: 1,}", "c": [1,]}') == {"a": "x, ] // y: {b: 1,}", "c": [1]}


def test_of_a_key_given_twice_the_last_value_counts():
    assert data('{"a": 1,\n"b": 2, "b": 3}') == {"a": 1, "b": 3}
    assert problems('{"a": 1,\n"b": 2, "b": 3}') == [("json-repeated-key", 4)]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (body('{"a": 1\n"b": 2}'), "json-invalid", 4),
        (body('{"a": NaN}'), "json-invalid", 3),
        (body('{"a": 1e999}'), "json-invalid", 3),
        (body('{"a": ' + "9" * 5000 + "}"), "json-invalid", 3),
        (body('{"a": "never closed}'), "json-invalid", 3),
        (body("[1, 2]"), "json-not-an-object", 3),
        (body(""), "json-missing", 2),
        ("# Title\n\nOnly words.\n", "json-missing", 1),
        (body("[" * 100_000), "json-too-deep", 3),
        (body('{"a":' * 100 + "1" + "}" * 100), "json-too-deep", 3),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text, code, line):
    assert refusal(text) == (code, line)


def test_lines_count_from_the_beginning_of_the_file():
    assert refusal(body('{"a": 1\n"b": 2}'), 20) == ("json-invalid", 23)
    assert problems('{"a": 1,}', 20) == [("json-trailing-comma", 22)]


def test_what_a_database_cannot_keep_is_replaced():
    assert data('{"a": "x\\u0000y", "b": ["\\ud800"], "c": "\\ud83d\\ude00"}') == {
        "a": "x\ufffdy",
        "b": ["\ufffd"],
        "c": "😀",
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(alphabet='ab,:{}[]"\\/ é', max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["alpha", "beta_2", "$schema"]), JSON))
def test_repairs_change_nothing_but_the_slips(value):
    def loose(one) -> str:
        if isinstance(one, dict):
            return "{" + "".join(f"{key or 'x'}: {loose(inner)},\n" for key, inner in one.items()) + "}"
        if isinstance(one, list):
            return "[" + "".join(f"{loose(inner)} , " for inner in one) + "]"
        return json.dumps(one)

    def named(one):
        if isinstance(one, dict):
            return {key or "x": named(inner) for key, inner in one.items()}
        return [named(inner) for inner in one] if isinstance(one, list) else one

    assert data(loose(value)) == named(value)


@given(st.text(alphabet='{}[]:,"\\/*ab1 \n-u0\t', max_size=120))
def test_no_text_breaks_it(text):
    try:
        parsed = jsonkinds.read(text, 1)
    except Unreadable:
        return
    assert isinstance(parsed.data, dict)
