"""Videos, which a page only links to: `[!VIDEO address]` and Azure's `video` and `videoGroup` elements."""

from __future__ import annotations

import re
from html import unescape

from portal.markup.dialects.context import Context
from portal.markup.dialects.tree import Element, Node, added, quoted, text_of

_QUOTE = re.compile(r"^\s*\[!video\s+(https?://[^\s\]]+)\s*\]?(.*)$", re.IGNORECASE | re.DOTALL)
_TITLE_TAG = re.compile(r"</?title\b[^>]*>", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def of_quote(text: str, context: Context) -> Element | None:
    """The figure for a quote that says `[!VIDEO address]`; words behind it become its caption."""
    match = _QUOTE.match(text)
    if not match:
        return None
    words = match[2].strip()
    caption: list[Node] = [Element("figcaption", {}, [quoted(words)])] if words else []
    return Element("figure", {"class": "video"}, [_link(match[1], words, context), *caption])


def dress(element: Element, parent: Element, context: Context) -> list[Node]:
    """A `video` element as a link with its title; the address stays readable for print."""
    words = _TITLE_TAG.sub("", text_of(element))
    address = _ADDRESS.search(words)
    if not address:
        context.report("video-without-address", "A video names no web address; its words are shown.", "<video")
        return [Element("span", {"class": "video"}, element.children)]
    title = " ".join(words[address.end() :].split()) or " ".join(words[: address.start()].split())
    shown: list[Node] = [_link(address[0], title, context), " "]
    shown += [Element("span", {"class": "video-address url", "dir": "ltr"}, [quoted(address[0])]), "\n"]
    inline = parent.tag == "p"
    if title:
        shown.append(Element("span" if inline else "figcaption", {}, [quoted(title)]))
    return [Element("span" if inline else "figure", {"class": "video"}, shown)]


def dress_group(element: Element, parent: Element, context: Context) -> list[Node]:
    return [Element("span" if parent.tag == "p" else "div", {"class": "video-group"}, element.children)]


def _link(address: str, title: str, context: Context) -> Element:
    text = context.label("watch-titled", title=unescape(title)) if title else context.label("watch")
    link = added("a", "video-link", text)
    link.attrs |= {"href": quoted(address), "rel": "noopener noreferrer"}
    return link
