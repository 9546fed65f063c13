"""Reads the JSON of a scoping form into its schema: keys in any case, the typing errors people made, values of any type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from portal.forms import visibility
from portal.forms.patterns import is_checkable
from portal.forms.schema import Check, Control, Element, Form, Option, Rule
from portal.forms.visibility import ALWAYS, Comparison, Condition, Unclear
from portal.markup.sanitizing import clean_foreign

# Keys as people also wrote them, folded (dialects.md 3.2).
SPELLINGS = {
    "infoballontext": "infoballoontext",
    "watermarktest": "watermarktext",
    "fieattachmenthint": "fileattachmenthint",
}
CHECKS = {"regexmatch": Check.PATTERN, "greaterthan": Check.GREATER_THAN, "maxlength": Check.LONGEST}
# What a generator of forms wrote where there was nothing to say.
EMPTY_WORDS = {"string", "null"}
LAST = 1_000_000
MOST_LINES = 20


@dataclass(frozen=True, kw_only=True)
class Flaw:
    """Something in a form that could not be taken as it stands; `element` is the id it stands in, '' for the form."""

    code: str
    element: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Read:
    form: Form
    flaws: tuple[Flaw, ...]


def read_form(data: Mapping[str, Any], *, title: str = "") -> Read:
    """The form that the data of a file holds; `title` is used where it has none of its own. Never raises."""
    keys = _folded(data)
    flaws: list[Flaw] = []
    given = keys.get("formelements")
    elements = [_element(_folded(one), flaws) for one in _list(given) if isinstance(one, Mapping)]
    elements = _placed(elements, flaws)
    form = Form(
        title=_words(keys.get("title")) or title,
        elements=tuple(_resolved(element, elements, flaws) for element in elements),
        attach=_words(keys.get("fileattachmenthint")),
        needs_resource=_is_true(keys.get("resourcerequired")),
        needs_subscription=_is_true(keys.get("subscriptionrequired")),
    )
    if not form.questions:
        message = "The form asks nothing, so it cannot be filled in. Put its questions into formElements."
        flaws.append(Flaw(code="form-without-questions", element="", message=message))
    return Read(form=form, flaws=tuple(flaws))


def _placed(elements: list[tuple[float, Element]], flaws: list[Flaw]) -> list[Element]:
    """In the order of the form; an id given twice is told apart by a number, so that no answer hides another."""
    found: dict[str, Element] = {}
    for _order, element in sorted(elements, key=lambda one: one[0]):
        name = element.id
        if name in found:
            message = f"The id “{name[:40]}” is given to two questions; give each its own."
            flaws.append(Flaw(code="form-repeated-id", element=name, message=message))
            name = next(f"{name}-{number}" for number in range(2, len(elements) + 2) if f"{name}-{number}" not in found)
        found[name] = replace(element, id=name)
    return list(found.values())


def _element(keys: dict[str, Any], flaws: list[Flaw]) -> tuple[float, Element]:
    name = _words(keys.get("id")) or _words(keys.get("displaylabel"))[:60] or "question"
    control = _control(keys, name, flaws)
    dynamic = keys.get("dynamicdropdownoptions")
    is_dynamic = isinstance(dynamic, Mapping)
    fallback = _option(_folded(dynamic).get("defaultdropdownoptions") or keys.get("defaultdropdownoptions"))
    options = _options(keys, fallback) if control.has_options else ()
    if control is Control.RADIO and not options:
        control = Control.TEXT_BOX
    order = keys.get("order")
    return (
        float(order) if isinstance(order, int | float) else LAST,
        Element(
            id=name,
            control=control,
            label=_words(keys.get("displaylabel")),
            required=control.takes_answer and _is_true(keys.get("required")),
            options=options,
            fallback=fallback if is_dynamic else None,
            is_dynamic=is_dynamic,
            condition=_condition(keys.get("visibility"), name, flaws),
            watermark=_words(keys.get("watermarktext")),
            info=_html(keys.get("infoballoontext")),
            content=_html(keys.get("content")),
            hints=tuple(filter(None, (_words(_folded(hint).get("text")) for hint in _list(keys.get("hints"))))),
            lines=min(_number(keys.get("numberoflines")), MOST_LINES),
            rules=tuple(_rules(keys, name, flaws)),
            is_description=_is_true(keys.get("useasadditionaldetails")),
        ),
    )


def _control(keys: dict[str, Any], name: str, flaws: list[Flaw]) -> Control:
    word = _words(keys.get("controltype"))
    try:
        return Control(word.casefold())
    except ValueError:
        message = f"The controlType “{word[:40]}” is not known; it is guessed. Known are: {', '.join(Control)}."
        flaws.append(Flaw(code="form-control-unknown", element=name, message=message))
        return Control.DROPDOWN if keys.get("dropdownoptions") else Control.TEXT_BOX


def _options(keys: dict[str, Any], fallback: Option | None) -> tuple[Option, ...]:
    """The fixed options, then the default of a list that a service fills; each value once."""
    given = _list(keys.get("dropdownoptions")) or _list(keys.get("radiobuttonoptions"))
    found = {one.value: one for one in map(_option, given) if one}
    # A list of nothing but the way out leaves nothing to choose: such an answer is typed.
    if not found or (fallback and found.keys() == {fallback.value}):
        return ()
    if fallback:
        found.setdefault(fallback.value, fallback)
    return tuple(found.values())


def _option(given: object) -> Option | None:
    keys = _folded(given)
    value, text = _words(keys.get("value")), _words(keys.get("text"))
    return Option(value=value or text, text=text or value) if value or text else None


def _rules(keys: dict[str, Any], name: str, flaws: list[Flaw]) -> Iterator[Rule]:
    if length := _number(keys.get("maxlength")):  # 0 stands in most forms, and means no limit
        yield Rule(check=Check.LONGEST, value=str(length))
    given = [_folded(one) for one in _list(keys.get("validations"))]
    if pattern := _words(keys.get("textpropertyregex")):
        given.append({"type": "RegExMatch", "value": pattern})
    seen = set()
    for one in given:
        rule = _rule(one)
        if rule is None:
            message = (
                f"The validation “{_words(one.get('type'))[:40]}” cannot be used, so answers are not held against it. "
            )
            message += "Known are: RegExMatch with a pattern without look-around, greaterthan with a value or a controlId, MaxLength with a number."
            flaws.append(Flaw(code="form-validation-unclear", element=name, message=message))
        elif (rule.check, rule.value, rule.other) not in seen:
            seen.add((rule.check, rule.value, rule.other))
            yield rule


def _rule(keys: dict[str, Any]) -> Rule | None:
    check = CHECKS.get(_words(keys.get("type")).casefold())
    value, other = keys.get("value"), _words(keys.get("controlid"))
    rule = Rule(check=check, value=_words(value), other=other, text=_words(keys.get("text"))) if check else None
    usable = {
        Check.PATTERN: is_checkable(_words(value)),
        Check.LONGEST: _number(value) > 0,
        Check.GREATER_THAN: bool(other) or _is_number(_words(value)),
        None: False,
    }
    return rule if usable[check] else None


def _condition(given: object, name: str, flaws: list[Flaw]) -> Condition:
    try:
        return visibility.parse(given)
    except Unclear as error:
        message = f"The visibility cannot be read at “{error}”, so the question is always shown. Write id == value or id != value, joined by && or ||."
        flaws.append(Flaw(code="form-visibility-unclear", element=name, message=message))
        return ALWAYS


def _resolved(element: Element, elements: list[Element], flaws: list[Flaw]) -> Element:
    """With every comparison that names an option by its text put to the option's value."""
    by_name = {one.id: one for one in elements}
    unknown = sorted(element.condition.names - by_name.keys())
    for name in unknown:
        message = f"The visibility asks for “{name[:40]}”, which is no question of this form and so never answered. Correct the id."
        flaws.append(Flaw(code="form-visibility-unknown-id", element=element.id, message=message))

    def change(one: Comparison) -> Comparison:
        choices = by_name[one.name].choices if one.name in by_name else ()
        if any(option.value == one.value for option in choices):
            return one
        named = next((option.value for option in choices if option.text == one.value), one.value)
        return replace(one, value=named)

    return replace(element, condition=element.condition.put(change))


def _folded(given: object) -> dict[str, Any]:
    """The keys of an object in lower case, in their right spelling; of two that differ in case the last counts."""
    if not isinstance(given, Mapping):
        return {}
    folded = {str(key).strip().casefold(): value for key, value in given.items()}
    return {SPELLINGS.get(key, key): value for key, value in folded.items()}


def _list(given: object) -> list[Any]:
    return given if isinstance(given, list) else []


def _words(given: object) -> str:
    """A value as one line of text; '' for what says nothing."""
    if given is None or isinstance(given, bool | Mapping | list):
        return ""
    text = " ".join(str(given).split())
    return "" if text.casefold() in EMPTY_WORDS else text


def _html(given: object) -> str:
    return (
        clean_foreign(given).strip() if isinstance(given, str) and given.strip().casefold() not in EMPTY_WORDS else ""
    )


def _is_true(given: object) -> bool:
    return given is True or (isinstance(given, str) and given.strip().casefold() == "true")


def _number(given: object) -> int:
    """A whole number above zero, else 0."""
    text = _words(given)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _is_number(text: str) -> bool:
    return bool(text) and text.removeprefix("-").replace(".", "", 1).isdigit() and text.isascii()
