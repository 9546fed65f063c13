"""What is asked of the search, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portal.articles.models import ArticleText
from portal.clouds import Cloud

USUAL_LIMIT, MOST_LIMIT = 10, 50


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A query as it was typed, and where its reader stands; without a cloud all clouds are searched.

    `locale=en-us` searches English texts and the English originals of bilingual files; texts in other languages only where
    English has nothing. Any other locale searches its own language first, together with the English texts of articles that
    its language lacks, so that an English message pasted by a Swedish reader finds the one article there is.
    """

    text: str
    locale: str
    cloud: Cloud | None = None
    collection: str = ""
    kind: str = ""
    product: str = ""
    after: str = ""
    limit: int = USUAL_LIMIT


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A text that was found, as it is shown: `locale` is that of the shown words (a bilingual file has an English original)."""

    text: ArticleText
    locale: str
    title: str
    title_html: str
    snippet_html: str
    score: float


class Way(StrEnum):
    """Where an exact query leads."""

    TOPIC = "topic"
    PRODUCT = "product"
    ARTICLE = "article"
    FLOW = "flow"


@dataclass(frozen=True, kw_only=True)
class Direct:
    """A place that a query names exactly: a topic, product or article ID, or a flow with the answers that a message gives."""

    way: Way
    value: str
    label: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many hits have a value."""

    value: str
    hits: int


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A page of hits, best first, and all that helps beside them. `next` is the `after` of the page that follows, or ''.

    `total` counts at most as many as the index ranks. `facets` counts all of them by collection, kind and product.
    `says_english` is set when some hit is shown in English although another language was asked for; `other_languages` when the
    reader's language and English have nothing, and the hits are in others.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    next: str = ""
    facets: Mapping[str, tuple[Count, ...]] = field(default_factory=dict)
    did_you_mean: str = ""
    direct: tuple[Direct, ...] = ()
    says_english: bool = False
    other_languages: bool = False


class BadMark(ValueError):
    """`after` is no mark of a page."""
