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
    under_href: str = ""
    lang: str = ""
    is_name: bool = False
    is_short: bool = False


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its heading, and the cell of a row for a reader; `under` heads what a CSV has no room for below it."""

    head: Promise
    cell: Callable[[Any, Reader], Cell]
    under: Promise | None = None

    def heads(self) -> list[str]:
        return [str(self.head), *([str(self.under)] if self.under else [])]

    def values(self, row: Any, reader: Reader) -> list[str]:
        """What a CSV has of it: a value for each of its heads."""
        cell = self.cell(row, reader)
        return [cell.text, *([cell.under] if self.under else [])]


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
    """Who owns it above who wrote it, each leading to the same list of theirs alone."""
    if text is None:
        return Cell()
    by, wrote = _alone("owner", text.owner), _alone("author", text.author)
    return Cell(text=text.owner, href=by, under=text.author, under_href=wrote, is_name=True)


def _alone(filter_name: str, value: str) -> str:
    return f"?{urlencode({filter_name: value})}" if value else ""
