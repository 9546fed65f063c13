"""Asks the index: how common terms are, and which texts score best by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from portal.articles.searching.documents import STEPS
from portal.articles.searching.models import SearchLanguage
from portal.search.ranking import Weighed

MOST = 400
# Terms that only add are looked up for the texts found, by both keys of the index.
_SCORED = """
    WITH found AS MATERIALIZED (
        SELECT posting.text_id, sum(posting.impact * sought.weight) AS score
        FROM unnest(%(finding)s::bigint[], %(finding_weights)s::float8[]) AS sought(term, weight)
        JOIN portal_posting posting ON posting.term = sought.term
        WHERE posting.clouds & %(clouds)s <> 0 {restriction}
        GROUP BY posting.text_id ORDER BY score DESC, posting.text_id LIMIT %(most)s
    )
    SELECT found.text_id, found.score + coalesce((
        SELECT sum(posting.impact * sought.weight)
        FROM unnest(%(adding)s::bigint[], %(adding_weights)s::float8[]) AS sought(term, weight)
        JOIN portal_posting posting ON posting.term = sought.term AND posting.text_id = found.text_id
    ), 0) FROM found
"""
_COMMONNESS = """
    SELECT term, texts FROM portal_searchterm WHERE term = ANY(%(terms)s)
    UNION ALL SELECT NULL, texts FROM portal_searchlanguage WHERE language = %(language)s
"""
_RESTRICTION = """
    AND posting.text_id IN (SELECT id FROM portal_articletext WHERE for_readers {conditions})
"""


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a hit must be; empty values restrict nothing."""

    clouds: int
    collection: str = ""
    kind: str = ""
    product: str = ""
    topic: str = ""

    @property
    def conditions(self) -> dict[str, str]:
        """By column: the value it must have or hold."""
        names = ("collection", "kind", "product", "topic")
        return {name: value for name in names if (value := getattr(self, name))}


_CONDITIONS = {
    "collection": "AND collection = %(collection)s",
    "kind": "AND kind = %(kind)s",
    "product": "AND products @> ARRAY[%(product)s]::text[]",
    "topic": "AND topics @> ARRAY[%(topic)s]::text[]",
}


@dataclass(frozen=True, kw_only=True)
class Commonness:
    """How many texts there are in a language, and how many of them hold each term; a term without a number is in one or none."""

    texts: int
    texts_with: Mapping[int, int]


def commonness(terms: list[int], language: str) -> Commonness:
    with connection.cursor() as cursor:
        cursor.execute(_COMMONNESS, {"terms": terms, "language": language})
        counts = dict(cursor.fetchall())
    return Commonness(texts=counts.pop(None, 0), texts_with=counts)


def languages() -> list[str]:
    return list(SearchLanguage.objects.order_by("language").values_list("language", flat=True))


def scored(weighed: Weighed, filters: Filters) -> dict[int, float]:
    """The best texts by their keys, with their scores as a share of what a perfect text would have."""
    conditions = filters.conditions
    restriction = (
        _RESTRICTION.format(conditions=" ".join(_CONDITIONS[name] for name in conditions)) if conditions else ""
    )
    parameters = {
        "clouds": filters.clouds,
        "most": MOST,
        **conditions,
        **_arrays("finding", weighed.finding),
        **_arrays("adding", weighed.adding),
    }
    with connection.cursor() as cursor:
        cursor.execute(_SCORED.format(restriction=restriction), parameters)
        return {text_id: score / weighed.best / STEPS for text_id, score in cursor.fetchall()}


def _arrays(name: str, terms: Mapping[int, float]) -> dict[str, list]:
    return {name: list(terms), f"{name}_weights": list(terms.values())}
