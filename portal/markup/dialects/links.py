"""Links: where each one leads from this portal, and what becomes of those that lead nowhere."""

from __future__ import annotations

import posixpath
import re
from html import unescape

from portal.markup.dialects import blades, retired
from portal.markup.dialects.context import Context, article_path
from portal.markup.dialects.tree import Element, Node, elements, quoted, text_of
from portal.problems import Severity

LEARN = "https://learn.microsoft.com"
BASES = {
    "selfhelp": f"{LEARN}/azure/",
    "alchemy": f"{LEARN}/AlchemyInsights/",
    "learn": f"{LEARN}/entra/identity/hybrid/connect/",
    "native": "",
}
NATIVE_PREFIX = "/articles/native/"
_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SLIP = re.compile(r"^(?:h*t*tps?)://", re.IGNORECASE)
_NO_SCHEME_HOST = re.compile(r"^(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|io|ms|gov|edu|us|cn|de)(?=[/?#]|$)", re.I)
_CONTROL = re.compile(r"[\x00-\x20\x7f]+")
_LOOKS_LIKE_ADDRESS = re.compile(r"^\s*(?:https?://|www\.)\S+\s*$", re.IGNORECASE)
_MARKDOWN_FILE = re.compile(r"\.(?:md|markdown)(?=$|[?#])", re.IGNORECASE)


def dress(element: Element, parent: Element, context: Context) -> list[Node] | None:
    """A link made fit for a page; the nodes that replace it, or None when it stays as it is now."""
    raw = element.attrs.pop("href", None)
    names = [element.attrs.pop(name) for name in ("id", "name") if name in element.attrs]
    anchors = [Element("span", {"class": "anchor", "id": name}) for name in dict.fromkeys(names)]
    if raw is None:
        if not names and text_of(element).strip():
            context.report(
                "link-removed", "A link was removed because its target may not be followed; check the target."
            )
        return [*anchors, *element.children]
    address = _CONTROL.sub("", unescape(raw)) if _SCHEME.match(unescape(raw).strip()) else unescape(raw).strip()
    if not address:
        context.report("empty-target", "A link has no target, so only its text is shown; give it one.", "]()")
        return [*anchors, *element.children]
    if inner := [one for one in elements(element) if one.tag == "a"]:
        for one in inner:
            one.attrs.pop("href", None)
    replaced = _lead(element, address, context)
    if replaced is None and not anchors:
        return None
    return [*anchors, *(replaced if replaced is not None else [element])]


def _lead(element: Element, address: str, context: Context) -> list[Node] | None:
    if blades.is_blade(address):
        return blades.dress(element, address, context)
    scheme = _SCHEME.match(address)
    if scheme and not _SLIP.match(address):
        return _other_scheme(element, scheme[1].lower(), address, context)
    if address.startswith("#"):
        element.attrs["href"] = quoted(address)
        return None
    target = _absolute(address, context, element)
    if target is None:
        return list(element.children)
    _show(element, address, target, context)
    return None


def _show(element: Element, address: str, target: str, context: Context) -> None:
    """Write the link out, with its new home if it moved, and with words where it has none."""
    if target.startswith("http"):
        target = _moved(address, target, context)
        element.attrs["href"] = quoted(target)
        element.attrs["rel"] = "noopener noreferrer"
    else:
        element.attrs["href"] = quoted(target)
    words = text_of(element)
    if not words.strip() and not any(one.tag == "img" for one in elements(element)):
        shown = Element("span", {"class": "url", "data-added": "", "dir": "ltr"}, [quoted(address)])
        element.children.append(shown)
        context.report("empty-link-text", f"A link to {address[:200]} has no text, so its address is shown; write a text.",
                       f"[]({address}")  # fmt: skip
    elif context.locale.rtl and _LOOKS_LIKE_ADDRESS.match(words):
        element.attrs["dir"] = "ltr"


def _moved(address: str, target: str, context: Context) -> str:
    now = retired.current(target)
    if now != target:
        context.report("address-retired", f"{target[:300]} moved; the link now leads to {now[:300]}. Update the article.",
                       address, Severity.NOTE)  # fmt: skip
    elif retired.is_numbered_help(target):
        context.report("address-retired", f"{target[:300]} is an old help number whose new place is not known; check it.",
                       address, Severity.NOTE)  # fmt: skip
    return now


