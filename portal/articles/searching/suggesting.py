"""Suggests titles while a query is being typed: those that hold its words and begin one with its last."""

from __future__ import annotations

from dataclasses import dataclass

from portal import locales
from portal.articles.models import ArticleText
from portal.articles.searching.documents import bits
from portal.articles.searching.models import SearchWord
from portal.clouds import ALL, Cloud
from portal.search.languages import language_of, stem
from portal.search.terms import Sort, key
from portal.search.words import words

SHORTEST, LONGEST = 2, 120
MOST_ENDINGS, MOST_SUGGESTED = 12, 8
_TITLES = """
    SELECT text.id FROM portal_articletext text JOIN (
        SELECT text_id, count(DISTINCT place) AS places, max(impact) AS most
        FROM unnest(%(terms)s::bigint[], %(places)s::int[]) AS sought(term, place)
        JOIN portal_posting posting USING (term) WHERE posting.clouds & %(clouds)s <> 0
        GROUP BY text_id HAVING count(DISTINCT place) = %(all)s ORDER BY sum(impact) DESC, text_id LIMIT %(most)s
    ) found ON found.text_id = text.id
    WHERE text.for_readers AND text.locale LIKE %(language)s ORDER BY found.most DESC, text.title, text.id LIMIT %(shown)s
"""


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """An article whose title may be meant."""

    text: ArticleText


def suggest(text: str, locale: str, cloud: Cloud | None) -> list[Suggestion]:
    """Titles for what was typed so far, in the reader's language, else in English; [] for less than two letters."""
    typed = [word for word in words(text[:LONGEST]) if not word.whole]
    if not typed or len(text.strip()) < SHORTEST:
        return []
    for code in dict.fromkeys((locale, locales.ENGLISH)):
        if found := _titles([word.text for word in typed], language_of(code), cloud):
            return found
    return []


def _titles(typed: list[str], language: str, cloud: Cloud | None) -> list[Suggestion]:
    terms = [(key(language, Sort.STEM, stem(word, language)), place) for place, word in enumerate(typed)]
    last = len(typed) - 1
    endings = SearchWord.objects.filter(language=language, word__startswith=typed[-1]).order_by("-texts", "word")
    for word in endings.values_list("word", flat=True)[:MOST_ENDINGS]:
        terms.append((key(language, Sort.STEM, stem(word, language)), last))
    parameters = {
        "terms": [term for term, _ in dict.fromkeys(terms)],
        "places": [place for _, place in dict.fromkeys(terms)],
        "all": len(typed),
        "clouds": bits([cloud] if cloud else ALL),
        "most": 4 * MOST_SUGGESTED,
        "shown": 4 * MOST_SUGGESTED,
        "language": f"{language}%",
    }
    texts = ArticleText.objects.raw(_TITLES, parameters)
    ids = [text.pk for text in texts]
    light = ArticleText.objects.filter(pk__in=ids).light().in_bulk()
    by_title: dict[str, ArticleText] = {}
    for pk in ids:  # two articles of one title, for two systems or clouds, look like a mistake in a list of titles
        by_title.setdefault(light[pk].title, light[pk])
    return [Suggestion(text=text) for text in list(by_title.values())[:MOST_SUGGESTED]]
