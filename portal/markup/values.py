"""The values of header keys: what a list, an id, a cloud, a date or a title written by hand means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from portal import clouds, locales
from portal.clouds import Cloud
from portal.markup.fields import Fields

GUID = re.compile(r"\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?", re.IGNORECASE)
DIGITS = re.compile(r"[0-9]{1,12}")
TRANSLATIONS = {"mt": "machine", "machine": "machine", "ht": "human", "human": "human"}
HIGHEST_ORDER = 2**31 - 1
MOST_UNKNOWN = 20

_SEPARATOR = re.compile(r"[,;\s]+")
_MONTH_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_YEAR_FIRST = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?!\d)")

_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"()]*\")?\)")
_EMPHASIS = re.compile(r"(?<![\\*])(\*{1,3})(?=[^\s*])([^*]*[^\s*\\])\1(?!\*)")
_UNDERLINED = re.compile(r"(?<![\w\\])(_{1,2})(?=[^\s_])([^_]*[^\s_\\])\1(?!\w)")
_CODE = re.compile(r"`([^`]+)`")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """Text of a header as people should see it: links, emphasis, code marks and backslash escapes undone."""
    if not any(mark in text for mark in "[*_`\\"):
        return text
    text = _CODE.sub(r"\1", _LINK.sub(r"\1", text))
    return _ESCAPE.sub(r"\1", _UNDERLINED.sub(r"\2", _EMPHASIS.sub(r"\2", text))).strip()


def ids(fields: Fields, what: str, *keys: str, labels_too: bool = False) -> tuple[str, ...]:
    """The ids in a list, each once: digits, or a GUID in lower case; what is neither is reported and left out.

    `what` names them in problems (topic, product). Separators are commas and blanks: two real files have blanks only.
    With `labels_too` other words may stand among the ids and are no defect.
    """
    found: list[str] = []
    strange: list[str] = []
    for word in _SEPARATOR.split(",".join(fields.words(*keys))):
        if guid := GUID.fullmatch(word):
            found.append(guid[1].casefold())
        elif DIGITS.fullmatch(word):
            found.append(word)
        elif word:
            strange.append(word)
    if strange and not labels_too:
        fields.warn(
            f"{what}-not-an-id",
            fields.line(*keys),
            f"“{_shortened(' '.join(strange))}” is no {what} ID and was left out; write digits or a GUID.",
        )
    unique = tuple(dict.fromkeys(found))
    if len(unique) < len(found):
        fields.note(f"{what}-repeated", fields.line(*keys), f"A {what} ID is listed twice; remove the second.")
    return unique


def folded_words(fields: Fields, *keys: str) -> tuple[str, ...]:
    """A comma separated list in lower case, each word once."""
    return tuple(dict.fromkeys(word.casefold() for word in fields.words(*keys)))


def names(fields: Fields, *keys: str) -> tuple[str, ...]:
    """The people under all of these keys, each once, as written."""
    people: dict[str, str] = {}
    for person in ";".join(word for key in keys for word in fields.words(key)).split(";"):
        if person.strip():
            people.setdefault(person.strip().casefold(), person.strip())
    return tuple(people.values())


def visible_clouds(fields: Fields, stated_key: str, disabled_key: str) -> tuple[tuple[str, ...], bool]:
    """The clouds an article is for, in the order people are shown them, and whether the header says so.

    Visible = stated - disabled (dialects.md 1.3). Nothing stated means all six. Names that no cloud has are reported;
    an article that names only such clouds shows nowhere, which is better than in a cloud it was not written for.
    """
    stated = fields.words(stated_key)
    disabled = _named(fields, disabled_key)
    if not stated or stated == ["all"]:
        return tuple(clouds.in_order(frozenset(Cloud) - disabled)), bool(stated or disabled)
    visible = _named(fields, stated_key) - disabled
    if not visible:
        message = "It is visible in no cloud; name at least one of " + ", ".join(Cloud) + "."
        fields.warn("no-cloud", fields.line(stated_key), message)
    return tuple(clouds.in_order(visible)), True


def _named(fields: Fields, key: str) -> frozenset[Cloud]:
    known, unknown = clouds.parse(",".join(fields.words(key)))
    for word in unknown[:10]:
        near = get_close_matches(word[:40].casefold(), list(Cloud), n=1)
        cure = f"did you mean {near[0]}?" if near else "use " + ", ".join(Cloud) + "."
        fields.warn("unknown-cloud", fields.line(key), f"There is no cloud “{_shortened(word)}”; {cure}")
    return known


def display_order(fields: Fields, key: str) -> int | None:
    text = fields.text(key)
    if not text:
        return None
    if DIGITS.fullmatch(text) and int(text) <= HIGHEST_ORDER:
        return int(text)
    fields.warn("display-order", fields.line(key), f"“{_shortened(text)}” is no position; write a whole number.")
    return None


def day(fields: Fields, key: str) -> date | None:
    """A date as headers write it, month first (8/16/2021) or ISO; a month above 12 can only be the day."""
    text = fields.text(key)
    if not text:
        return None
    year_first, month_first = _YEAR_FIRST.match(text), _MONTH_FIRST.match(text)
    year, month, number = 0, 0, 0
    if year_first:
        year, month, number = (int(part) for part in year_first.groups())
    elif month_first:
        month, number, year = (int(part) for part in month_first.groups())
    if month > 12:
        month, number = number, month
    try:
        return date(year, month, number)
    except ValueError:
        message = f"“{_shortened(text)}” is no date; write it as YYYY-MM-DD."
        fields.warn("date", fields.line(key), message)
        return None


def locale(fields: Fields, *keys: str) -> str | None:
    text = fields.text(*keys)
    code = locales.normalise(text) if text else None
    if text and code is None:
        message = f"“{_shortened(text)}” is no locale; write one such as sv-SE."
        fields.warn("locale", fields.line(*keys), message)
    return code


def translation(fields: Fields, *keys: str) -> str:
    """machine, human, or '' for anything else (the corpus also has Auto)."""
    return TRANSLATIONS.get(fields.text(*keys).casefold(), "")


def report_unknown(fields: Fields, known: Iterable[str], *, any_ms_key: bool) -> None:
    """Say which keys mean nothing to the portal; they are kept all the same."""
    familiar = set(known)
    unknown = [
        key
        for key in fields.raw
        if key not in familiar and key not in fields.mended and not (any_ms_key and key.startswith("ms."))
    ]
    for key in unknown[:MOST_UNKNOWN]:
        near = get_close_matches(key[:40], familiar, n=1, cutoff=0.85)
        cure = f"Did you mean “{near[0]}”?" if near else "Remove it if it is not needed."
        fields.note("unknown-key", fields.line(key), f"The key “{_shortened(key)}” means nothing here; kept. {cure}")
    if len(unknown) > MOST_UNKNOWN:
        message = (
            f"{len(unknown) - MOST_UNKNOWN} more keys mean nothing here; kept. Remove them if they are not needed."
        )
        fields.note("unknown-key", fields.line(unknown[MOST_UNKNOWN]), message)


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
