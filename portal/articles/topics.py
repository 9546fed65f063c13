"""Which article answers a support topic, a product, an article ID or a resource (design section 7)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from portal import clouds
from portal.articles.languages import by_article, choose
from portal.articles.models import ArticleText, ArticleTexts, light_texts
from portal.clouds import Cloud
from portal.markup.source import Kind

TOPIC = re.compile(r"[0-9]{1,12}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NATIVE = "native"
FORM = Kind.PROBLEMSCOPINGQUESTIONS.value


class Why(StrEnum):
    """The rule that put an article where it stands among those that answer."""

    ONLY = "only"
    PRODUCT = "product"
    RESOURCE = "resource"
    TAGS = "tags"
    COLLECTION = "collection"
    CLOUDS = "clouds"
    KIND = "kind"
    CHOICE = "choice"
    BESIDE = "beside"


@dataclass(frozen=True, kw_only=True)
class Question:
    """What was asked for: a topic in a cloud, and what else is known of the case. Words are folded to lower case."""

    cloud: Cloud
    locale: str
    product: str = ""
    resource: str = ""
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One article that answers: the text that serves the reader, and the rule that placed it."""

    text: ArticleText
    locale: str
    why: Why
    place: tuple[int, ...] = ()

    @property
    def identity(self) -> tuple[str, str]:
        return self.text.collection, self.text.path


@dataclass(frozen=True, kw_only=True)
class Answer:
    """All articles that answer, best first; `best` those no rule can tell apart; where else there is one.

    `hidden` are the texts that answer in other clouds only.
    """

    known: bool
    candidates: tuple[Candidate, ...]
    best: tuple[Candidate, ...]
    forms: tuple[ArticleText, ...]
    elsewhere: tuple[Cloud, ...]
    hidden: tuple[ArticleText, ...] = ()


def parse_topic(text: str) -> str | None:
    """A topic ID as it is stored: digits, or a GUID in lower case; None for anything else."""
    folded = text.strip().casefold()
    return folded if TOPIC.fullmatch(folded) else None


def answer_topic(topic: str, question: Question) -> Answer:
    return _answer(ArticleText.objects.for_topic(topic), question)


def answer_product(product: str, question: Question) -> Answer:
    return _answer(ArticleText.objects.for_product(product), question)


def answer_article_id(article_id: str, question: Question) -> Answer:
    """What an article ID leads to: the same ID may name an article and a form, and an article may be stored twice."""
    return _answer(ArticleText.objects.filter(article_id=article_id.strip().casefold()), question)


def answer_article(collection: str, path: str, question: Question) -> Answer:
    return _answer(ArticleText.objects.of_article(collection, path), question)


def answer_resource(service: str, resource: str, question: Question) -> Answer:
    """The articles of a resource, in displayOrder; with tags, those that carry one of them."""
    texts = ArticleText.objects.at_resource(service, resource)
    if question.tags:
        texts = texts.filter(tags__overlap=sorted(question.tags))
    return _answer(texts, question)


def _answer(texts: ArticleTexts, question: Question) -> Answer:
    found = list(texts.filter(Q(for_readers=True) | Q(kind=FORM)).light())
    visible = [text for text in found if text.is_visible_in(question.cloud)]
    readable = [text for text in found if text.for_readers]
    candidates, best = _rank([text for text in visible if text.for_readers], question)
    forms = _forms([text for text in visible if text.kind == FORM])
    elsewhere = clouds.in_order({cloud for text in readable for cloud in text.clouds} - {question.cloud.value})
    return Answer(
        known=bool(found),
        candidates=tuple(candidates),
        best=tuple(best),
        forms=tuple(forms),
        elsewhere=tuple(elsewhere),
        hidden=tuple(text for text in readable if not text.is_visible_in(question.cloud)),
    )


