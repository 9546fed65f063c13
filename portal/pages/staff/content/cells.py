"""The cells of a list's rows: the same words on the page and in the CSV."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.http import urlencode

from portal import locales
from portal.articles.models import ArticleText
from portal.clouds import Cloud
from portal.pages.reader import Reader


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What stands in one cell; `under` stands smaller below it, `lang` is that of the text if it is no word of ours."""

    text: str = ""
    href: str = ""
    under: str = ""
    lang: str = ""
    is_name: bool = False
    is_short: bool = False


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its heading, and the cell of a row for a reader."""

    head: Promise
    cell: Callable[[Any, Reader], Cell]


def plain(value: object) -> Cell:
    return Cell(text="" if value is None else str(value))


def name(value: str, href: str = "") -> Cell:
    """A name that is no word of any language: a file, a code, an owner."""
    return Cell(text=value, href=href, is_name=True)


def article(text: ArticleText | None, reader: Reader, *, path: str = "", under: str = "") -> Cell:
    """The article's title, leading to its page in a cloud that has it, above its file; the file alone where no text is stored."""
    if text is None:
        return name(path)
    under = under or f"{text.collection}/{text.source_path}"
    return Cell(text=text.title, href=address(text, reader), under=under, lang=locales.get(text.locale).tag)


def address(text: ArticleText, reader: Reader) -> str:
    if not text.for_readers or not text.visible_clouds:
        return ""
    cloud = reader.cloud if text.is_visible_in(reader.cloud) else Cloud(text.visible_clouds[0])
    shown = Reader(locale=locales.KNOWN.get(text.locale, reader.locale), cloud=cloud)
    return shown.address("article", collection=text.collection, path=text.path)


def owner(text: ArticleText | None) -> Cell:
    """Who owns it, leading to the same list of that owner alone."""
    if text is None or not text.owner:
        by = text.author if text else ""
        return name(by, f"?{urlencode({'author': by})}" if by else "")
    return Cell(text=text.owner, href=f"?{urlencode({'owner': text.owner})}", under=text.author, is_name=True)
