"""A scoping form at its shared address: the empty form is a page like any other, every step after it a POST that no cache keeps."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.articles import browsing
from portal.articles.models import ArticleText
from portal.articles.scoping import Scoping, texts_of, visible
from portal.forms.casefile import Summary
from portal.forms.summary import summary
from portal.pages import problem_pages
from portal.pages.articles import Crumb
from portal.pages.caching import public_page
from portal.pages.forms.filling import Filling, Step, context, filling, from_request
from portal.pages.forms.stepping import file_of, part_of
from portal.pages.reader import Reader, for_reader
from portal.pages.same_origin import same_origin
from portal.pages.showing import show


@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, **parts: str) -> HttpResponse:
    return step(request, **parts) if request.method == "POST" else empty(request, **parts)


@public_page()
@for_reader
def empty(request: HttpRequest, reader: Reader, collection: str, path: str) -> HttpResponse:
    texts = texts_of(collection, path)
    scoping = visible(texts, reader.cloud, reader.locale.code)
    if scoping is None:
        return _unavailable(request, reader, texts)
    return _page(request, reader, texts, filling(scoping))


@for_reader
def step(request: HttpRequest, reader: Reader, collection: str, path: str) -> HttpResponse:
    """The form again, the answers to check, or the summary, as page or file."""
    texts = texts_of(collection, path)
    scoping = visible(texts, reader.cloud, reader.locale.code)
    if scoping is None:
        return _unstored(_unavailable(request, reader, texts))
    one = from_request(request, scoping)
    if one.is_done and one.sent.step in (Step.TEXT, Step.MARKDOWN):
        return _unstored(file_of(_told(one, reader), one.sent.step, "case-summary"))
    return _unstored(_page(request, reader, texts, one))


def _told(one: Filling, reader: Reader) -> Summary:
    return summary(one.filled, about=one.scoping.about(reader.cloud), zone=one.sent.zone or "+00:00")


def _page(request: HttpRequest, reader: Reader, texts: list[ArticleText], one: Filling) -> HttpResponse:
    words = {
        **context(one, reader.cloud),
        "step_part": part_of(one),
        "action": reader.address("form", collection=one.scoping.text.collection, path=one.scoping.text.path),
        "crumbs": _crumbs(reader, one.scoping),
        "existing_locales": [text.locale for text in texts],
        "existing_clouds": one.scoping.text.visible_clouds,
    }
    if one.is_done and one.sent.step is Step.SUMMARY:
        words["told"] = _told(one, reader)
    # Faults are no failure: a page that asks again is 200, and no log fills with people's slips.
    return show(request, reader, "forms/form.html", words, part=part_of(one))


def _crumbs(reader: Reader, scoping: Scoping) -> list[Crumb]:
    text, topics = scoping.text, scoping.text.topics
    collection = reader.address("collection", collection=text.collection)
    crumbs = [
        Crumb(name=_("Home"), address=reader.address("home")),
        Crumb(name=browsing.name_of_collection(text.collection), address=collection),
    ]
    if topics:
        crumbs.append(Crumb(name=topics[0], address=reader.address("topic", topic=topics[0])))
    return crumbs


def _unavailable(request: HttpRequest, reader: Reader, texts: list[ArticleText]) -> HttpResponse:
    if not texts:
        return problem_pages.missing(request, reader)
    return problem_pages.not_in_cloud(request, reader, title=texts[0].title, having=texts[0].visible_clouds)


def _unstored(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
