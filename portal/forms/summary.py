"""The answers to a form as a case summary, in the form's own words: what support would have asked for."""

from __future__ import annotations

from collections.abc import Iterator

from portal.forms.answers import Filled
from portal.forms.casefile import Row, Section, Summary
from portal.forms.schema import Control, Element
from portal.forms.validating import moment


def summary(filled: Filled, *, about: tuple[Row, ...] = (), zone: str = "") -> Summary:
    """What was answered, then what stayed open. `about` are rows on the case; `zone` is that of times that name none."""
    return Summary(title=filled.form.title, sections=sections(filled, about=about, zone=zone))


def sections(filled: Filled, *, about: tuple[Row, ...] = (), zone: str = "") -> tuple[Section, ...]:
    """The sections alone, to stand among those of another summary."""
    answered = [element for element in filled.questions if filled.answer(element)]
    plain = tuple((name_of(one), shown(filled, one, zone)) for one in answered if not one.is_description)
    told = tuple((name_of(one), shown(filled, one, zone)) for one in answered if one.is_description)
    still_open = tuple((name_of(one), "") for one in filled.questions if not filled.answer(one))
    attach = (("To attach", filled.form.attach),) if filled.form.attach else ()
    parts = (
        ("Case", about),
        ("Answers", plain),
        ("Description", told),
        ("Not answered", still_open),
        ("Files", attach),
    )
    return tuple(Section(heading=heading, rows=rows) for heading, rows in parts if rows)


def name_of(element: Element) -> str:
    """What a question is called: few have no label."""
    return (element.label or element.watermark).rstrip(" :") or element.id


def shown(filled: Filled, element: Element, zone: str = "") -> str:
    """An answer as a person reads it."""
    return "\n".join(_texts(filled, element, zone)) if element.is_several else " ".join(_texts(filled, element, zone))


def _texts(filled: Filled, element: Element, zone: str) -> Iterator[str]:
    for value in filled.answer(element):
        yield moment_of(value, zone) if element.control is Control.DATE_TIME else element.text_of(value)


def moment_of(text: str, zone: str = "") -> str:
    """A moment with its time zone: its own, else the one given; a date alone stays one."""
    found = moment(text)
    if found is None or len(text) == len("2026-01-31"):
        return text
    has_zone = text.endswith("Z") or "+" in text[10:] or "-" in text[10:]
    offset = f"{found:%z}" if has_zone else zone.replace(":", "")
    name = "" if not offset else "UTC" if offset.strip("+-0") == "" else f"UTC{offset[:3]}:{offset[3:5]}"
    return f"{found:%Y-%m-%d %H:%M} {name}".strip()
