"""Which text of an article serves a reader, and why it is not in her language when it is not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from portal import locales
from portal.articles.models import ArticleText


class Reason(StrEnum):
    """Why a text is shown in another language than the one asked for."""

    NONE = ""
    FALLBACK = "fallback"
    ORIGINAL = "original"
    LAST_RESORT = "last-resort"


class Reading(StrEnum):
    """How a bilingual text is read."""

    TRANSLATED = "translated"
    ORIGINAL = "original"
    BOTH = "both"
    SENTENCES = "sentences"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The text that serves a reader of `asked`, in the locale it is in, and the reason when that is another one."""

    text: ArticleText
    asked: str
    locale: str
    reason: Reason
    existing: tuple[str, ...]


def choose(texts: Iterable[ArticleText], asked: str) -> Choice | None:
    """The text for a reader of `asked` among all texts of one article, or None when there is none.

    Her own locale, then its fallbacks, then English (the original of a bilingual file serves as English where there is no
    English text), then any: human translations first (design section 4).
    """
    by_locale = {text.locale: text for text in texts}
    if not by_locale:
        return None
    existing = tuple(sorted(by_locale))
    bilingual = next((text for text in by_locale.values() if text.is_bilingual), None)
    for code in dict.fromkeys((asked, *locales.get(asked).fallbacks, locales.ENGLISH)):
        if code in by_locale:
            reason = Reason.NONE if code == asked else Reason.FALLBACK
            return Choice(text=by_locale[code], asked=asked, locale=code, reason=reason, existing=existing)
        if code == locales.ENGLISH and bilingual:
            return Choice(text=bilingual, asked=asked, locale=code, reason=Reason.ORIGINAL, existing=existing)
    last = min(by_locale.values(), key=lambda text: (text.translation == "machine", text.locale))
    return Choice(text=last, asked=asked, locale=last.locale, reason=Reason.LAST_RESORT, existing=existing)


def by_article(texts: Iterable[ArticleText]) -> dict[tuple[str, str], list[ArticleText]]:
    """Texts of several articles, gathered by article, in order of first appearance."""
    gathered: dict[tuple[str, str], list[ArticleText]] = {}
    for identity, group in groupby(texts, key=lambda text: (text.collection, text.path)):
        gathered.setdefault(identity, []).extend(group)
    return gathered