def _rank(visible: list[ArticleText], question: Question) -> tuple[list[Candidate], list[Candidate]]:
    if not visible:
        return [], []
    articles = by_article(sorted(visible, key=lambda text: (text.collection, text.path)))
    # A translation may lack the topic in its header, and still is the text for its readers.
    everything = by_article(
        text for text in light_texts(articles) if text.for_readers and text.is_visible_in(question.cloud)
    )
    places = {identity: min(place_of(text, question) for text in texts) for identity, texts in articles.items()}
    order = sorted(
        articles,
        key=lambda identity: (places[identity], _display_order(articles[identity][0]), identity[1], identity[0]),
    )
    candidates = []
    for index, identity in enumerate(order):
        choice = choose(everything.get(identity, articles[identity]), question.locale)
        rival = places[order[0]] if index else places[order[1]] if len(order) > 1 else None
        why = deciding(places[identity], rival) if rival else Why.ONLY
        candidates.append(Candidate(text=choice.text, locale=choice.locale, why=why, place=places[identity]))
    survivors = without_versions(candidates)
    least = min(one.place for one in survivors)
    return candidates, [one for one in survivors if one.place == least]


# The rules of design section 7, in the order in which they decide. Each gives a place: lower is better.
Rule = Callable[[ArticleText, Question], int]


def _by_product(text: ArticleText, question: Question) -> int:
    if not question.product or question.product in text.products:
        return 0
    return 2 if text.products else 1


def _by_resource(text: ArticleText, question: Question) -> int:
    if not question.resource:
        return 0
    if text.kind != Kind.RESOURCE.value:
        return 2
    if question.resource not in (text.resource, f"{text.service}/{text.resource}"):
        return 3
    if not question.tags or question.tags.intersection(text.tags):
        return 0
    return 3 if text.tags else 1


def _by_tags(text: ArticleText, question: Question) -> int:
    if not question.tags:
        return 1 if text.tags else 0
    if not text.tags:
        return 1
    return 0 if question.tags.intersection(text.tags) else 2


def _by_collection(text: ArticleText, _: Question) -> int:
    return 1 if text.collection == NATIVE else 0


def _by_clouds(text: ArticleText, _: Question) -> int:
    return len(text.clouds)


def _by_kind(text: ArticleText, question: Question) -> int:
    return 1 if text.kind == Kind.RESOURCE.value and not question.resource else 0


RULES: tuple[tuple[Why, Rule], ...] = (
    (Why.PRODUCT, _by_product),
    (Why.RESOURCE, _by_resource),
    (Why.TAGS, _by_tags),
    (Why.COLLECTION, _by_collection),
    (Why.CLOUDS, _by_clouds),
    (Why.KIND, _by_kind),
)


def place_of(text: ArticleText, question: Question) -> tuple[int, ...]:
    """Where the rules put a text, rule by rule; the least place answers."""
    return tuple(rule(text, question) for _, rule in RULES)


def deciding(place: tuple[int, ...], rival: tuple[int, ...]) -> Why:
    """The rule that tells a place from its rival's; CHOICE when none does."""
    for (why, _), mine, theirs in zip(RULES, place, rival, strict=True):
        if mine != theirs:
            return Why.BESIDE if why is Why.COLLECTION and mine > theirs else why
    return Why.CHOICE


def without_versions(candidates: list[Candidate]) -> list[Candidate]:
    """The same article ID of the same kind, wherever stored, is one article: the text stored last answers."""
    newest: dict[object, Candidate] = {}
    for one in candidates:
        key = (one.text.article_id, one.text.kind) if one.text.article_id else one.identity
        rival = newest.get(key)
        # Of those that one import stored, the better placed one answers.
        if rival is None or one.text.stored_at > rival.text.stored_at:
            newest[key] = one
    kept = set(map(id, newest.values()))
    return [one for one in candidates if id(one) in kept]


def _forms(texts: list[ArticleText]) -> list[ArticleText]:
    """Scoping forms, the one for the fewest clouds first, then by path (dialects.md section 2)."""
    return sorted(texts, key=lambda text: (len(text.clouds), text.path))


def _display_order(text: ArticleText) -> tuple[bool, int]:
    return text.display_order is None, text.display_order or 0
