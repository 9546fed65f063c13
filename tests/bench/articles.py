"""Which article pages a benchmark asks for: a typical one, and a long walk over distinct addresses."""

from __future__ import annotations

import random
from urllib.parse import quote

from portal import locales
from tests.bench.corpus import SEED
from tests.bench.stage import BenchFailed, Stage

# Long before a page of ours, short before the longest: the one in the middle is what a reader meets.
BY_LENGTH = """
    SELECT collection, path, clouds FROM portal_articletext
    WHERE for_readers AND html <> '' AND locale = 'en-us' AND 'public' = ANY(clouds) ORDER BY length(html), path
"""


def address(locale: str, cloud: str, collection: str, path: str) -> str:
    return f"/{locale}/{cloud}/articles/{collection}/{quote(path)}/"


def typical(stage: Stage) -> str:
    """The address of the article of median length."""
    articles = _articles(stage)
    collection, path, _ = articles[len(articles) // 2]
    return address("en-us", "public", collection, path)


def distinct(stage: Stage) -> list[str]:
    """Every article in every language and in each of its clouds, the same shuffled order in every run, no page twice."""
    addresses = [
        address(locale, cloud, collection, path)
        for collection, path, clouds in _articles(stage)
        for cloud in sorted(clouds)
        for locale in locales.KNOWN
    ]
    random.Random(SEED).shuffle(addresses)
    return addresses


def _articles(stage: Stage) -> list[tuple[str, str, list[str]]]:
    with stage.connect() as connection:
        found = connection.execute(BY_LENGTH).fetchall()
    if not found:
        raise BenchFailed("No article is stored that a reader could open.")
    return found
