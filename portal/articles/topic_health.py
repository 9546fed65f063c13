"""How well topics and products are served: which have no article, several alike, or gaps by cloud and by language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from django.db.models import Q

from portal import locales
from portal.articles.languages import by_article
from portal.articles.models import ArticleText, ContentVersion
from portal.articles.topics import FORM, Candidate, Question, Why, place_of, without_versions
from portal.clouds import Cloud
from portal.markup.source import Kind

DESCRIPTION = Kind.SUPPORTTOPICDESCRIPTION.value


class Of(StrEnum):
    """What is looked after."""

    TOPICS = "topics"
    PRODUCTS = "products"


class State(StrEnum):
    """What a list holds: all, those that lack something, or those served in a cloud and a language."""

    ALL = "all"
    NO_ARTICLE = "no-article"
    ALIKE = "alike"
    MISSING = "missing"
    THERE = "there"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One topic or product: what there is for it, and where. `served` are pairs of cloud and locale."""

    key: str
    title: str
    locale: str
    articles: int
    has_form: bool
    is_described: bool
    served: frozenset[tuple[str, str]]
    alike: frozenset[str]

    @property
    def clouds(self) -> frozenset[str]:
        return frozenset(cloud for cloud, _ in self.served)

    @property
    def locales(self) -> frozenset[str]:
        return frozenset(locale for _, locale in self.served)

    @property
    def missing_clouds(self) -> tuple[str, ...]:
        """The open clouds without an article of what has one elsewhere."""
        return tuple(one.value for one in Cloud if self.articles and not one.is_closed and one.value not in self.clouds)

    @property
    def missing_locales(self) -> tuple[str, ...]:
        return tuple(one for one in locales.KNOWN if self.articles and one not in self.locales)

    def is_served(self, cloud: str, locale: str) -> bool:
        """In a cloud, in a language; an empty word stands for any."""
        return any((not cloud or one == cloud) and (not locale or other == locale) for one, other in self.served)


def entries(of: Of) -> tuple[Entry, ...]:
    """All topics or products by their keys; read anew after an import, else from memory (one query)."""
    version = ContentVersion.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    return _entries(of, version)


def forget() -> None:
    """Read anew at the next call, whatever the version says."""
    _entries.cache_clear()


def narrowed(rows: Iterable[Entry], state: State, *, cloud: str = "", locale: str = "") -> Iterator[Entry]:
    """The rows in a state. What has no article at all is no gap of a cloud or a language; a gap without a place is any gap."""
    for one in rows:
        if state is State.ALL:
            yield one
        elif state is State.NO_ARTICLE:
            if not one.articles:
                yield one
        elif state is State.ALIKE:
            if cloud in one.alike if cloud else one.alike:
                yield one
        elif state is State.MISSING and not cloud and not locale:
            if one.missing_clouds or one.missing_locales:
                yield one
        elif one.articles and one.is_served(cloud, locale) is (state is State.THERE):
            yield one


# Two are kept: topics and products of the version that is served now.
@lru_cache(maxsize=2)
def _entries(of: Of, version: int) -> tuple[Entry, ...]:
    wanted = Q(for_readers=True) | Q(kind__in=(FORM, DESCRIPTION))
    texts = list(ArticleText.objects.filter(wanted).order_by("collection", "path", "locale").light())
    found: dict[str, list[list[ArticleText]]] = {}
    for group in by_article(texts).values():
        for key in {key for text in group for key in getattr(text, of.value)}:
            found.setdefault(key, []).append(group)
    return tuple(_entry(of, key, groups) for key, groups in sorted(found.items()))


def _entry(of: Of, key: str, groups: list[list[ArticleText]]) -> Entry:
    readable = [texts for group in groups if (texts := [text for text in group if text.for_readers])]
    named = _named([text for group in readable or groups for text in group])
    kinds = {text.kind for group in groups for text in group}
    alike = _alike(of, key, readable) if of is Of.TOPICS and len(readable) > 1 else frozenset()
    return Entry(
        key=key,
        title=named.title,
        locale=named.locale,
        articles=len(readable),
        has_form=FORM in kinds,
        is_described=DESCRIPTION in kinds,
        served=frozenset(_served(readable)),
        alike=alike,
    )


def _named(texts: list[ArticleText]) -> ArticleText:
    return min(texts, key=lambda text: (text.locale != locales.ENGLISH, text.locale, text.title))


def _served(groups: list[list[ArticleText]]) -> Iterator[tuple[str, str]]:
    for text in (text for group in groups for text in group):
        for cloud in text.clouds:
            yield cloud, text.locale
            if text.is_bilingual:
                yield cloud, locales.ENGLISH


def _alike(of: Of, key: str, groups: list[list[ArticleText]]) -> frozenset[str]:
    """The clouds in which no rule tells two of the best apart, whatever else is known of the case."""
    return frozenset(cloud.value for cloud in Cloud if _are_alike([_answering(of, key, cloud, one) for one in groups]))


def _answering(of: Of, key: str, cloud: Cloud, group: list[ArticleText]) -> Candidate | None:
    texts = [text for text in group if text.is_visible_in(cloud) and key in getattr(text, of.value)]
    if not texts:
        return None
    question = Question(cloud=cloud, locale=locales.ENGLISH)
    text = min(texts, key=lambda one: place_of(one, question))
    return Candidate(text=text, locale=text.locale, why=Why.CHOICE, place=place_of(text, question))


def _are_alike(candidates: list[Candidate | None]) -> bool:
    survivors = without_versions([one for one in candidates if one is not None])
    if not survivors:
        return False
    least = min(one.place for one in survivors)
    marks = [_marks(one.text) for one in survivors if one.place == least]
    return len(marks) > len(set(marks))


def _marks(text: ArticleText) -> tuple[object, ...]:
    """What a case could say to choose this article: its product, its resource, its tags."""
    resource = (text.service, text.resource) if text.kind == Kind.RESOURCE.value else None
    return frozenset(text.products), frozenset(text.tags), resource