def _other_scheme(element: Element, scheme: str, address: str, context: Context) -> list[Node] | None:
    if scheme == "mailto":
        element.attrs["href"] = quoted(address)
        return None
    if scheme in ("ms-settings", "feedback-hub"):
        return blades.dress_app(element, address, context)
    if scheme == "xref":
        return [Element("code", {"dir": "ltr"}, list(element.children))]
    context.report("link-removed", f"A link of the kind {scheme}: was removed; only http, https and mailto are followed.",
                   address)  # fmt: skip
    return list(element.children)


def _absolute(address: str, context: Context, element: Element) -> str | None:
    """The whole address of a link as its dialect means it; None when it means nothing."""
    if match := _SLIP.match(address):
        if match[0].lower() not in ("http://", "https://"):
            context.report("address-repaired", f"{address[:200]} was read as https; correct the article.", address)
            return f"https://{address[match.end() :]}"
        return address
    if address.startswith("//"):
        return f"https:{address}"
    if address.startswith("\\") or "\\" in address.split("/")[0]:
        context.report(
            "link-removed", f"{address[:200]} is a path on somebody's disk; give the link a web address.", address
        )
        return None
    if _NO_SCHEME_HOST.match(address):
        context.report(
            "address-repaired", f"{address[:200]} lacks https://; it was added. Correct the article.", address
        )
        return f"https://{address}"
    return _RELATIVE.get(context.dialect, _selfhelp)(address, context, element)


def _selfhelp(address: str, context: Context, element: Element) -> str:
    if address.startswith("/"):
        return LEARN + address
    context.report("relative-link", f"{address[:200]} is not a whole address; it was read as a page below "
                   f"{BASES['selfhelp']}. Write it out.", address)  # fmt: skip
    return BASES["selfhelp"] + address.removeprefix("./")


def _alchemy(address: str, context: Context, element: Element) -> str:
    page, rest = _split(address)
    if page.startswith("/"):
        target = posixpath.normpath("/" + page.lstrip("/"))
    else:
        target = posixpath.normpath(posixpath.join("/", posixpath.dirname(article_path(context.path)), page))
    if target.lower().startswith("/alchemyinsights/"):
        _mark(element, _without_ending(target.lstrip("/")) + _fragment(rest), context)
    return LEARN + _without_ending(target) + rest


def _learn(address: str, context: Context, element: Element) -> str:
    page, rest = _split(address)
    if page.startswith("~/"):
        return f"{LEARN}/entra/" + _without_ending(page[2:]).removeprefix("docs/") + rest
    if page.startswith("/"):
        return LEARN + page + rest
    sibling = posixpath.normpath(posixpath.join(context.folder, page))
    if not sibling.startswith(".."):
        _mark(element, article_path(sibling) + _fragment(rest), context)
    base = BASES["learn"].removeprefix(LEARN)
    return LEARN + _without_ending(posixpath.normpath(posixpath.join(base, page))) + rest


def _native(address: str, context: Context, element: Element) -> str | None:
    page, rest = _split(address)
    if page.startswith("/"):
        return page + rest
    target = posixpath.normpath(posixpath.join(context.folder, page))
    if target.startswith("..") or target == ".":
        context.report("relative-link", f"{address[:200]} leads out of the articles; link to ../other-slug/.", address)
        return None
    slug = target.split("/")[0] if target.endswith(".md") or "/" not in target else article_path(target)
    _mark(element, slug + _fragment(rest), context)
    return f"{NATIVE_PREFIX}{slug}/{_fragment(rest)}"


_RELATIVE = {"selfhelp": _selfhelp, "alchemy": _alchemy, "learn": _learn, "native": _native}


def _split(address: str) -> tuple[str, str]:
    """The path of a relative address, and its query and fragment."""
    match = re.search(r"[?#]", address)
    return (address[: match.start()], address[match.start() :]) if match else (address, "")


def _fragment(rest: str) -> str:
    return rest[rest.index("#") :] if "#" in rest else ""


def _without_ending(path: str) -> str:
    return _MARKDOWN_FILE.sub("", path)


def _mark(element: Element, target: str, context: Context) -> None:
    """Name the sibling article meant, so that a page can lead to it inside the portal when it exists."""
    element.attrs["data-article"] = quoted(target)
    context.links[target.partition("#")[0]] = None
