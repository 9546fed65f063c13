"""Finds what a support person has in hand: topics, products, resources and articles, by any of their ids or by words of titles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Lower

from portal import locales
from portal.articles.models import ArticleText, ArticleTexts
from portal.articles.topics import parse_topic

MOST_WORDS = 8
MOST_FOUND = 20
WORD = re.compile(r"[^\W_]{2,}(?:[-'][^\W_]+)*")
# One of our own addresses as people paste it, with language, cloud and host before it or not.
PAGE = re.compile(r"^/?(?:[a-z]{2}-[a-z]{2,4}/[a-z]+/)?(topics|products|article-ids|articles|resources)/(.+?)/?$", re.I)
ENDING = re.compile(r"\.(?:md|txt|markdown)$", re.I)


class Sort(StrEnum):
    """What a subject is."""

    TOPIC = "topic"
    PRODUCT = "product"
    ARTICLE_ID = "article-id"
    RESOURCE = "resource"
    ARTICLE = "article"


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Something that leads to articles: its sort, and the id by which it is known."""

    sort: Sort
    id: str


def by_id(text: str) -> list[Subject]:
    """The subjects that have exactly this id, at most one of each sort but for paths; four queries."""
    word = _unwrapped(text)
    if not word or len(word) > 400:
        return []
    key = parse_topic(word)
    found = []
    if key and ArticleText.objects.for_topic(key).exists():
        found.append(Subject(sort=Sort.TOPIC, id=key))
    if key and ArticleText.objects.for_product(key).exists():
        found.append(Subject(sort=Sort.PRODUCT, id=key))
    if ArticleText.objects.filter(article_id=word.casefold()).exists():
        found.append(Subject(sort=Sort.ARTICLE_ID, id=word.casefold()))
    return [*found, *_resources(word), *_paths(word)]


def _unwrapped(text: str) -> str:
    """The id within what was pasted: a quoted word, or the last part of one of our own addresses."""
    word = text.strip().strip("\"'`<>()[]").strip()
    if any(letter.isspace() for letter in word):
        return ""
    if "://" not in word and not word.startswith("/"):
        return word.strip("/")  # the paths of files begin with articles/ too
    try:
        path = unquote(urlsplit(word).path).replace("\0", "")
    except ValueError:
        return ""
    match = PAGE.match(path)
    return match[2] if match else path.strip("/")


def _resources(word: str) -> list[Subject]:
    folded = word.casefold()
    service, _, resource = folded.partition("/")
    texts = ArticleText.objects.exclude(resource="")
    wanted = Q(service=service, resource=resource) if resource else Q(resource=folded) | Q(service=folded)
    rows = texts.filter(wanted).values_list("service", "resource").distinct().order_by("service", "resource")
    return [Subject(sort=Sort.RESOURCE, id=f"{one}/{other}") for one, other in rows[:MOST_FOUND]]


def _paths(word: str) -> list[Subject]:
    path = ENDING.sub("", word)
    collection, _, rest = path.partition("/")
    wanted = Q(path=path) | Q(source_path=word) | Q(collection=collection, path=rest)
    rows = (
        ArticleText.objects.filter(wanted).values_list("collection", "path").distinct().order_by("collection", "path")
    )
    return [Subject(sort=Sort.ARTICLE, id=f"{one}/{other}") for one, other in rows[:MOST_FOUND]]


def by_words(text: str, locale: str) -> list[ArticleText]:
    """Articles whose titles or ids hold the words, most of them first, each once; the lead points this at the search index."""
    words = list(dict.fromkeys(word.casefold() for word in WORD.findall(text[:2_000])))[:MOST_WORDS]
    if not words:
        return []
    hits = sum((_hit(word) for word in words), Value(0))
    least = max(1, (len(words) + 1) // 2)
    rows = (
        _in_reach(locale)
        .annotate(hits=hits)
        .filter(hits__gte=least)
        .order_by("-hits", Lower("title"), "collection", "path")[: MOST_FOUND * 4]
    )
    # One article may come in several languages, or be stored twice under one article ID.
    once: dict[object, ArticleText] = {}
    for row in rows:
        once.setdefault(row.article_id or (row.collection, row.path), row)
    return list(once.values())[:MOST_FOUND]


def _in_reach(locale: str) -> ArticleTexts:
    return ArticleText.objects.for_readers().filter(locale__in={locale, locales.ENGLISH}).light()


def _hit(word: str) -> Case:
    holds = Q(title__icontains=word) | Q(article_id__icontains=word) | Q(path__icontains=word)
    return Case(When(holds, then=Value(1)), default=Value(0), output_field=IntegerField())
