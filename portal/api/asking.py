"""Parameters that many calls have: a cloud, a language, an ID; each refused with what would be right; and addresses given back."""

from __future__ import annotations

import re

from django.http import HttpRequest
from django.urls import reverse

from portal import clouds, locales
from portal.api.problems import BadValue
from portal.articles.models import ArticleText
from portal.articles.topics import FORM, parse_topic
from portal.clouds import Cloud

COLLECTION = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


def cloud_of(text: str, *, default: Cloud | None) -> Cloud | None:
    if not text:
        return default
    cloud = clouds.find(text)
    if cloud is None:
        raise BadValue("cloud", f'"{text[:40]}" is not a cloud. Known are: {", ".join(Cloud)}.')
    return cloud


def locale_of(text: str) -> str:
    if not text:
        return locales.ENGLISH
    locale = locales.find(text)
    if locale is None:
        raise BadValue(
            "locale", f'"{text[:40]}" is not a language of this portal. It knows: {", ".join(locales.KNOWN)}.'
        )
    return locale.code


def topic_of(text: str) -> str:
    topic = parse_topic(text)
    if topic is None:
        raise BadValue("topic", f'"{text[:80]}" is not a topic ID. An ID is a number of up to 12 digits or a GUID.')
    return topic


def product_of(text: str) -> str:
    """An empty text when none was given."""
    product = parse_topic(text) if text.strip() else ""
    if product is None:
        raise BadValue("product", f'"{text[:80]}" is not a product ID. An ID is a number of up to 12 digits or a GUID.')
    return product


def collection_of(text: str) -> str:
    if text and not COLLECTION.fullmatch(text):
        raise BadValue("collection", f'"{text[:80]}" names no collection. Names are small letters, digits and hyphens.')
    return text


def address(request: HttpRequest, text: ArticleText, locale: str, cloud: Cloud) -> str:
    """The page of an article for the asked locale and cloud; in a cloud it is written for when none was asked."""
    place = cloud if text.is_visible_in(cloud) else text.visible_clouds[0] if text.clouds else cloud
    parts = {"locale": locale, "cloud": place.value, "collection": text.collection, "path": text.path}
    return request.build_absolute_uri(reverse("form" if text.kind == FORM else "article", kwargs=parts))
