"""What the address of the desk asks: a subject, two clouds, a language, and what is known of the case."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal import clouds, locales
from portal.articles.finding import Sort, Subject
from portal.articles.topics import (
    Answer,
    Question,
    answer_article,
    answer_article_id,
    answer_product,
    answer_resource,
    answer_topic,
    parse_topic,
)
from portal.clouds import Cloud
from portal.locales import Locale
from portal.pages.reader import Reader
from portal.pages.topics import CASE_PARAMETERS

LONGEST_ID = 400


class BadCase(Exception):
    """The address names something that there is not; the words say what there is."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """A subject, and the questions that its readers in two clouds would ask."""

    subject: Subject
    cloud: Cloud
    beside: Cloud
    locale: Locale
    product: str
    resource: str
    tags: str

    def question(self, cloud: Cloud) -> Question:
        tags = frozenset(tag.strip() for tag in self.tags.casefold().split(",") if tag.strip())
        product, resource = self.product.casefold(), self.resource.casefold()
        return Question(cloud=cloud, locale=self.locale.code, product=product, resource=resource, tags=tags)


def read_case(request: HttpRequest, reader: Reader) -> Case | None:
    """The case of an address; None when it names no subject."""
    key = " ".join(request.GET.get("id", "").replace("\0", "").split())[:LONGEST_ID]
    if not key:
        return None
    cloud = _cloud(request.GET.get("in", ""), reader.cloud)
    other = Cloud.FAIRFAX if cloud is Cloud.PUBLIC else Cloud.PUBLIC
    given = {name: request.GET.get(name, "").replace("\0", "").strip()[:200] for name in CASE_PARAMETERS}
    return Case(
        subject=Subject(sort=_sort(request.GET.get("sort", Sort.TOPIC.value)), id=key),
        cloud=cloud,
        beside=_cloud(request.GET.get("beside", ""), other),
        locale=_locale(request.GET.get("for", ""), reader.locale),
        **given,
    )


def answer(subject: Subject, question: Question) -> Answer | None:
    """What the portal's own rules answer; None for an id that cannot be one."""
    key = subject.id
    first, _, rest = key.partition("/")
    if subject.sort in (Sort.TOPIC, Sort.PRODUCT):
        known = parse_topic(key)
        ask = answer_topic if subject.sort is Sort.TOPIC else answer_product
        return ask(known, question) if known else None
    if subject.sort is Sort.ARTICLE_ID:
        return None if "/" in key else answer_article_id(key, question)
    if not (first and rest):
        return None
    if subject.sort is Sort.RESOURCE:
        return answer_resource(first, rest, question)
    return answer_article(first, rest, question)


def _sort(text: str) -> Sort:
    try:
        return Sort(text)
    except ValueError:
        raise BadCase(_("“%(name)s” can be one of: %(ways)s.") % {"name": "sort", "ways": ", ".join(Sort)}) from None


def _cloud(text: str, otherwise: Cloud) -> Cloud:
    found = clouds.find(text) if text else otherwise
    if found is None:
        raise BadCase(
            _("“%(text)s” is not a cloud. Known are: %(known)s.") % {"text": text[:40], "known": ", ".join(Cloud)}
        )
    return found


def _locale(text: str, otherwise: Locale) -> Locale:
    found = locales.find(text) if text else otherwise
    if found is None:
        known = ", ".join(locales.KNOWN)
        raise BadCase(
            _("“%(text)s” is not a language of this portal. It knows: %(known)s.") % {"text": text[:40], "known": known}
        )
    return found
