"""Scoping forms by the API: the form as JSON, and its answers turned into a case summary. Nothing that is sent is kept."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router

from portal.api.asking import cloud_of, locale_of
from portal.api.form_schemas import AnsweredOut, AnswersIn, ScopingFormOut
from portal.api.problems import BadValue, NotKnown, NotUsable
from portal.articles.scoping import Scoping, texts_of, visible
from portal.clouds import Cloud
from portal.forms.answers import fill
from portal.forms.schema import Element
from portal.forms.summary import summary
from portal.forms.validating import faults
from portal.forms.words import in_english

ZONE = re.compile(r"[+-](?:0\d|1[0-4]):[0-5]\d")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

router = Router(tags=["forms"])


@router.get("/forms/{collection}/{path:path}", response=ScopingFormOut, summary="A scoping form")
def form(request: HttpRequest, collection: str, path: str, cloud: str = "", locale: str = ""):
    """Every element in order, with its options and what its answer must be. `forms` of a topic say which there are."""
    place, language = cloud_of(cloud, default=Cloud.PUBLIC), locale_of(locale)
    found = _found(collection, path, place, language)
    parts = {"locale": language, "cloud": place.value, "collection": collection, "path": path}
    shown = {one.id for one in fill(found.form, {}).shown}
    return {
        "collection": found.text.collection,
        "path": found.text.path,
        "title": found.form.title,
        "locale": found.text.locale,
        "cloud": place.value,
        "clouds": [one.value for one in found.text.visible_clouds],
        "topics": found.text.topics,
        "products": found.text.products,
        "attach": found.form.attach,
        "url": request.build_absolute_uri(reverse("form", kwargs=parts)),
        "elements": [_element(one, is_shown=one.id in shown) for one in found.form.elements],
    }


@router.post("/forms/{collection}/{path:path}", response=AnsweredOut, summary="Answers, as a case summary")
def answer(
    request: HttpRequest,
    response: HttpResponse,
    collection: str,
    path: str,
    sent: AnswersIn,
    cloud: str = "",
    locale: str = "",
):
    """Holds the answers against the form and tells them as text and Markdown. Answers to hidden questions do not count."""
    response.headers["Cache-Control"] = "no-store"
    place, language = cloud_of(cloud, default=Cloud.PUBLIC), locale_of(locale)
    if sent.zone and not ZONE.fullmatch(sent.zone):
        raise BadValue("zone", f'"{sent.zone[:20]}" is no time zone. Write one such as +01:00 or -08:00.')
    found = _found(collection, path, place, language)
    unknown = [name for name in sent.answers if not _takes(found, name)]
    if unknown:
        known = ", ".join(one.id for one in found.form.questions[:40])
        raise BadValue("answers", f'"{unknown[0][:80]}" is no question of this form. It asks: {known}.')
    given = {name: [said] if isinstance(said, str) else said for name, said in sent.answers.items()}
    filled = fill(found.form, given)
    if wrong := faults(filled):
        told = [{"id": fault.element.id, "wrong": fault.wrong.value, "detail": in_english(fault)} for fault in wrong]
        raise NotUsable("Some answers cannot be used; each is named in faults.", told)
    told = summary(filled, about=found.about(place), zone=sent.zone or "+00:00")
    return {
        "form": f"{collection}/{path}",
        "shown": [one.id for one in filled.shown],
        "answers": {name: list(said) for name, said in filled.answers.items()},
        "title": told.title,
        "text": told.text,
        "markdown": told.markdown,
    }


def _takes(found: Scoping, name: str) -> bool:
    element = found.form.element(name)
    return element is not None and element.control.takes_answer


def _found(collection: str, path: str, cloud: Cloud, locale: str) -> Scoping:
    texts = [] if UNSTORABLE.search(collection + path) else texts_of(collection, path)
    found = visible(texts, cloud, locale)
    if found is None and texts:
        having = ", ".join(one.value for one in texts[0].visible_clouds)
        raise NotKnown(f"This form is not for {cloud.value}. It is for: {having}.")
    if found is None:
        raise NotKnown("There is no scoping form at this path. GET /api/v1/topics/{topic} lists those of a topic.")
    return found


def _element(one: Element, *, is_shown: bool) -> dict:
    return {
        "id": one.id,
        "control": one.control.value,
        "label": one.label,
        "required": one.required,
        "options": [{"value": option.value, "text": option.text} for option in one.choices],
        "several": one.is_several,
        "longest": one.longest,
        "hint": one.watermark,
        "hints": list(one.hints),
        "html": one.content or one.info,
        "takes_answer": one.control.takes_answer,
        "typed_instead_of_list": one.is_free,
        "shown": is_shown,
    }
