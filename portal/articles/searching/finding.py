"""Finds and ranks: candidates from the index, in the languages that serve the reader, each article once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from portal import locales
from portal.articles.models import ArticleText, ArticleTexts
from portal.articles.searching import candidates
from portal.articles.searching.candidates import Filters
from portal.articles.searching.documents import bits
from portal.clouds import ALL, Cloud
from portal.search import weights
from portal.search.languages import language_of
from portal.search.query import Query
from portal.search.ranking import sought, weigh
from portal.search.words import is_unspaced

ENGLISH = language_of(locales.ENGLISH)
# With fewer candidates than this, common terms find more.
FEW = 50
# Scores are compared and paged by as whole numbers.
FINEST = 1_000_000
COLUMNS = ("id", "collection", "path", "locale", "title", "original_title", "kind", "products")
Identity = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Found:
    """One article among the hits: the text that was found, in which language, and what a list or count needs of it."""

    text_id: int
    language: str
    locale: str
    score: int
    identity: Identity
    title: str
    kind: str
    products: tuple[str, ...]

    @property
    def order(self) -> tuple[int, int]:
        return -self.score, self.text_id


def find(query: Query, locale: str, filters: Filters) -> list[Found]:
    """Everything that is a hit, best first; in the reader's language and English, in others only where these have nothing."""
    own = language_of(locale)
    found = _together([(one, _in_language(query, one, filters)) for one in dict.fromkeys((own, ENGLISH))], own, filters)
    if found or not query.text:
        return found
    others = [one for one in candidates.languages() if one not in (own, ENGLISH)]
    return _together([(one, _in_language(query, one, filters)) for one in others], own, filters)


def named(identities: Iterable[Identity], locale: str, filters: Filters) -> list[Found]:
    """Articles by name, each in the reader's language or English, where the filters let them through."""
    wanted = set(identities)
    texts = _filtered(ArticleText.objects.filter(path__in={path for _, path in wanted}), filters)
    rows = [row for row in texts.values(*COLUMNS) if (row["collection"], row["path"]) in wanted]
    own = language_of(locale)
    best: dict[Identity, Found] = {}
    for row in sorted(rows, key=lambda row: (language_of(row["locale"]) != own, row["id"])):
        if language_of(row["locale"]) in (own, ENGLISH):
            one = _found(row, language_of(row["locale"]), 0)
            best.setdefault(one.identity, one)
    return list(best.values())


def filters_of(query: Query, cloud: Cloud | None, **more: str) -> Filters:
    """The filters of a page's address, and those typed into the query, which win."""
    wanted = query.cloud or cloud
    return Filters(
        clouds=bits([wanted] if wanted else ALL),
        collection=more.get("collection", ""),
        kind=query.kind or more.get("kind", ""),
        product=query.product or more.get("product", ""),
        topic=query.topic,
    )


def _in_language(query: Query, language: str, filters: Filters) -> list[Found]:
    if not query.text:
        return _listed(language, filters) if filters.conditions else []
    terms = sought(query.text, language)
    common = candidates.commonness([term.key for term in terms], language) if terms else None
    if not common or not common.texts:
        return []
    weighed = weigh(terms, common.texts_with, common.texts)
    scores = candidates.scored(weighed, filters)
    if (
        len(scores) < FEW and weighed.adding
    ):  # the rare terms were too rare, or nobody uses them: let the others find, too
        scores = candidates.scored(weighed.all_finding(), filters)
    return _hits(language, _rows(scores, query), scores)


def _hits(language: str, rows: Iterable[dict], scores: dict[int, float]) -> list[Found]:
    """Candidates with their scores; the weak ones left out."""
    rows = list(rows)
    least = max((scores[row["id"]] for row in rows), default=0.0) * weights.HIT_SHARE
    return [_found(row, language, scores[row["id"]]) for row in rows if scores[row["id"]] >= least]


