"""Whether answers can be used: required, options, lengths, numbers, moments, patterns, and comparisons."""

import pytest

from portal.forms.validating import LONGEST_ANSWER, Wrong, faults, moment, number
from tests.forms.made import element, filled, options


def wrong(*elements, **answers) -> list[tuple[str, str]]:
    return [(fault.element.id, fault.wrong.value) for fault in faults(filled(*elements, **answers))]


@pytest.mark.parametrize("blank", [{}, {"q": ""}, {"q": " \r\n\t"}, {"q": "\x00"}])
def test_a_required_question_wants_an_answer(blank):
    assert wrong(element(required=True), **blank) == [("q", "missing")]
    assert wrong(element(), **blank) == []


def test_a_hidden_question_wants_none_and_its_answer_does_not_count():
    elements = (element("a"), element("q", required=True, visibility="a == yes", maxLength=2))
    assert wrong(*elements) == []
    assert filled(*elements, q="far too long").answers == {}
    assert wrong(*elements, a="yes") == [("q", "missing")]


@pytest.mark.parametrize("control", ["dropdown", "radiobuttongroup", "multiselectdropdown"])
def test_an_answer_is_one_of_the_options_by_value_or_text(control):
    one = element(control=control, dropdownOptions=options("a", "b"))
    assert wrong(one, q="a") == wrong(one, q="B") == []
    assert wrong(one, q="c") == [("q", "not-an-option")]


def test_several_may_be_chosen_where_the_form_allows_it():
    several = filled(element(control="multiselectdropdown", dropdownOptions=options("a", "b")), q=["b", "a", "b"])
    assert several.answers == {"q": ("b", "a")}
    assert filled(element(control="dropdown", dropdownOptions=options("a", "b")), q=["b", "a"]).answers == {"q": ("b",)}


def test_the_way_out_of_a_typed_list_counts_before_what_was_typed():
    way_out = {"defaultDropdownOptions": options("dont_know_answer")[0]}
    typed = filled(
        element(control="dropdown", dynamicDropdownOptions=way_out, maxLength=3), q=["abcdef", "dont_know_answer"]
    )
    assert typed.answers == {"q": ("dont_know_answer",)}
    assert faults(typed) == []


def test_lengths_are_held():
    assert wrong(element(maxLength=3), q="abc") == []
    assert wrong(element(maxLength=3), q="abcd") == [("q", "too-long")]
    assert wrong(element(), q="x" * (LONGEST_ANSWER + 1)) == [("q", "too-long")]


@pytest.mark.parametrize("text", ["5", "-5", "5.5", "5,5", "+1", "٥"])
def test_a_number_is_a_number(text):
    assert wrong(element(control="numerictextbox"), q=text) == []


@pytest.mark.parametrize("text", ["five", "1e9", "5 cores", "NaN", "1" * 400])
def test_other_words_are_none(text):
    assert number(text) is None
    assert wrong(element(control="numerictextbox"), q=text) == [("q", "not-a-number")]


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31",
        "2026-01-31T08:15",
        "2026-01-31 08:15:30",
        "2026-01-31T08:15Z",
        "2026-01-31T08:15+0530",
        "2026-01-31T08:15-08:00",
    ],
)
def test_a_moment_may_have_a_time_and_a_zone(text):
    assert wrong(element(control="datetimepicker"), q=text) == []


@pytest.mark.parametrize("text", ["yesterday", "31.1.2026", "2026-02-30", "2026-01-31T25:00", "2026-01-31T08:15+99:99"])
def test_other_words_are_no_moment(text):
    assert moment(text) is None
    assert wrong(element(control="datetimepicker"), q=text) == [("q", "not-a-moment")]


def test_a_pattern_is_held_with_the_forms_own_sentence():
    one = element(validations=[{"type": "RegExMatch", "value": "^[0-9a-f]{4}$", "text": "Four digits."}])
    assert wrong(one, q="12ab") == []
    (fault,) = faults(filled(one, q="xyz"))
    assert (fault.wrong, fault.text) == (Wrong.PATTERN, "Four digits.")


def test_a_pattern_that_would_take_for_ever_takes_no_time():
    one = element(validations=[{"type": "RegExMatch", "value": "^(a+)+$"}])
    assert wrong(one, q="a" * 5_000 + "!") == [("q", "pattern")]


@pytest.mark.parametrize(("answer", "fits"), [("1", True), ("0", False), ("-1", False), ("0.5", True)])
def test_a_number_is_greater_than_another(answer, fits):
    one = element(control="numerictextbox", validations=[{"type": "GreaterThan", "value": 0}])
    assert (wrong(one, q=answer) == []) is fits


def test_an_end_is_after_its_beginning():
    later = element("end", "datetimepicker", validations=[{"type": "greaterthan", "controlId": "start"}])
    elements = (element("start", "datetimepicker"), later)
    assert wrong(*elements, start="2026-01-01T08:00", end="2026-01-01T09:00") == []
    assert wrong(*elements, start="2026-01-01T08:00", end="2026-01-01T07:00") == [("end", "not-greater")]
    assert wrong(*elements, end="2026-01-01T07:00") == []


def test_every_fault_is_told_in_the_order_of_the_form():
    elements = (element("a", required=True), element("b", "numerictextbox", order=2), element("c", order=3))
    assert wrong(*elements, b="x") == [("a", "missing"), ("b", "not-a-number")]
