"""Where an exact query leads: an ID to what it names, an error message or code to the flow that knows it."""

from __future__ import annotations

from dataclasses import dataclass

from portal import flows
from portal.articles.flow_files import library
from portal.articles.models import ArticleText
from portal.articles.searching.wishes import Direct, Way
from portal.articles.topics import NATIVE, parse_topic
from portal.search.query import Query

ERROR_FLOW = "which-error"


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """What a query was recognised as, and the articles (collection and path) that help there, the closest first."""

    direct: tuple[Direct, ...] = ()
    articles: tuple[tuple[str, str], ...] = ()


def recognise(text: str, query: Query, locale: str) -> Recognised:
    """`text` is the query as it was typed: messages are recognised in any form."""
    by_id = _named_by_id(query.text)
    guessed = _guessed(text, locale)
    return Recognised(direct=(*by_id, *guessed.direct), articles=guessed.articles)


def _named_by_id(text: str) -> tuple[Direct, ...]:
    value = parse_topic(text)
    if value is None:
        return ()
    texts = ArticleText.objects.for_readers()
    ways = {
        Way.TOPIC: texts.for_topic(value),
        Way.PRODUCT: texts.for_product(value),
        Way.ARTICLE: texts.filter(article_id=value),
    }
    return tuple(Direct(way=way, value=value, label=value) for way, named in ways.items() if named.exists())


def _guessed(text: str, locale: str) -> Recognised:
    known = library()
    if ERROR_FLOW not in known.names:
        return Recognised()
    flow = known.flow(ERROR_FLOW, locale)
    guesses = flows.guess(flow, text)
    if not guesses:
        return Recognised()
    direct, articles = [], {}
    for guess in guesses:
        direct.append(Direct(way=Way.FLOW, value=ERROR_FLOW, label=guess.by, answers=dict(guess.answers)))
        node = flows.walk(flow, guess.answers).here
        articles |= dict.fromkeys((NATIVE, path) for path in node.articles)
    return Recognised(direct=tuple(direct), articles=tuple(articles))
