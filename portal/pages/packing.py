"""The offline pack: one flow with its articles and pictures as a single HTML file, for clouds and rooms without a network."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape, unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from portal import clock, flows, locales
from portal.articles.flow_files import library
from portal.articles.languages import by_article, choose
from portal.articles.models import ArticleText, Media
from portal.articles.topics import NATIVE
from portal.flows import Flow
from portal.markup import fitting
from portal.pages.reader import Reader
from portal.pages.showing import PRODUCT

# The sanitizer escapes < and > within tags; what looks like an attribute outside of them is text, of a code sample say.
TAG = re.compile(r"<[a-z][^<>]*>")
ID = re.compile(r'\sid="([^"]+)"')
OWN_ANCHOR = re.compile(r'href="#([^"]*)"')
OTHER_ANCHOR = re.compile(r'href="#pack--([^"#]+)(?:#([^"]+))?"')
PORTAL_LINK = re.compile(r'<a(?=[^>]*\shref="/)[^>]*>(.*?)</a>', re.DOTALL)
PICTURE = re.compile(r'(src|srcset)="(/media/[^"]+)"')


@dataclass(frozen=True, kw_only=True)
class Packed:
    """An article of the pack: its text in the language it has, links and pictures kept within the file.

    A link to a page of the portal that is not in the file has its words left, and no address.
    """

    text: ArticleText
    tag: str
    dir: str
    anchor: str
    body: SafeString


def pack(reader: Reader, found: Flow) -> dict[str, Any]:
    """What the template of a pack shows. Two queries: the articles, and their pictures."""
    texts = _articles(reader, _slugs(found))
    pictures = _pictures(texts)
    words = library().words_in(found.locale)
    return {
        "product": PRODUCT,
        "reader": reader,
        "flow": found,
        "shown": locales.get(found.locale),
        "words": words,
        "made_at": clock.now(),
        "drawing": flows.drawing(found, flows.walk(found, {}), words=words, width=720, whole=True, prefix="flow"),
        "articles": [_packed(reader, text, {one.path for one in texts}, pictures) for text in texts],
        "titles": {text.path: text.title for text in texts},
        "next_flows": {
            one.name: library().flow(one.flow, reader.locale.code).title for one in found.outcomes.values() if one.flow
        },
        "style": mark_safe(_style()),
    }


def file_name(reader: Reader, found: Flow) -> str:
    return f"{PRODUCT.lower()}-{found.name}-{reader.locale.code}-{reader.cloud.value}.html"


def _slugs(found: Flow) -> list[str]:
    """Our own articles that a question or an end of the flow names, and those that carry the flow, each once."""
    nodes = [*found.questions.values(), *found.outcomes.values()]
    return list(dict.fromkeys(slug for node in nodes for slug in node.articles))


def _articles(reader: Reader, slugs: list[str]) -> list[ArticleText]:
    rows = list(ArticleText.objects.filter(collection=NATIVE, path__in=slugs).in_cloud(reader.cloud).order_by("path"))
    best = {texts[0].path: choose(texts, reader.locale.code).text for texts in by_article(rows).values()}
    return [best[slug] for slug in slugs if slug in best]


def _pictures(texts: Iterable[ArticleText]) -> dict[str, str]:
    """The address of each picture of our articles and the picture itself as an address that needs no network."""
    addresses = {unescape(address) for text in texts for _, address in PICTURE.findall(text.html)}
    base = reverse("media", args=[NATIVE, "x"]).removesuffix("x")
    paths = {unquote(urlsplit(address).path.removeprefix(base)): address for address in addresses}
    return {
        paths[one.path]: f"data:{one.content_type};base64,{base64.b64encode(bytes(one.content)).decode()}"
        for one in Media.objects.filter(collection=NATIVE, path__in=paths)
    }


def _packed(reader: Reader, text: ArticleText, packed: set[str], pictures: dict[str, str]) -> Packed:
    shown = locales.get(text.locale)
    body = fitting.fit(text.html, reader.cloud, {path: f"#pack--{path}" for path in packed})
    body = TAG.sub(lambda tag: _own(tag[0], text.path, pictures), body)
    body = PORTAL_LINK.sub(r'<span class="unreachable">\1</span>', body)
    return Packed(text=text, tag=shown.tag, dir=shown.dir, anchor=f"pack--{text.path}", body=mark_safe(body))


def _own(tag: str, path: str, pictures: dict[str, str]) -> str:
    """A tag with its ids, its links within the file and its pictures as they are in the file."""
    tag = ID.sub(lambda match: f' id="{path}--{match[1]}"', tag)
    tag = OWN_ANCHOR.sub(lambda match: _within(path, match), tag)
    return PICTURE.sub(lambda match: f'{match[1]}="{escape(pictures.get(unescape(match[2]), ""))}"', tag)


def _within(path: str, match: re.Match[str]) -> str:
    """A link to a place in this article, or to one in another article of the pack, as a link within the file."""
    other = OTHER_ANCHOR.fullmatch(match[0])
    if not other:
        return f'href="#{path}--{match[1]}"'
    return f'href="#{other[1]}--{other[2]}"' if other[2] else f'href="#pack--{other[1]}"'


def _style() -> str:
    found = finders.find("portal.css")
    with open(found, encoding="utf-8") as file:
        return f"<style>{file.read()}</style>"
