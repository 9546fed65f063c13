"""What the search page shows of an answer: hits with their addresses, ways to narrow it, and help where there are none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from portal import clouds, flows, locales
from portal.articles import browsing
from portal.articles.flow_files import library
from portal.articles.searching.answering import answer
from portal.articles.searching.wishes import MOST_LIMIT, Answer, Count, Direct, Hit, Way, Wish
from portal.articles.topics import parse_topic
from portal.clouds import Cloud
from portal.locales import Locale
from portal.pages.reader import Reader
from portal.search.query import parse

FILTERS = ("collection", "kind", "product")
MOST_VALUES = 8
SERVICES_SHOWN = 8


@dataclass(frozen=True, kw_only=True)
class Step:
    """From this search to another: a link, or a button of the form `again` where the query must stay out of addresses."""

    label: str
    address: str
    action: str
    name: str
    value: str
    count: int = 0
    is_here: bool = False


@dataclass(frozen=True, kw_only=True)
class Facet:
    """The values by which hits can be narrowed down, most hits first; `every` leads back to all of them."""

    label: str
    steps: tuple[Step, ...]
    every: Step | None


@dataclass(frozen=True, kw_only=True)
class ShownHit:
    hit: Hit
    address: str
    locale: Locale
    collection: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a query leads: what it is, and the page."""

    label: str
    address: str
    locale: Locale | None = None


def exact(reader: Reader, text: str, found: Answer) -> str:
    """The one place that a query names and does nothing else; '' where it says more, or could mean several."""
    typed = text.strip().casefold()
    if any(letter.isspace() for letter in typed):
        return ""
    named = [one for one in found.direct if (one.label or one.value).casefold() == typed]
    return place_of(reader, named[0]).address if len(named) == 1 == len(found.direct) else ""


def place_of(reader: Reader, direct: Direct) -> Place:
    if direct.way is Way.FLOW:
        return _flow(reader, direct)
    if direct.way is Way.TOPIC:
        return Place(
            label=_("Topic %(topic)s") % {"topic": direct.value}, address=reader.address("topic", topic=direct.value)
        )
    if direct.way is Way.PRODUCT:
        label = browsing.names_of_products([direct.value]).get(direct.value, direct.value)
        return Place(label=label, address=reader.address("product", product=direct.value))
    return Place(label=direct.label, address=reader.address("article-id", article_id=direct.value))


def _flow(reader: Reader, direct: Direct) -> Place:
    """The step that a flow goes on from when a message has answered its questions."""
    flow = library().flow(direct.value, reader.locale.code)
    walk = flows.walk(flow, direct.answers)
    query = flows.to_query(flow, walk.answers)
    return Place(
        label=walk.here.title if walk.outcome else walk.here.ask,
        address=reader.address("flow", name=flow.name) + (f"?{query}" if query else ""),
        locale=locales.get(flow.locale),
    )


def examples() -> list[tuple[str, str]]:
    """What can be typed besides words, and what it means."""
    return [
        ('"source anchor"', _("These words next to each other, in this order")),
        ("password -writeback", _("Without a word")),
        ("topic:32629809", _("Only articles on a support topic")),
        ("product:16666", _("Only articles on a product")),
        ("kind:native", _("Only articles of one kind")),
        ("cloud:fairfax", _("Articles for another cloud")),
    ]


def shown(reader: Reader, wish: Wish, found: Answer) -> dict[str, Any]:
    """The context of a page of hits. A cloud typed into the query wins over that of the address, in links too."""
    there = replace(reader, cloud=parse(wish.text).cloud or reader.cloud)
    return {
        "searched": there,
        "total": found.total,
        "hits": [_shown_hit(there, hit) for hit in found.hits],
        "places": [place_of(there, one) for one in found.direct] if not wish.after else [],
        "facets": [one for name in FILTERS if (one := _facet(reader, wish, name, found.facets.get(name, ())))],
        "filters": [(name, value) for name in FILTERS if (value := getattr(wish, name))],
        "did_you_mean": _step(reader, wish, "q", found.did_you_mean) if found.did_you_mean else None,
        "next": _step(reader, wish, "after", found.next, label=_("Next page")) if found.next else None,
        "first": _step(reader, wish, "after", "", label=_("First page")) if wish.after else None,
        "says_english": found.says_english,
        "other_languages": found.other_languages,
    }