def _found(row: dict, language: str, score: float) -> Found:
    is_own = language_of(row["locale"]) == language
    return Found(
        text_id=row["id"],
        language=language,
        locale=row["locale"] if is_own else locales.ENGLISH,
        score=round(score * FINEST),
        identity=(row["collection"], row["path"]),
        title=row["title"] if is_own else row["original_title"] or row["title"],
        kind=row["kind"],
        products=tuple(row["products"]),
    )


def _rows(text_ids: Iterable[int], query: Query) -> Iterable[dict]:
    texts = ArticleText.objects.for_readers().filter(pk__in=list(text_ids))
    for phrase in query.phrases:
        texts = _holding(texts, phrase, wanted=True)
    for word in query.excluded:
        texts = _holding(texts, word, wanted=False)
    return texts.values(*COLUMNS)


def _holding(texts: ArticleTexts, phrase: str, *, wanted: bool) -> ArticleTexts:
    """Only the texts that hold these words in this order, or do not."""
    pattern = pattern_of(phrase)
    if not pattern:
        return texts
    columns = ("title", "description", "text", "original_title", "original_html")
    condition = " OR ".join(f"portal_articletext.{column} ~* %s" for column in columns)
    return texts.extra(where=[f"({condition}) IS {'TRUE' if wanted else 'NOT TRUE'}"], params=[pattern] * len(columns))


def pattern_of(phrase: str) -> str:
    """A phrase as a regular expression of Postgres: its words whole, whatever stands between them."""
    parts = re.findall(r"\w+", phrase)
    if not parts:
        return ""
    if any(is_unspaced(letter) for letter in phrase):
        return r"\W*".join(parts)
    return rf"\m{r'[^[:alnum:]]+'.join(parts)}\M"


def _listed(language: str, filters: Filters) -> list[Found]:
    """What filters alone give, by title."""
    texts = _filtered(ArticleText.objects.filter(searched__languages__contains=[language]), filters)
    rows = texts.order_by("title", "id").values(*COLUMNS)[: candidates.MOST]
    return [_found(row, language, 1 - place / FINEST) for place, row in enumerate(rows)]


def _filtered(texts: ArticleTexts, filters: Filters) -> ArticleTexts:
    texts = texts.for_readers().filter(clouds__overlap=_clouds(filters))
    exact = {name: value for name in ("collection", "kind") if (value := getattr(filters, name))}
    if filters.topic:
        texts = texts.for_topic(filters.topic)
    if filters.product:
        texts = texts.for_product(filters.product)
    return texts.filter(**exact)


def _clouds(filters: Filters) -> list[str]:
    return [cloud.value for cloud in ALL if bits([cloud]) & filters.clouds]


def _together(parts: list[tuple[str, list[Found]]], own: str, filters: Filters) -> list[Found]:
    """The hits of several languages as one list, each article once: in the reader's own language where it has that."""
    every = [
        replace(one, score=round(one.score * weights.OWN_LANGUAGE)) if language == own and len(parts) > 1 else one
        for language, found in parts
        for one in found
    ]
    if len(parts) > 1:
        has_own = _having(own, {one.identity for one in every if one.language != own}, filters)
        every = [one for one in every if one.language == own or one.identity not in has_own]
    best: dict[Identity, Found] = {}
    for one in sorted(every, key=lambda one: (one.locale not in locales.KNOWN, *one.order)):
        best.setdefault(one.identity, one)
    return sorted(best.values(), key=lambda one: one.order)


def _having(language: str, identities: set[Identity], filters: Filters) -> set[Identity]:
    """Those of these articles that have a text in the language, for the same clouds."""
    if not identities:
        return set()
    texts = ArticleText.objects.for_readers().filter(
        collection__in={collection for collection, _ in identities},
        path__in={path for _, path in identities},
        locale__startswith=language,
        clouds__overlap=_clouds(filters),
    )
    return identities.intersection(texts.values_list("collection", "path"))
