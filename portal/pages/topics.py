"""Support topics: what support staff paste, the one article that answers, or a choice where several do."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import clouds, locales
from portal.articles import browsing
from portal.articles.topics import (
    Answer,
    Question,
    answer_article_id,
    answer_product,
    answer_resource,
    answer_topic,
    parse_topic,
)
from portal.clouds import Cloud
from portal.pages import problem_pages
from portal.pages.caching import public_page
from portal.pages.reader import Reader, for_reader, remembered
from portal.pages.showing import show

# What a link of support staff may say besides the topic.
CASE_PARAMETERS = ("product", "resource", "tags")
TOPICS_ON_A_PAGE = 200


def question_of(request: HttpRequest, reader: Reader) -> Question:
    """The question of an address. Unknown parameters are ignored."""
    given = {name: request.GET.get(name, "").strip().casefold()[:200] for name in CASE_PARAMETERS}
    tags = frozenset(tag.strip() for tag in given["tags"].split(",") if tag.strip())
    return Question(
        cloud=reader.cloud, locale=reader.locale.code, product=given["product"], resource=given["resource"], tags=tags
    )


def pinned(request: HttpRequest, name: str, **parts: str) -> HttpResponse:
    """Redirect a short address to the same in a language and a cloud: those given, else remembered, asked for, or public."""
    reader, wrong = _reader_given(request)
    if wrong:
        with translation.override(reader.words.language):
            return problem_pages.bad_value(request, reader, says=wrong())
    kept = {key: request.GET[key] for key in CASE_PARAMETERS if request.GET.get(key)}
    address = reader.address(name, **parts) + (f"?{urlencode(kept)}" if kept else "")
    response = HttpResponseRedirect(address)
    response.headers["Cache-Control"] = "no-store"
    return response


def _reader_given(request: HttpRequest):
    reader = remembered(request)
    cloud, locale = reader.cloud, reader.locale
    if text := request.GET.get("locale", ""):
        locale = locales.find(text)
        if locale is None:
            known = ", ".join(locales.KNOWN)
            return (
                reader,
                lambda: (
                    _("“%(text)s” is not a language of this portal. It knows: %(known)s.")
                    % {
                        "text": text[:40],
                        "known": known,
                    }
                ),
            )
    if text := request.GET.get("cloud", ""):
        cloud = clouds.find(text)
        if cloud is None:
            known = ", ".join(Cloud)
            return (
                reader,
                lambda: _("“%(text)s” is not a cloud. Known are: %(known)s.") % {"text": text[:40], "known": known},
            )
    return Reader(locale=locale, cloud=cloud), None


@require_safe
def topic_anywhere(request: HttpRequest, topic: str) -> HttpResponse:
    return pinned(request, "topic", topic=topic.strip() or "0")


@require_safe
def find_topic(request: HttpRequest) -> HttpResponse:
    """The small form of every page: a topic ID, or nothing, which leads to the list of topics."""
    # Neither a slash nor a part made of dots is an address that browsers keep as it is.
    topic = request.GET.get("id", "").replace("/", "").strip(" .")[:80].strip()
    return pinned(request, "topic", topic=topic) if topic else pinned(request, "topics")


@require_safe
def product_anywhere(request: HttpRequest, product: str) -> HttpResponse:
    return pinned(request, "product", product=product)


@require_safe
def resource_anywhere(request: HttpRequest, service: str, resource: str) -> HttpResponse:
    return pinned(request, "resource", service=service, resource=resource)


@require_safe
def article_id_anywhere(request: HttpRequest, article_id: str) -> HttpResponse:
    return pinned(request, "article-id", article_id=article_id)


@for_reader
@require_safe
def topic(request: HttpRequest, reader: Reader, topic: str) -> HttpResponse:
    """Redirect to the one article that answers; a choice where several do; else say why there is none."""
    known = parse_topic(topic)
    if known is None:
        says = _("“%(topic)s” is not a support topic ID. An ID is a number of up to 12 digits or a GUID.") % {
            "topic": topic[:80]
        }
        return problem_pages.bad_value(request, reader, says=says)
    answer = answer_topic(known, question_of(request, reader))
    if not answer.known:
        return problem_pages.unknown_topic(request, reader, known)
    return _lead(request, reader, answer, title=_("Topic %(topic)s") % {"topic": known})


@for_reader
@require_safe
def article_id(request: HttpRequest, reader: Reader, article_id: str) -> HttpResponse:
    answer = answer_article_id(article_id, question_of(request, reader))
    if not answer.known:
        return problem_pages.missing(request, reader)
    return _lead(request, reader, answer, title=article_id[:120])


@for_reader
@require_safe
def resource(request: HttpRequest, reader: Reader, service: str, resource: str) -> HttpResponse:
    """The articles of a resource, in displayOrder; with tags, those that carry one of them."""
    answer = answer_resource(service, resource, question_of(request, reader))
    if not answer.known:
        return problem_pages.missing(request, reader)
    title = _("Articles for %(resource)s") % {"resource": f"{browsing.name_of_service(service.casefold())}: {resource}"}
    if len(answer.candidates) > 1:
        return _choice(request, reader, answer, title=title, in_display_order=True)
    return _lead(request, reader, answer, title=title)


def _lead(request: HttpRequest, reader: Reader, answer: Answer, *, title: str) -> HttpResponse:
    if not answer.candidates and not answer.forms:
        return problem_pages.not_in_cloud(request, reader, title=title, having=list(answer.elsewhere))
    found = [one.text for one in answer.best] or list(answer.forms[:1])
    if len(found) > 1:
        return _choice(request, reader, answer, title=title)
    name = "article" if answer.best else "form"
    response = HttpResponseRedirect(reader.address(name, collection=found[0].collection, path=found[0].path))
    response.headers["Cache-Control"] = "no-cache"
    return response


def _choice(
    request: HttpRequest, reader: Reader, answer: Answer, *, title: str, in_display_order: bool = False
) -> HttpResponse:
    shown = list(answer.candidates if in_display_order else answer.best)
    if in_display_order:
        shown.sort(key=lambda one: (one.text.display_order is None, one.text.display_order or 0, one.text.path))
    beside = [one for one in answer.candidates if one not in shown]
    context = {
        "title": title,
        "choices": [one.text for one in shown],
        "beside": [one.text for one in beside],
        "forms": list(answer.forms),
        "is_choice": not in_display_order,
    }
    response = show(request, reader, "topics/choice.html", context)
    response.headers["Cache-Control"] = "no-cache"
    return response


@public_page("after")
@for_reader
def topics(request: HttpRequest, reader: Reader) -> HttpResponse:
    after = request.GET.get("after", "")[:40]
    if after and parse_topic(after) is None:
        return problem_pages.bad_value(request, reader, says=_("“after” is not a support topic ID."))
    found = browsing.topics(reader.cloud, reader.locale.code, after=after, limit=TOPICS_ON_A_PAGE + 1)
    more = len(found) > TOPICS_ON_A_PAGE
    context = {
        "title": _("Support topics"),
        "topics": found[:TOPICS_ON_A_PAGE],
        "next": found[TOPICS_ON_A_PAGE - 1].key if more else "",
        "is_first": not after,
    }
    return show(request, reader, "browse/topics.html", context)


@public_page()
@for_reader
def product(request: HttpRequest, reader: Reader, product: str) -> HttpResponse:
    known = parse_topic(product)
    answer = answer_product(known, question_of(request, reader)) if known else None
    if answer is None or not answer.known:
        return problem_pages.missing(request, reader)
    if not answer.candidates:
        return problem_pages.not_in_cloud(request, reader, title=product, having=list(answer.elsewhere))
    service = next((one.text.service for one in answer.candidates if one.text.service), "")
    articles = browsing.listed(browsing.all_texts().for_product(known), reader.cloud, reader.locale.code)
    context = {
        "title": browsing.name_of_product(known, service),
        "articles": articles,
        "total": len(articles),
        "code": known,
    }
    return show(request, reader, "browse/group.html", context)