def helping(reader: Reader, wish: Wish) -> dict[str, Any]:
    """What helps where nothing was found: where else there is something, and other ways to look."""
    unfiltered = replace(wish, **dict.fromkeys(FILTERS, ""), after="")
    elsewhere = [] if parse(wish.text).cloud else _clouds_with_hits(unfiltered)
    services = sorted(browsing.services(reader.cloud), key=lambda one: -one.count)[:SERVICES_SHOWN]
    return {
        "without_filters": _step(reader, unfiltered, "q", wish.text, label=_("Search without these limits"))
        if unfiltered != wish
        else None,
        "elsewhere": [
            _step(replace(reader, cloud=cloud), unfiltered, "q", wish.text, label=cloud.label)
            for cloud in elsewhere
            if cloud is not reader.cloud
        ],
        "is_id": parse_topic(wish.text) is not None,
        "flows": [library().flow(name, reader.locale.code) for name in library().names],
        "services": services,
    }


def _clouds_with_hits(wish: Wish) -> list[Cloud]:
    hits = answer(replace(wish, cloud=None, limit=MOST_LIMIT)).hits
    return clouds.in_order({cloud for hit in hits for cloud in hit.text.visible_clouds})


def _shown_hit(there: Reader, hit: Hit) -> ShownHit:
    return ShownHit(
        hit=hit,
        address=there.address("article", collection=hit.text.collection, path=hit.text.path),
        locale=locales.get(hit.locale),
        collection=browsing.name_of_collection(hit.text.collection),
    )


def _facet(reader: Reader, wish: Wish, name: str, counts: tuple[Count, ...]) -> Facet | None:
    """None where there is nothing to choose."""
    chosen, counts = getattr(wish, name), counts[:MOST_VALUES]
    if len(counts) < 2 and not chosen:
        return None
    labels = _labels(name, [one.value for one in counts])
    steps = [
        _step(reader, wish, name, one.value, label=labels[one.value], count=one.hits, is_here=one.value == chosen)
        for one in counts
    ]
    every = _step(reader, wish, name, "", label=_("All")) if chosen else None
    return Facet(label=_facet_label(name), steps=tuple(steps), every=every)


def _facet_label(name: str) -> str:
    return {"collection": _("Collection"), "kind": _("Kind"), "product": _("Product")}[name]


def _labels(name: str, values: list[str]) -> Mapping[str, str]:
    if name == "product":
        return _told_apart(browsing.names_of_products(values))
    called = {"collection": browsing.name_of_collection, "kind": browsing.name_of_kind}[name]
    return {value: called(value) for value in values}


def _told_apart(labels: Mapping[str, str]) -> Mapping[str, str]:
    """Products of one name get their numbers beside it, and a number without a name says what it is."""
    times = Counter(labels.values())
    called = {
        value: _("Product %(product)s") % {"product": value} if label == value else label
        for value, label in labels.items()
    }
    return {
        value: f"{called[value]} ({value})" if times[label] > 1 else called[value] for value, label in labels.items()
    }


def _step(reader: Reader, wish: Wish, name: str, value: str, **more: Any) -> Step:
    """The same search but for one value; what narrows or rewords it starts at its first page."""
    kept = {"q": wish.text, **{one: getattr(wish, one) for one in FILTERS}, name: value}
    action = reader.address("search")
    address = f"{action}?{urlencode({key: text for key, text in kept.items() if text})}"
    return Step(**{"label": value, **more}, address=address, action=action, name=name, value=value)
