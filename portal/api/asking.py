"""Parameters that many calls have: a cloud, a language, an ID; each refused with what would be right."""

from __future__ import annotations

from portal import clouds, locales
from portal.api.problems import BadValue
from portal.articles.topics import parse_topic
from portal.clouds import Cloud


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
