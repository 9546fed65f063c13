"""Pictures: our own drawings in every language and for the dark, stand-ins for missing ones, and what is missing."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from html import unescape

from portal.markup.dialects.context import Context, table
from portal.markup.dialects.tree import Element, Node, added, quoted

NATIVE_MEDIA = "/media/native/"
_WEB = re.compile(r"^https?://", re.IGNORECASE)
_DIGITS = re.compile(r"^\d{1,4}$")
_WAITING = re.compile(
    r'<img(?=[^>]*\bclass="missing")[^>]*\bdata-media="([^"]*)"[^>]*>(?:<span class="missing-text" data-added="">[^<]*</span>)?'
)
_ALT = re.compile(r'\balt="([^"]*)"')


def dress(element: Element, parent: Element, context: Context) -> list[Node]:
    """A picture as the page may show it; one kept beside the article waits for `with_media` to find it."""
    address = unescape(element.attrs.get("src", "")).strip()
    size = {name: value for name in ("width", "height") if _DIGITS.match(value := element.attrs.get(name, ""))}
    alt = element.attrs.get("alt", "")
    if address[:5].lower() == "data:":
        return [Element("img", {"src": quoted(address), "alt": alt} | size)]
    if drawing := _stand_in(address):
        context.report("picture-missing", f"{address[:200]} is missing; a drawing of this portal stands in.", address)
        return [_drawing(drawing, alt, context, stand_in=True)]
    if _WEB.match(address):
        return [_from_elsewhere(address, alt, size)]
    if not address or address.startswith(("//", "#")) or re.match(r"^[a-z][\w+.-]*:", address, re.IGNORECASE):
        return _unplaced(address, alt, context)
    target = posixpath.normpath(posixpath.join(context.folder, address.replace("\\", "/").split("?")[0].split("#")[0]))
    if target.startswith(("..", "/")):
        return _unplaced(address, alt, context)
    if context.dialect == "native" and target.endswith(".svg"):
        return [_drawing(target, alt, context, stand_in=False)]
    context.media[target] = None
    return _missing(target, alt, context)


def _from_elsewhere(address: str, alt: str, size: dict[str, str]) -> Element:
    secure = "https://" + address.partition("//")[2]
    marks = {"class": "external", "src": quoted(secure), "alt": alt, "loading": "lazy", "referrerpolicy": "no-referrer"}
    return Element("img", marks | size)


def _unplaced(address: str, alt: str, context: Context) -> list[Node]:
    context.report("picture-missing", f"{address[:200] or 'A picture without address'} cannot be found; its words are shown. "
                   "Put the picture beside the article.", address)  # fmt: skip
    return _missing("", alt, context)


def _missing(target: str, alt: str, context: Context) -> list[Node]:
    """The picture without an address that a browser could ask for, and its words beside it."""
    words = (
        f"{context.label('missing-picture')} {unescape(alt)}"
        if alt.strip()
        else context.label("missing-picture-unnamed")
    )
    marks = {"class": "missing", "alt": alt} | ({"data-media": quoted(target)} if target else {})
    return [Element("img", marks), added("span", "missing-text", words)]


def _stand_in(address: str) -> str | None:
    end = "/".join(address.replace("\\", "/").split("/")[-2:])
    return table("pictures").get(end)


def _drawing(target: str, alt: str, context: Context, *, stand_in: bool) -> Element:
    """`slug/media/name.svg` in the reader's colours and language; English where the language is not drawn is the
    server's choice."""
    context.media[target] = None
    name, locale = NATIVE_MEDIA + target.removesuffix(".svg"), context.locale.code
    dark = Element("source", {"media": "(prefers-color-scheme: dark)", "srcset": quoted(f"{name}.dark.{locale}.svg")})
    light = Element("img", {"src": quoted(f"{name}.light.{locale}.svg"), "alt": alt, "loading": "lazy"})
    shown: list[Node] = [Element("picture", {}, [dark, light])]
    if stand_in:
        shown.append(added("span", "stand-in-note", context.label("stand-in")))
    return Element("span", {"class": "picture stand-in" if stand_in else "picture"}, shown)


def with_media(html: str, served: Mapping[str, str]) -> str:
    """Stored HTML with the pictures that exist: `served` maps a source path below the root to the address it has now.

    Only what `render` wrote as missing changes; a picture that `served` does not name stays missing. Addresses must be
    our own (they are quoted, not judged).
    """
    return _WAITING.sub(lambda match: _found(match, served), html)


def _found(match: re.Match[str], served: Mapping[str, str]) -> str:
    address = served.get(unescape(match[1]))
    if address is None:
        return match[0]
    alt = _ALT.search(match[0])
    return f'<img src="{quoted(address)}" alt="{alt[1] if alt else ""}" data-media="{match[1]}" loading="lazy">'
