"""Finds what a support person has in hand: topics, products, resources and articles, by any of their ids or by words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from django.db.models import Q

from portal.articles.models import ArticleText
from portal.articles.searching.answering import answer
from portal.articles.searching.wishes import Wish
from portal.articles.topics import parse_topic

MOST_FOUND = 20
LONGEST = 2_000  # characters of a pasted message that are searched
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
    """What the search finds for the words, in every cloud, best first, each article once, also one that is stored twice."""
    found = answer(Wish(text=text[:LONGEST], locale=locale, limit=MOST_FOUND)).hits
    once: dict[object, ArticleText] = {}
    for hit in found:
        once.setdefault(hit.text.article_id or (hit.text.collection, hit.text.path), hit.text)
    return list(once.values())
