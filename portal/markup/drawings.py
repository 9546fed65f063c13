"""Drawings: one SVG in English and light colours becomes a picture per locale and colour scheme, or is refused."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree import ElementTree

from portal import locales
from portal.markup.drawing_rules import (
    COLOURED,
    MOST_WORD_CHARACTERS,
    NAMESPACE,
    NOT_IN_XML,
    PALETTE,
    WORDED,
    Unreadable,
    check,
    parse,
)
from portal.problems import Problem, Severity, has_errors

LINE_HEIGHT = 1.35


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One SVG to serve, complete in itself: English words already stand where the locale has none."""

    name: str
    locale: str
    dark: bool
    data: bytes


class Drawn(NamedTuple):
    pictures: list[Picture]
    problems: list[Problem]


def file_name(name: str, locale: str, *, dark: bool) -> str:
    """`cycle` in Swedish for the dark is `cycle.dark.sv-se.svg`."""
    return f"{name}.{'dark' if dark else 'light'}.{locale}.svg"


def render_all(name: str, svg: str, words: Mapping[str, str]) -> Drawn:
    """Every picture of the drawing `name`, English first, and what was wrong.

    `words` maps a locale code to the text of its words file (TOML: word key = text, a line break within the text
    starts a new line of the drawing). A locale without a words file, or with one that cannot be read, is not drawn:
    the page then falls back to en-us. A drawing with an error is not drawn at all.
    """
    source = f"{name}.svg"
    problems = [problem.at(source) for problem in check(svg)]
    if has_errors(problems):
        return Drawn([], problems)
    tables: dict[str, dict[str, str]] = {locales.ENGLISH: {}}
    for locale in sorted(set(words) - {locales.ENGLISH}):
        path = f"{name}.{locale}.toml"
        try:
            tables[locale] = read_words(words[locale])
        except Unreadable as error:
            problems.append(error.problem.at(path))
        else:
            problems += [problem.at(path) for problem in check(svg, tables[locale])]
    return Drawn(
        [_picture(name, svg, tables[one], one, dark=dark) for one in tables for dark in (False, True)], problems
    )


def _picture(name: str, svg: str, words: Mapping[str, str], locale: str, *, dark: bool) -> Picture:
    drawn = variant(svg, words, dark=dark, locale=locale, rtl=locales.get(locale).rtl)
    return Picture(name=file_name(name, locale, dark=dark), locale=locale, dark=dark, data=drawn.encode())


def read_words(toml: str) -> dict[str, str]:
    """The words file of one locale. Raises Unreadable for what is no flat table of texts."""
    try:
        table = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        message = f"The words file is not TOML ({error}): correct it, or the drawing stays in English."
        raise Unreadable(Problem(code="words-unreadable", message=message, severity=Severity.ERROR)) from error
    for key, value in table.items():
        if not isinstance(value, str):
            message = f'The word "{key}" is not a text in quotes: write {key} = "…".'
            raise Unreadable(Problem(code="words-unreadable", message=message, severity=Severity.ERROR))
    return table


def variant(svg: str, words: Mapping[str, str], *, dark: bool, locale: str, rtl: bool) -> str:
    """The drawing with `words` in place of the English by element id, in light or dark colours.

    Words enter as text, never as markup; a word without an element is left out. In a right-to-left locale the texts
    replaced run right to left and stand where the English stood; names and labels that stay as they are do not.
    The drawing must have passed `check`. Raises Unreadable.
    """
    root = parse(svg)
    parents = {child: parent for parent in root.iter() for child in parent}
    root.set("lang", locales.get(locale).tag)
    for element in list(root.iter()):
        if element.tag in WORDED and (word := words.get(element.get("id", ""), "").strip()):
            _say(element, word, parents)
            if rtl and element.tag == "text":
                _turn(element, parents)
        if dark:
            _darken(element)
    root.set("xmlns", NAMESPACE)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _inherited(element: ElementTree.Element, name: str, default: str, parents: Mapping) -> str:
    while element is not None:
        if (value := element.get(name)) is not None:
            return value
        element = parents.get(element)
    return default


def _say(element: ElementTree.Element, word: str, parents: Mapping) -> None:
    lines = [NOT_IN_XML.sub("", line).strip() for line in word[:MOST_WORD_CHARACTERS].split("\n")]
    spans = element.findall("tspan")
    for child in list(element):
        element.remove(child)
    if element.tag != "text":
        element.text = " ".join(lines)
        return
    size = float(_inherited(element, "font-size", "16", parents))
    step = float(spans[1].get("dy", "0")) if len(spans) > 1 else round(size * LINE_HEIGHT, 1)
    # The block keeps its middle, so that a label of two lines sits in its card as well as one of one line.
    shift = (max(1, len(spans)) - len(lines)) * step / 2
    element.set("y", f"{float(element.get('y', '0')) + shift:g}")
    _break(element, lines, step)


def _break(element: ElementTree.Element, lines: list[str], step: float) -> None:
    element.text = lines[0] if len(lines) == 1 else None
    for number, line in enumerate(lines if len(lines) > 1 else []):
        dy = f"{step if number else 0:g}"
        ElementTree.SubElement(element, "tspan", {"x": element.get("x", "0"), "dy": dy}).text = line


def _turn(element: ElementTree.Element, parents: Mapping) -> None:
    """Start and end change places with the direction; exchanged back, the text stays where the English stood."""
    anchor = _inherited(element, "text-anchor", "start", parents)
    element.set("direction", "rtl")
    element.set("text-anchor", {"start": "end", "end": "start"}.get(anchor, anchor))


def _darken(element: ElementTree.Element) -> None:
    for name in element.attrib.keys() & COLOURED:
        colour = element.get(name, "")
        element.set(name, PALETTE.get(colour.casefold(), colour))
