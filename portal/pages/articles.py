"""The article page: the right text for the reader, in her cloud, read the way she asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import flows, locales
from portal.articles import browsing
from portal.articles.beside import Neighbours, neighbours
from portal.articles.flow_files import flows_of, library
from portal.articles.languages import Choice, Reading, Reason, choose
from portal.articles.models import ArticleText
from portal.articles.topics import FORM
from portal.forms.reading import read_form
from portal.markup import fitting
from portal.markup.rendering import with_media
from portal.markup.sentences import with_originals
from portal.pages import problem_pages
from portal.pages.caching import public_page
from portal.pages.feedback import form_of
from portal.pages.reader import Reader, for_reader
from portal.pages.showing import show
from portal.pages.topics import pinned

# Fewer headings than this are seen at a glance; a contents list would only push the text down.
LEAST_HEADINGS = 3


@dataclass(frozen=True, kw_only=True)
class Crumb:
    name: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way to read a bilingual text."""

    reading: Reading
    name: str
    address: str
    is_here: bool


@public_page("read")
@for_reader
def article(request: HttpRequest, reader: Reader, collection: str, path: str) -> HttpResponse:
    texts = [
        text
        for text in ArticleText.objects.of_article(collection, path)
        .with_pictures()
        .defer("header", "text", "pairs", "problems")
        if text.for_readers or text.kind == FORM
    ]
    choice = choose([text for text in texts if text.is_visible_in(reader.cloud)], reader.locale.code)
    if choice is None:
        return _unavailable(request, reader, texts)
    reading = _reading(request, choice)
    if reading is None:
        ways = ", ".join(Reading)
        return problem_pages.bad_value(request, reader, says=_("“read” can be one of: %(ways)s.") % {"ways": ways})
    beside = neighbours(choice.text, reader.cloud, reader.locale.code)
    return show(request, reader, "articles/article.html", _context(reader, choice, reading, beside))


def _unavailable(request: HttpRequest, reader: Reader, texts: list[ArticleText]) -> HttpResponse:
    if not texts:
        return problem_pages.missing(request, reader)
    choice = choose(texts, reader.locale.code)
    return problem_pages.not_in_cloud(request, reader, title=choice.text.title, having=choice.text.visible_clouds)


def _reading(request: HttpRequest, choice: Choice) -> Reading | None:
    """How to read the text; None when the address asks for a way there is none of."""
    asked = request.GET.get("read")
    if not choice.text.is_bilingual:
        return Reading.TRANSLATED if asked in (None, *Reading) else None
    if asked is None:
        return Reading.ORIGINAL if choice.reason is Reason.ORIGINAL else Reading.TRANSLATED
    return Reading(asked) if asked in tuple(Reading) else None


def _context(reader: Reader, choice: Choice, reading: Reading, beside: Neighbours) -> dict[str, Any]:
    text = choice.text
    shown = locales.get(locales.ENGLISH if reading is Reading.ORIGINAL and text.is_bilingual else text.locale)
    fitted = fitting.fit(_body(text, reading), reader.cloud, beside.addresses(reader.address))
    return {
        "text": text,
        "title": _title(text, reading),
        "body": fitted,
        "choice": choice,
        "shown": shown,
        "reading": reading,
        "ways": _ways(reader, text, reading) if text.is_bilingual else [],
        "headings": _headings(text, reading),
        "crumbs": _crumbs(reader, text),
        "existing_locales": list(choice.existing) + ([locales.ENGLISH] if text.is_bilingual else []),
        "existing_clouds": text.visible_clouds,
        "alternates": [(locales.get(code).tag, reader_in(reader, code), code) for code in choice.existing],
        "canonical": article_address(reader_in(reader, choice.locale), text),
        "own": beside.own,
        "forms": beside.forms,
        "form_elements": form_elements(text),
        **_diagnosis(reader, text),
        **({} if text.kind == FORM else {"asks_feedback": True, **form_of(reader, text)}),
    }


def _diagnosis(reader: Reader, text: ArticleText) -> dict[str, Any]:
    """The first question of the flow that the article carries, and the other flows it is tied to."""
    if text.kind == FORM:
        return {}
    names = flows_of(text)
    if not names:
        return {}
    first, *others = (library().flow(name, reader.locale.code) for name in names)
    walk = flows.walk(first, {})
    return {
        "flow": first,
        "flow_shown": locales.get(first.locale),
        "walk": walk,
        "question": walk.question,
        "other_flows": others,
        "error_kind": library().bindings.kind_for(first.name, collection=text.collection, path=text.path),
    }


def reader_in(reader: Reader, code: str) -> Reader:
    return Reader(locale=locales.get(code), cloud=reader.cloud)


def article_address(reader: Reader, text: ArticleText) -> str:
    return reader.address("article", collection=text.collection, path=text.path)


def _title(text: ArticleText, reading: Reading) -> str:
    return text.original_title if reading is Reading.ORIGINAL and text.original_title else text.title


def _body(text: ArticleText, reading: Reading) -> str:
    body = text.html
    if text.is_bilingual and reading is Reading.SENTENCES:
        body = with_originals(text.html, text.original_html or "")
    elif text.is_bilingual and reading is not Reading.TRANSLATED:
        body = (text.both_html if reading is Reading.BOTH else text.original_html) or text.html
    served = {path: reverse("media", args=[text.collection, path]) for path in text.pictures}
    return with_media(body, served) if served else body


def _headings(text: ArticleText, reading: Reading) -> list[dict[str, Any]]:
    """The contents list, of a long article in its own language only: the anchors are the same, the words are not."""
    if reading not in (Reading.TRANSLATED, Reading.SENTENCES) or len(text.headings) < LEAST_HEADINGS:
        return []
    return [{"level": level, "id": anchor, "text": words} for level, anchor, words in text.headings]


def _ways(reader: Reader, text: ArticleText, reading: Reading) -> list[Way]:
    names = {
        Reading.TRANSLATED: _("Translated"),
        Reading.ORIGINAL: _("Original"),
        Reading.BOTH: _("Side by side"),
        Reading.SENTENCES: _("Sentence by sentence"),
    }
    address = article_address(reader, text)
    return [
        Way(reading=one, name=names[one], address=f"{address}?read={one}", is_here=one is reading) for one in Reading
    ]


def _crumbs(reader: Reader, text: ArticleText) -> list[Crumb]:
    crumbs = [Crumb(name=_("Home"), address=reader.address("home"))]
    if text.service:
        address = reader.address("service", service=text.service)
        return [*crumbs, Crumb(name=browsing.name_of_service(text.service), address=address)]
    address = reader.address("collection", collection=text.collection)
    return [*crumbs, Crumb(name=browsing.name_of_collection(text.collection), address=address)]


def form_elements(text: ArticleText) -> list[dict[str, Any]]:
    """What support asks in a scoping form, in order: label, whether it is needed, and the choices, if any."""
    if text.kind != FORM:
        return []
    return [
        {"label": one.label, "required": one.required, "options": [option.text for option in one.options]}
        for one in read_form(text.data or {}).form.questions
        if one.label
    ]


def neutral(request: HttpRequest, collection: str, path: str) -> HttpResponse:
    """An article's address without language and cloud: to those given, else to the remembered ones."""
    return pinned(request, "article", collection=collection, path=path)
