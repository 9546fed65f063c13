"""Quotes that are something else: alerts, videos, checklists, selectors, by the `[!WORD]` they open with."""

from __future__ import annotations

import re

from portal.markup.dialects import videos
from portal.markup.dialects.context import Context
from portal.markup.dialects.tree import Element, Node, added, solid, text_of

KINDS = ("note", "tip", "important", "caution", "warning")
# Words seen or likely in the place of a kind, folded.
OTHER_WORDS = {
    "tips": "tip", "hint": "tip", "notes": "note", "info": "note", "remark": "note", "attention": "caution",
    "danger": "warning", "warn": "warning", "alert": "warning", "notera": "note", "obs": "note", "hinweis": "note",
    "wichtig": "important", "viktigt": "important",
}  # fmt: skip
_MARK = re.compile(r"^\s*\[!(\w+)(?:\]|\s+(?:class=)?(?:&quot;|\")?([^\]]*?)(?:&quot;|\")?\])[ \t]*\n?")
_OPENING = re.compile(r"^\s*\[!(\w+)")


def dress(element: Element, parent: Element, context: Context) -> list[Node] | None:
    """An alert, a video or a list with a purpose in place of the quote; None when it is a plain quote."""
    holder = _first_paragraph(element)
    if holder is None or not isinstance(holder.children[0], str):
        return None
    if not _OPENING.match(holder.children[0]):
        return None
    if video := videos.of_quote(text_of(element), context):
        return [video]
    match = _MARK.match(holder.children[0])
    if not match:
        return None
    holder.children[0] = holder.children[0][match.end() :]
    _drop_if_empty(element, holder)
    word = match[1].lower()
    if word in ("div", "selector"):
        return [_purpose(element, word, (match[2] or "").lower(), context)]
    return [_alert(element, word, context)]


def _alert(element: Element, word: str, context: Context) -> Element:
    kind = word if word in KINDS else OTHER_WORDS.get(word, "note")
    if word not in KINDS:
        context.report(
            "alert-unknown", f"[!{word.upper()}] is no alert; it is shown as [!{kind.upper()}].", f"[!{word}"
        )
    label = added("p", "alert-label", context.label(kind))
    return Element("div", {"class": f"alert alert-{kind}", "role": "note"}, ["\n", label, *element.children])


def _purpose(element: Element, word: str, css: str, context: Context) -> Element:
    if word == "selector":
        return Element("div", {"class": "selector", "role": "navigation"}, element.children)
    if css in ("checklist", "nextstepaction"):
        return Element("div", {"class": "checklist" if css == "checklist" else "next-step"}, element.children)
    context.report("div-unknown", f'[!div class="{css}"] is not known here; its content is shown plainly.', "[!div")
    return Element("div", {}, element.children)


def _first_paragraph(element: Element) -> Element | None:
    shown = solid(element)
    first = shown[0] if shown else None
    return first if isinstance(first, Element) and first.tag == "p" and first.children else None


def _drop_if_empty(element: Element, holder: Element) -> None:
    while holder.children and isinstance(holder.children[0], Element) and holder.children[0].tag == "br":
        holder.children.pop(0)
    if not solid(holder):
        element.children.remove(holder)
