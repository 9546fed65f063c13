"""The ways through all articles of a cloud: by collection, service, product and topic, with counts; a query each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db import connection
from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import get_language, gettext

from portal import clouds, locales
from portal.articles.models import ArticleText, ArticleTexts
from portal.clouds import Cloud

NAMES = Path(__file__).with_name("names.toml")


@dataclass(frozen=True, kw_only=True)
class Group:
    """One service, product, topic or collection, and how many articles a reader finds there."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One article in a list, by the text that serves the reader."""

    collection: str
    path: str
    locale: str
    title: str
    description: str


# Articles, not texts, are counted: the same article in four locales is one.
COUNTED = """
    SELECT {key} AS key, {hint} AS hint, count(DISTINCT (collection, path)) AS number
    FROM portal_articletext {source}
    WHERE for_readers AND clouds @> ARRAY[%s]::varchar[] {condition}
    GROUP BY 1 ORDER BY 1 {limit}
"""


def collections(cloud: Cloud) -> list[Group]:
    return _counted(cloud, key="collection")


def services(cloud: Cloud) -> list[Group]:
    groups = _counted(cloud, key="service", condition="AND service <> ''")
    named = [Group(key=one.key, label=name_of_service(one.key), count=one.count) for one in groups]
    return sorted(named, key=_by_name)


def products(cloud: Cloud) -> list[Group]:
    """Products by name; one that no table names is called by the service most of its articles are for."""
    groups = _counted(
        cloud, key="product", source=", unnest(products) AS product", hint="mode() WITHIN GROUP (ORDER BY service)"
    )
    return sorted(groups, key=_by_name)


# The title in the reader's language where there is one, else in English, else in any.
TITLE = "(array_agg(title ORDER BY locale = %s DESC, locale = 'en-us' DESC, title))[1]"


def topics(cloud: Cloud, locale: str, *, after: str, limit: int) -> list[Group]:
    """Topics from `after` on, `limit` of them; each called by the title of an article that answers it."""
    return _counted(
        cloud,
        key="topic",
        source=", unnest(topics) AS topic",
        hint=TITLE,
        before=(locale,),
        condition="AND topic > %s",
        limit="LIMIT %s",
        arguments=(after, limit),
    )


def _counted(
    cloud: Cloud,
    *,
    key: str,
    source: str = "",
    hint: str = "NULL",
    condition: str = "",
    limit: str = "",
    before: tuple[str, ...] = (),
    arguments: tuple[str | int, ...] = (),
) -> list[Group]:
    query = COUNTED.format(key=key, hint=hint, source=source, condition=condition, limit=limit)
    with connection.cursor() as cursor:
        cursor.execute(query, [*before, cloud.value, *arguments])
        return [Group(key=row[0], label=_label(key, row[0], row[1]), count=row[2]) for row in cursor.fetchall()]


def _label(kind: str, key: str, hint: str | None) -> str:
    if kind == "product":
        return name_of_product(key, hint or "")
    return _name(kind, key) or hint or key


def _by_name(group: Group) -> tuple[tuple[str, str], str]:
    return locales.sort_key(group.label, get_language() or locales.ENGLISH), group.key


def _name(kind: str, key: str) -> str:
    """The name in the language of the page; '' where no table has one."""
    return gettext(names().get(kind, {}).get(key, ""))


@cache
def names() -> dict[str, dict[str, str]]:
    """The English names people know services, products and collections by; the corpora hold only their codes."""
    return tomllib.loads(NAMES.read_text("utf-8"))


def name_of_service(service: str) -> str:
    return _name("service", service) or service


def name_of_product(product: str, service: str) -> str:
    return _name("product", product) or (name_of_service(service) if service else product)


def name_of_collection(collection: str) -> str:
    return _name("collection", collection) or collection


def name_of_kind(kind: str) -> str:
    return _name("kind", kind) or kind


PRODUCTS_NAMED = """
    SELECT product, mode() WITHIN GROUP (ORDER BY service) FROM portal_articletext, unnest(products) AS product
    WHERE for_readers AND products && %(products)s::text[] AND product = ANY(%(products)s::text[]) GROUP BY 1
"""


def names_of_products(products: list[str]) -> dict[str, str]:
    """What these products are called, each by itself or by the service most of its articles are for; one query."""
    if not products:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(PRODUCTS_NAMED, {"products": products})
        services = dict(cursor.fetchall())
    return {product: name_of_product(product, services.get(product) or "") for product in products}


def listed(texts: ArticleTexts, cloud: Cloud, locale: str) -> list[Listed]:
    """The articles among `texts` that a reader may see, each once, in her language where there is one, sorted by title."""
    order = dict.fromkeys((locale, *locales.get(locale).fallbacks, locales.ENGLISH))
    rank = Case(
        *(When(locale=code, then=Value(place)) for place, code in enumerate(order)),
        default=Value(len(order)),
        output_field=IntegerField(),
    )
    rows = (
        texts.for_readers()
        .in_cloud(cloud)
        .annotate(rank=rank)
        .order_by("collection", "path", "rank", "locale")
        .distinct("collection", "path")
        .values("collection", "path", "locale", "title", "original_title", "description")
    )
    return in_order((_listed(row, locale) for row in rows), locale)


def _listed(row: dict[str, str], locale: str) -> Listed:
    """A row by the title that serves: where the reader's language is missing, the original of a bilingual text is English."""
    original = row.pop("original_title")
    if original and row["locale"] not in (locale, locales.ENGLISH):
        row = {**row, "title": original, "locale": locales.ENGLISH, "description": ""}
    return Listed(**row)


def in_order(articles: Iterable[Listed], locale: str) -> list[Listed]:
    return sorted(articles, key=lambda one: (locales.sort_key(one.title, locale), one.collection, one.path))


def all_texts() -> ArticleTexts:
    return ArticleText.objects.all()


def clouds_of(texts: ArticleTexts) -> list[Cloud]:
    """The clouds in which a reader finds at least one of `texts`."""
    return clouds.in_order(
        {cloud for row in texts.for_readers().values_list("clouds", flat=True).distinct() for cloud in row}
    )
