"""Did you mean: a word nobody wrote, replaced by the nearest one of titles and headings."""

from __future__ import annotations

import re

from portal.articles.searching.finding import ENGLISH
from portal.articles.searching.models import Posting, SearchWord
from portal.search.languages import language_of, stem, stop_words
from portal.search.query import Query
from portal.search.spelling import SHORTEST, distance, shortened
from portal.search.terms import Sort, key

MOST_WORDS = 12
_LETTERS = re.compile(r"[^\W\d_]{4,24}")


def corrected(query: Query, locale: str) -> str:
    """The query with its unknown words replaced, or '' when there is nothing to replace or to replace with."""
    languages = list(dict.fromkeys((language_of(locale), ENGLISH)))
    written = query.text.split()
    if len(written) > MOST_WORDS:
        return ""
    unknown = _unknown([word for word in written if _LETTERS.fullmatch(word)], languages)
    better = {word: near for word in unknown if (near := _nearest(word.casefold(), languages))}
    return " ".join(better.get(word, word) for word in written) if better else ""


def _unknown(written: list[str], languages: list[str]) -> list[str]:
    """The words that stand in no text of these languages, in any form."""
    keys = {
        key(language, sort, term): word
        for word in written
        for language in languages
        for sort, term in _forms(word, language)
    }
    if not keys:
        return []
    known = Posting.objects.filter(term__in=list(keys)).values_list("term", flat=True).distinct()
    met = {keys[term] for term in known}
    met |= {word for word in written for language in languages if word.casefold() in stop_words(language)}
    return [word for word in dict.fromkeys(written) if word not in met]


def _forms(word: str, language: str) -> list[tuple[str, str]]:
    folded = word.casefold()
    return [(Sort.STEM, stem(folded, language)), (Sort.WHOLE, folded), (Sort.EXACT, folded)]


def _nearest(word: str, languages: list[str]) -> str:
    """The known word that a slip or two away is meant, the commonest of the nearest."""
    near = SearchWord.objects.filter(language__in=languages, shortened__overlap=list(shortened(word)))
    allowed = 1 if len(word) < 2 * SHORTEST else 2
    measured = [
        (distance(word, known), -texts, known) for known, texts in near.values_list("word", "texts") if known != word
    ]
    return min((one for one in measured if one[0] <= allowed), default=(0, 0, ""))[2]
