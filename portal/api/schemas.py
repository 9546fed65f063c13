"""The shapes of the API's answers, as OpenAPI shows them."""

from __future__ import annotations

from datetime import date

from ninja import Schema


class ArticleOut(Schema):
    """One article, by the text that serves the asked locale."""

    collection: str
    path: str
    source_path: str
    kind: str
    title: str
    url: str
    locale: str
    clouds: list[str]
    why: str = ""


class ArticleDetail(ArticleOut):
    """One article of a listing."""

    description: str
    topics: list[str]
    products: list[str]
    updated: date | None


class FormOut(Schema):
    """A scoping form: what support asks before a case."""

    source_path: str
    title: str
    url: str
    clouds: list[str]


class TopicOut(Schema):
    """The articles that answer a topic in a cloud, best first, and the other clouds that have any."""

    topic: str
    cloud: str
    locale: str
    articles: list[ArticleOut]
    forms: list[FormOut]
    elsewhere: list[str]


class ArticlesOut(Schema):
    """A page of articles; `next` is the value of `after` for the page that follows, or null."""

    articles: list[ArticleDetail]
    next: str | None


class HitOut(Schema):
    """One article that was found; `snippet` is escaped HTML with the words found in `<mark>`."""

    collection: str
    source_path: str
    title: str
    url: str
    snippet: str
    score: float


class SearchOut(Schema):
    """A page of hits, best first; `next` is the value of `after` for the page that follows, or null."""

    hits: list[HitOut]
    total: int
    next: str | None
