"""Version 1 of the API: topics and articles here, forms and tenants in modules of their own; read-only."""

from __future__ import annotations

import base64
import json
import re

from django.db.models import Q
from django.http import HttpRequest

from portal.api import forms, problems, search, tenants
from portal.api.asking import address, cloud_of, collection_of, locale_of, product_of, topic_of
from portal.api.describing import Api
from portal.api.docs import Docs
from portal.api.problems import BadValue, NotKnown
from portal.api.schemas import ArticlesOut, TopicOut
from portal.articles.languages import by_article, choose
from portal.articles.models import ArticleText, ArticleTexts, light_texts
from portal.articles.topics import Question, answer_topic
from portal.clouds import Cloud

ARTICLES_ON_A_PAGE = 100
LONGEST_MARK = 4_000
# What the database could not even be asked for: NUL, and halves of surrogate pairs.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

api = Api(title="Self-help portal", version="1", urls_namespace="api-v1", docs=Docs())
problems.install(api)
api.add_router("", forms.router)
api.add_router("", search.router)
api.add_router("", tenants.router)


def article_out(
    request: HttpRequest, text: ArticleText, *, asked: str, locale: str, cloud: Cloud, why: str = ""
) -> dict:
    return {
        "collection": text.collection,
        "path": text.path,
        "source_path": text.source_path,
        "kind": text.kind,
        "title": text.title,
        "url": address(request, text, asked, cloud),
        "locale": locale,
        "clouds": [one.value for one in text.visible_clouds],
        "why": why,
    }


@api.get("/topics/{topic}", response=TopicOut, summary="The articles that answer a support topic")
def topic(
    request: HttpRequest,
    topic: str,
    cloud: str = "",
    locale: str = "",
    product: str = "",
    resource: str = "",
    tags: str = "",
):
    """All articles visible in the cloud (public unless given), best first, each with the rule that placed it (`why`)."""
    known, place, language = topic_of(topic), cloud_of(cloud, default=Cloud.PUBLIC), locale_of(locale)
    question = Question(
        cloud=place,
        locale=language,
        product=product_of(product),
        resource=resource.strip().casefold(),
        tags=frozenset(tag.strip().casefold() for tag in tags.split(",") if tag.strip()),
    )
    answer = answer_topic(known, question)
    if not answer.known:
        raise NotKnown(f"No article answers topic {known}.")
    return {
        "topic": known,
        "cloud": place.value,
        "locale": language,
        "articles": [
            article_out(request, one.text, asked=language, locale=one.locale, cloud=place, why=one.why)
            for one in answer.candidates
        ],
        "forms": [
            {
                "source_path": form.source_path,
                "title": form.title,
                "url": address(request, form, language, place),
                "clouds": [one.value for one in form.visible_clouds],
            }
            for form in answer.forms
        ],
        "elsewhere": [one.value for one in answer.elsewhere],
    }


@api.get("/articles", response=ArticlesOut, summary="Articles, filtered, a page at a time")
def articles(
    request: HttpRequest,
    collection: str = "",
    path: str = "",
    article_id: str = "",
    topic: str = "",
    product: str = "",
    cloud: str = "",
    locale: str = "",
    after: str = "",
):
    """Articles for readers, by collection and path. Without a cloud: those of every cloud."""
    place, language = cloud_of(cloud, default=None), locale_of(locale)
    texts = ArticleText.objects.for_readers()
    exact = {"collection": collection_of(collection), "path": path, "article_id": article_id.strip().casefold()}
    texts = texts.filter(**{name: value for name, value in exact.items() if value})
    if topic:
        texts = texts.for_topic(topic_of(topic))
    if product := product_of(product):
        texts = texts.for_product(product)
    if place:
        texts = texts.in_cloud(place)
    identities, following = _page(texts, after)
    found = by_article(
        text for text in light_texts(identities) if text.for_readers and (place is None or text.is_visible_in(place))
    )
    choices = [choose(found[identity], language) for identity in identities if identity in found]
    return {
        "articles": [
            {
                **article_out(request, one.text, asked=language, locale=one.locale, cloud=place or Cloud.PUBLIC),
                "description": one.text.description,
                "topics": one.text.topics,
                "products": one.text.products,
                "updated": one.text.updated,
            }
            for one in choices
        ],
        "next": following,
    }


def _page(texts: ArticleTexts, after: str) -> tuple[list[tuple[str, str]], str | None]:
    """The identities of one page in order, and the mark of the next page."""
    if after:
        collection, path = _unmarked(after)
        texts = texts.filter(Q(collection__gt=collection) | Q(collection=collection, path__gt=path))
    rows = texts.order_by("collection", "path").values_list("collection", "path").distinct()[: ARTICLES_ON_A_PAGE + 1]
    identities = list(rows)
    if len(identities) <= ARTICLES_ON_A_PAGE:
        return identities, None
    return identities[:ARTICLES_ON_A_PAGE], _mark(identities[ARTICLES_ON_A_PAGE - 1])


def _mark(identity: tuple[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(identity).encode()).decode().rstrip("=")


def _unmarked(mark: str) -> tuple[str, str]:
    try:
        found = json.loads(base64.urlsafe_b64decode(mark[:LONGEST_MARK] + "=" * (-len(mark) % 4)))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or len(found) != 2 or not all(map(_is_storable, found)):
        raise BadValue("after", "This is no mark of a page. Take it from `next` of the page before.")
    return found[0], found[1]


def _is_storable(value: object) -> bool:
    return isinstance(value, str) and not UNSTORABLE.search(value)
