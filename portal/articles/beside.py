"""What stands beside an article: our own article on the same topic, scoping forms, and the articles its links lead to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

from django.db.models import Q

from portal.articles.languages import by_article, choose
from portal.articles.models import ArticleText
from portal.articles.topics import FORM, NATIVE
from portal.clouds import Cloud

TARGET = re.compile(r'data-article="([^"]+)"')


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """Other articles that the page of one needs, visible in the reader's cloud."""

    collection: str
    own: tuple[ArticleText, ...]
    forms: tuple[ArticleText, ...]
    targets: frozenset[str]

    def addresses(self, address: Callable[..., str]) -> dict[str, str]:
        """The pages of this portal that links of the text lead to, by the path the text names them with."""
        return {target: address("article", collection=self.collection, path=target) for target in self.targets}


def neighbours(text: ArticleText, cloud: Cloud, locale: str) -> Neighbours:
    """One query for all of them."""
    wanted = {unescape(target).partition("#")[0] for target in TARGET.findall(text.html)}
    linked = Q(collection=text.collection, path__in=wanted)
    related = Q(topics__overlap=text.topics) & (Q(collection=NATIVE) | Q(kind=FORM))
    condition = (linked | related) if text.topics else linked
    if not wanted and not text.topics:
        return Neighbours(collection=text.collection, own=(), forms=(), targets=frozenset())
    found = list(ArticleText.objects.filter(condition).in_cloud(cloud).order_by("collection", "path").light())
    others = by_article(one for one in found if (one.collection, one.path) != (text.collection, text.path))
    chosen = [choose(texts, locale).text for texts in others.values()]
    related_topics = set(text.topics)
    return Neighbours(
        collection=text.collection,
        own=tuple(one for one in chosen if one.collection == NATIVE and related_topics & set(one.topics)),
        forms=tuple(one for one in chosen if one.kind == FORM),
        targets=frozenset(one.path for one in found if one.collection == text.collection and one.for_readers),
    )
