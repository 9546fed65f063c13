"""Answers a search: the page of hits that was asked for, what it counts, and what helps where there is none."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from portal import locales
from portal.articles.models import ArticleText
from portal.articles.searching import correcting
from portal.articles.searching.candidates import Filters
from portal.articles.searching.direct import Recognised, recognise
from portal.articles.searching.documents import plain
from portal.articles.searching.finding import FINEST, Found, filters_of, find, named
from portal.articles.searching.wishes import MOST_LIMIT, Answer, BadMark, Count, Hit, Wish
from portal.search.languages import language_of
from portal.search.query import Query, parse
from portal.search.snippets import Marker

LONGEST_MARK = 200
MOST_COUNTED = 20
# What a recognised message names stands before whatever shares words with it.
RECOGNISED = 2 * FINEST


def answer(wish: Wish) -> Answer:
    """Search. Raises BadMark when `after` was not taken from an answer before."""
    after = unmarked(wish.after)
    query = parse(wish.text)
    recognised = recognise(wish.text, query, wish.locale)
    filters = filters_of(query, wish.cloud, collection=wish.collection, kind=wish.kind, product=wish.product)
    found = _lifted(find(query, wish.locale, filters), recognised, wish.locale, filters)
    limit = max(1, min(wish.limit, MOST_LIMIT))
    rest = [one for one in found if after is None or one.order > after]
    page = rest[:limit]
    english = language_of(wish.locale) != language_of(locales.ENGLISH)
    return Answer(
        hits=_hits(page, query),
        total=len(found),
        next=mark(page[-1]) if len(rest) > limit else "",
        facets=_facets(found),
        did_you_mean=correcting.corrected(query, wish.locale) if after is None else "",
        direct=recognised.direct,
        says_english=english and any(one.locale == locales.ENGLISH for one in page),
        other_languages=any(one.language not in (language_of(wish.locale), "en") for one in page),
    )


def _lifted(found: Sequence[Found], recognised: Recognised, locale: str, filters: Filters) -> list[Found]:
    """The articles of a recognised message first, in their order, whatever else of its words others hold."""
    place = {identity: number for number, identity in enumerate(recognised.articles)}
    missing = place.keys() - {one.identity for one in found}
    every = [*found, *(named(missing, locale, filters) if missing else ())]
    lifted = [replace(one, score=RECOGNISED - place[one.identity]) if one.identity in place else one for one in every]
    return sorted(lifted, key=lambda one: one.order)


def _facets(found: Iterable[Found]) -> dict[str, tuple[Count, ...]]:
    collections, kinds, products = Counter(), Counter(), Counter()
    for one in found:
        collections[one.identity[0]] += 1
        kinds[one.kind] += 1
        products.update(one.products)
    named = {"collection": collections, "kind": kinds, "product": products}
    return {
        name: tuple(Count(value=value, hits=hits) for value, hits in counter.most_common(MOST_COUNTED))
        for name, counter in named.items()
    }


def _hits(page: Sequence[Found], query: Query) -> tuple[Hit, ...]:
    texts = ArticleText.objects.filter(pk__in=[one.text_id for one in page]).light("text", "original_html").in_bulk()
    markers = {language: Marker(query.text, language) for language in {one.language for one in page}}
    return tuple(_hit(one, texts[one.text_id], markers[one.language]) for one in page if one.text_id in texts)


def _hit(one: Found, text: ArticleText, marker: Marker) -> Hit:
    is_own = language_of(text.locale) == one.language
    body = f"{text.description}\n{text.text}".strip() if is_own else plain(text.original_html or "")
    return Hit(
        text=text,
        locale=one.locale,
        title=one.title,
        title_html=marker.title(one.title),
        snippet_html=marker.snippet(body),
        score=one.score / FINEST,
    )


def mark(one: Found) -> str:
    """Where a page ends, for the address of the next."""
    return base64.urlsafe_b64encode(json.dumps(one.order).encode()).decode().rstrip("=")


def unmarked(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    try:
        found = json.loads(base64.urlsafe_b64decode(text[:LONGEST_MARK] + "=" * (-len(text) % 4)))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or len(found) != 2 or not all(type(part) is int for part in found):
        raise BadMark("This is no mark of a page. Take it from `next` of the page before.")
    return found[0], found[1]
