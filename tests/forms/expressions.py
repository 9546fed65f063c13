"""A second reader of visibility conditions, written from the facts about the corpus alone: it rewrites a condition into Python.

It shares nothing with portal.forms. Where the portal builds a tree by descent, this one cuts the text into operands, names each
of them, and lets Python's own grammar decide what belongs together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping


class Form:
    """The elements of a form as its JSON has them, keys folded."""

    def __init__(self, data: Mapping) -> None:
        rows = [{str(key).lower(): value for key, value in one.items()} for one in data["formElements"]]
        self.rows = {row["id"]: row for row in rows}

    def options(self, name: str) -> dict[str, str]:
        """Values and texts of an element's options, its default among them."""
        row = self.rows.get(name, {})
        found = {}
        dynamic = {str(key).lower(): value for key, value in (row.get("dynamicdropdownoptions") or {}).items()}
        for one in [
            *(row.get("dropdownoptions") or []),
            *(row.get("radiobuttonoptions") or []),
            dynamic.get("defaultdropdownoptions") or row.get("defaultdropdownoptions") or {},
        ]:
            folded = {str(key).lower(): value for key, value in one.items()}
            if folded:
                found.setdefault(folded["value"], folded["text"])
        return found

    def conditions(self) -> dict[str, object]:
        return {name: row.get("visibility") for name, row in self.rows.items()}


def is_shown(condition: object, form: Form, answers: Mapping[str, list[str]]) -> bool:
    if condition is None or condition is True:
        return True
    if condition is False:
        return False
    text = condition.strip()
    if text.lower() in ("", "null", "true", "false"):
        return text.lower() != "false"
    truths: dict[str, bool] = {}
    python = ""
    for piece in re.split(r"(&&|\|\|)", text):
        if piece in ("&&", "||"):
            python += " and " if piece == "&&" else " or "
            continue
        before, middle, after = peeled(piece.strip())
        name = f"t{len(truths)}"
        truths[name] = truth(middle, form, answers)
        python += "(" * before + name + ")" * after
    return bool(eval(balanced(python), {"__builtins__": {}}, truths))


def peeled(operand: str) -> tuple[int, str, int]:
    """How many parentheses open before a comparison, the comparison, and how many close after it."""
    middle = operand.lstrip("( ")
    before = operand[: len(operand) - len(middle)].count("(")
    after = 0
    while middle.endswith(")") and middle.count(")") > middle.count("("):
        middle, after = middle[:-1].strip(), after + 1
    return before, middle, after


def balanced(python: str) -> str:
    """Without parentheses that close nothing, and with those that were never closed."""
    kept, depth = [], 0
    for sign in python:
        if sign == ")" and depth == 0:
            continue
        depth += {"(": 1, ")": -1}.get(sign, 0)
        kept.append(sign)
    return "".join(kept) + ")" * depth


def truth(comparison: str, form: Form, answers: Mapping[str, list[str]]) -> bool:
    differs = "!=" in comparison
    name, _, value = (part.strip() for part in comparison.partition("!=" if differs else "=="))
    given = answers.get(name) or []
    if value == "null":
        return bool(given) if differs else not given
    options = form.options(name)
    if value not in options:
        value = next((one for one, text in options.items() if text == value), value)
    return (value not in given) if differs else (value in given)


def shown(form: Form, answers: Mapping[str, list[str]]) -> set[str]:
    """The elements shown when the answers to hidden ones count for nothing, found by taking away until it holds."""
    visible = set(form.rows)
    for _ in range(len(form.rows) + 1):
        counted = {name: given for name, given in answers.items() if name in visible}
        now = {name for name, condition in form.conditions().items() if is_shown(condition, form, counted)}
        if now == visible:
            break
        visible = now
    return visible
