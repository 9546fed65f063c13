"""Forms made for tests, from elements as their JSON has them."""

from __future__ import annotations

from typing import Any

from portal.forms.answers import Filled, fill
from portal.forms.reading import Read, read_form
from portal.forms.schema import Element, Form


def element(name: str = "q", control: str = "textbox", **keys: Any) -> dict[str, Any]:
    return {"id": name, "order": 1, "controlType": control, "displayLabel": name.title(), **keys}


def options(*values: str) -> list[dict[str, str]]:
    return [{"value": value, "text": value.title()} for value in values]


def read(*elements: dict[str, Any], **top: Any) -> Read:
    return read_form({"title": "A form", "formElements": list(elements), **top})


def made(*elements: dict[str, Any], **top: Any) -> Form:
    return read(*elements, **top).form


def only(**keys: Any) -> Element:
    return made(element(**keys)).elements[0]


def filled(*elements: dict[str, Any], **answers: str | list[str]) -> Filled:
    given = {name: [said] if isinstance(said, str) else said for name, said in answers.items()}
    return fill(made(*elements), given)
