"""From the JSON of a form to its schema: every spelling of the corpus, and words for what cannot be used."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.forms.reading import read_form
from portal.forms.schema import Check, Control, Option
from tests.forms.made import element, made, only, options, read


@pytest.mark.parametrize("control", [*Control, "DropDown", "TextBox", "textBox", "radioButtonGroup", "datetimePicker"])
def test_every_control_is_known_in_any_case(control):
    found = read(element(control=control, dropdownOptions=options("a", "b")))
    assert found.form.elements[0].control in (Control(control.casefold()), Control.TEXT_BOX)
    assert not [flaw for flaw in found.flaws if flaw.code == "form-control-unknown"]


def test_an_unknown_control_is_asked_as_text_and_told():
    found = read(element(control="slider"))
    assert found.form.elements[0].control is Control.TEXT_BOX
    (flaw,) = found.flaws
    assert (flaw.code, flaw.element) == ("form-control-unknown", "q")
    assert "textbox" in flaw.message


def test_keys_are_read_in_any_case_and_in_the_spellings_people_made():
    made_up = {
        "Id": "q",
        "ControlType": "DropDown",
        "displaylabel": "Label",
        "watermarkTest": "Mark",
        "infoBallonText": "Info",
        "DropdownOptions": [{"Value": "a", "Text": "A"}, {"value": "b", "text": "B"}],
    }
    (one,) = read_form({"FormElements": [made_up], "fieAttachmentHint": "Logs"}).form.elements
    assert (one.id, one.control, one.label, one.watermark, one.info) == ("q", Control.DROPDOWN, "Label", "Mark", "Info")
    assert one.options == (Option(value="a", text="A"), Option(value="b", text="B"))
    assert read_form({"FormElements": [made_up], "fieAttachmentHint": "Logs"}).form.attach == "Logs"


@pytest.mark.parametrize(
    ("given", "expected"),
    [(True, True), ("true", True), ("True", True), (False, False), (None, False), ("false", False), ("", False)],
)
def test_required_in_all_its_spellings(given, expected):
    assert only(required=given).required is expected


def test_required_may_be_absent():
    assert only().required is False


def test_elements_come_in_their_order():
    form = made(element("b", order=2), element("c", order=None), element("a", order=1))
    assert [one.id for one in form.elements] == ["a", "b", "c"]


def test_an_id_given_twice_is_told_apart():
    found = read(element("q"), element("q"))
    assert [one.id for one in found.form.elements] == ["q", "q-2"]
    assert [flaw.code for flaw in found.flaws] == ["form-repeated-id"]


def test_a_maximum_of_zero_is_none():
    assert only(maxLength=0).longest is None
    assert only(maxLength=36, validations=[{"type": "MaxLength", "value": 40}]).longest == 36


@pytest.mark.parametrize("kind", ["RegExMatch", "regexmatch"])
def test_a_pattern_stands_in_either_place_and_counts_once(kind):
    one = only(textPropertyRegex="^a+$", validations=[{"type": kind, "value": "^a+$", "text": "Only a."}])
    assert [(rule.check, rule.value, rule.text) for rule in one.rules] == [(Check.PATTERN, "^a+$", "Only a.")]


@pytest.mark.parametrize(
    "rule",
    [
        {"type": "RegExMatch", "value": "("},
        {"type": "RegExMatch", "value": "(?=a)"},
        {"type": "RegExMatch"},
        {"type": "greaterthan", "value": "much"},
        {"type": "MaxLength", "value": "long"},
        {"type": "luhn"},
    ],
)
def test_a_validation_that_cannot_be_used_is_told_and_left_out(rule):
    found = read(element(validations=[rule]))
    assert found.form.elements[0].rules == ()
    assert [flaw.code for flaw in found.flaws] == ["form-validation-unclear"]


def dynamic(**keys):
    return {
        "uri": "/subscriptions/{subscriptionId}/x",
        "defaultDropdownOptions": options("dont_know_answer")[0],
        **keys,
    }


def test_a_dynamic_list_keeps_its_fixed_options_and_the_way_out():
    one = only(control="dropdown", dropdownOptions=options("a"), dynamicDropdownOptions=dynamic())
    assert [option.value for option in one.options] == ["a", "dont_know_answer"]
    assert one.is_dynamic
    assert not one.is_free


@pytest.mark.parametrize("fixed", [None, [], options("dont_know_answer")])
def test_a_dynamic_list_without_fixed_options_is_typed_with_the_way_out_beside(fixed):
    one = only(control="multiselectdropdown", dropdownOptions=fixed, dynamicDropdownOptions=dynamic())
    assert one.is_free
    assert not one.is_several
    assert [option.value for option in one.choices] == ["dont_know_answer"]


def test_html_is_sanitised():
    one = only(
        control="infoblock",
        content="<a href='javascript:x()' onclick=y>See</a><script>z</script>",
        infoBalloonText="<b>B</b>",
    )
    assert "javascript" not in one.content
    assert "onclick" not in one.content
    assert "script" not in one.content
    assert (one.info, "See" in one.content) == ("<b>B</b>", True)


def test_what_a_generator_left_says_nothing():
    assert only(infoBalloonText="string", watermarkText="string").info == ""


def test_a_condition_on_the_text_of_an_option_means_its_value():
    form = made(
        element("a", "dropdown", dropdownOptions=options("one", "two")),
        element("b", visibility="a == One"),
    )
    assert form.elements[1].condition.holds({"a": ("one",)})


def test_a_condition_on_an_unknown_question_is_told():
    found = read(element("b", visibility="nothing == x"))
    assert [(flaw.code, flaw.element) for flaw in found.flaws] == [("form-visibility-unknown-id", "b")]


def test_a_condition_nobody_can_read_shows_the_question_and_is_told():
    found = read(element("b", visibility="when it rains"))
    assert found.form.elements[0].condition.holds({})
    assert [flaw.code for flaw in found.flaws] == ["form-visibility-unclear"]


@pytest.mark.parametrize(
    "data", [{}, {"formElements": None}, {"formElements": [7]}, {"formElements": [element(control="infoblock")]}]
)
def test_a_form_that_asks_nothing_is_told(data):
    assert "form-without-questions" in [flaw.code for flaw in read_form(data).flaws]


json = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "order", "controlType", "dropdownOptions", "validations", "visibility", "value", "text", "type"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.fixed_dictionaries({"formElements": st.lists(json, max_size=4), "title": json, "diagnosticCard": json}))
def test_any_json_makes_a_form(data):
    read_form(data)
