"""When an element is shown: the forms that conditions take, and agreement with a second reader on all of the corpus."""

from contextlib import suppress
from itertools import islice, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.forms.answers import fill
from portal.forms.reading import read_form
from portal.forms.visibility import ALWAYS, NEVER, Unclear, parse
from tests.forms import corpus, expressions
from tests.shared import needs_shared

MOST_COMBINATIONS = 3_000


def holds(condition: object, **said: str) -> bool:
    return parse(condition).holds({name: (value,) for name, value in said.items()})


@pytest.mark.parametrize("condition", [None, True, "", "null", " NULL ", "true", "True"])
def test_what_says_nothing_shows_always(condition):
    assert parse(condition) is ALWAYS


@pytest.mark.parametrize("condition", [False, "false", " FALSE"])
def test_false_shows_never(condition):
    assert parse(condition) is NEVER


@pytest.mark.parametrize(
    ("condition", "said", "expected"),
    [
        ("a == b", {"a": "b"}, True),
        ("a==b", {"a": "b"}, True),
        ("a == b", {}, False),
        ("a != b", {"a": "c"}, True),
        ("a != b", {}, True),
        ("a != null", {}, False),
        ("a != null", {"a": "x"}, True),
        ("a == null", {}, True),
        ("a == b || c == d && e == f", {"a": "b"}, True),
        ("a == b || c == d && e == f", {"c": "d"}, False),
        ("(a == b || c == d) && e == f", {"a": "b"}, False),
        ("(a == b || c == d) && e == f", {"a": "b", "e": "f"}, True),
        ("e == f && ((a == b) || (c == d))", {"e": "f", "c": "d"}, True),
        ("a == b||c == d)", {"c": "d"}, True),
        ("(a == b || c == d", {"c": "d"}, True),
        ("a == Client (classic)", {"a": "Client (classic)"}, True),
        ("(a == Client (classic))", {"a": "Client (classic)"}, True),
        ("a == x, y's or z", {"a": "x, y's or z"}, True),
        ("a == read and write && b == c", {"a": "read and write", "b": "c"}, True),
    ],
)
def test_a_condition_holds(condition, said, expected):
    assert holds(condition, **said) is expected


def test_one_of_several_answers_is_enough():
    assert parse("a == b").holds({"a": ("x", "b")})
    assert not parse("a != b").holds({"a": ("x", "b")})


@pytest.mark.parametrize(
    "condition", ["a", "a = b", "a > 3", "a == ", "== b", "a == b &&", "!(a == b)", "(" * 99, 7, []]
)
def test_what_nobody_can_read_is_said(condition):
    with pytest.raises(Unclear):
        parse(condition)


@given(st.text(alphabet="ab()=!&| nul\x00'", max_size=60))
def test_any_text_is_read_or_refused(text):
    with suppress(Unclear):
        assert parse(text).holds({}) in (True, False)


@needs_shared
def test_every_condition_of_the_corpus_agrees_with_a_second_reader_for_every_answer():
    """All combinations of the answers it speaks of; where there are too many, the first of them in a mixed order."""
    compared = 0
    for path, source in corpus.readable().items():
        form, other = read_form(source.data).form, expressions.Form(source.data)
        conditions = other.conditions()
        for element in form.elements:
            names = sorted(element.condition.names)
            for said in islice(product(*(possible(form, other, element, name) for name in names)), MOST_COMBINATIONS):
                answers = dict(zip(names, said, strict=True))
                mine = element.condition.holds({name: tuple(given) for name, given in answers.items()})
                theirs = expressions.is_shown(conditions[element.id], other, answers)
                assert mine == theirs, (path, element.id, conditions[element.id], answers)
                compared += 1
    assert compared > 5_000


def possible(form, other, element, name) -> list[list[str]]:
    """No answer, each option, each value the condition names, something else; and two at once where that can be."""
    compared: set[str] = set()
    element.condition.put(lambda one: compared.add(one.value) or one)
    values = sorted({*other.options(name), *(compared - {"null"})}, key=lambda one: (one not in compared, one))[:12]
    asked = form.element(name)
    both = [values[:2]] if asked and asked.is_several else []
    return [[], *([value] for value in values), ["something else"], *both]


@needs_shared
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_every_form_of_the_corpus_shows_what_a_second_reader_shows(data):
    """Whole forms, with conditions on elements that are themselves hidden; answers by chance."""
    path = data.draw(st.sampled_from(sorted(corpus.readable())))
    source = corpus.readable()[path]
    form, other = read_form(source.data).form, expressions.Form(source.data)
    answers = {}
    for name in sorted(form.deciding):
        element = form.element(name)
        values = [one.value for one in element.choices] if element else []
        said = data.draw(st.one_of(st.none(), st.sampled_from([*values, "something else"])))
        if said is not None and element:
            answers[name] = [said]
    filled = fill(form, answers)
    assert {one.id for one in filled.shown} == expressions.shown(other, answers), path
    assert set(filled.answers) <= {one.id for one in filled.shown}
