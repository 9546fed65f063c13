"""Anchors: an id for every heading, old anchors kept, the list of contents, and the title taken out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from portal.markup.dialects.context import Context
from portal.markup.dialects.tree import Comment, Element, Node, elements, is_blank, quoted, text_of

TAGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
LISTED = (2, 3)
_ID = re.compile(r"^[^\s\"'<>`=&#]{1,120}$")
_NOT_IN_SLUG = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, kw_only=True)
class Heading:
    """One entry of the contents: `level` 2 or 3, `id` of the heading in the HTML, `text` without Markdown."""

    level: int
    id: str
    text: str


def slug(text: str) -> str:
    """The anchor that Markdown engines make of a heading: lower case, letters of any script, hyphens for blanks."""
    return _NOT_IN_SLUG.sub("", " ".join(text.split()).casefold()).replace(" ", "-")[:100].strip("-")


def anchor(root: Element, context: Context) -> list[Heading]:
    """Give every heading an id, judge the ids that the file brought, and list the headings for the contents."""
    listed: list[Heading] = []
    targets: list[str] = []
    for element in list(elements(root)):
        if element.tag in TAGS:
            _name(element, context)
            level = TAGS[element.tag]
            words = " ".join(text_of(element).split())
            if level in LISTED and words:
                listed.append(Heading(level=level, id=unescape(element.attrs["id"]), text=words))
        elif "id" in element.attrs:
            _judge(element, context)
        elif element.tag == "a" and element.attrs.get("href", "").startswith("#"):
            targets.append(unescape(element.attrs["href"])[1:])
    for target in targets:
        if target and target not in context.ids:
            context.report(
                "anchor-not-found", f"No heading or anchor is called #{target[:100]}; correct the link.", f"#{target}"
            )
    return listed


def _name(heading: Element, context: Context) -> None:
    """Its id: the anchor written into it, or its words; further anchors inside keep working."""
    own = heading.attrs.pop("id", "")
    marks = [child for child in heading.children if isinstance(child, Element) and child.attrs.get("class") == "anchor"]
    wanted = unescape(own) or (unescape(marks[0].attrs.get("id", "")) if marks else "")
    if marks and not own:
        heading.children.remove(marks[0])
    base = wanted if _ID.match(wanted) else slug(wanted or text_of(heading)) or "section"
    chosen = base
    while chosen in context.ids:
        context.repeated[base] += 1
        chosen = f"{base}-{context.repeated[base]}"
    context.ids.add(chosen)
    heading.attrs = {"id": quoted(chosen)} | heading.attrs


def _judge(element: Element, context: Context) -> None:
    wanted = unescape(element.attrs["id"])
    chosen = wanted if _ID.match(wanted) else slug(wanted)
    if not chosen or chosen in context.ids:
        del element.attrs["id"]
        return
    context.ids.add(chosen)
    element.attrs["id"] = quoted(chosen)


def take_title(root: Element) -> Element | None:
    """The first heading of level 1 when nothing but anchors stands before it, taken out of the text.

    Its anchors stay behind, so that a link to the title still leads to the top. Where a text has several such headings,
    or markup inside this one, it stays in place too, hidden: the stored HTML keeps the shape and sentences of its source.
    """
    place = _place_of_title(root)
    if place is None:
        return None
    parent, index = place
    title = parent.children[index]
    assert isinstance(title, Element)
    stays: list[Node] = [Element("span", {"class": "anchor", "id": title.attrs.pop("id")})]
    stays += [child for child in title.children if isinstance(child, Element) and child.attrs.get("class") == "anchor"]
    title.children = [child for child in title.children if child not in stays]
    inside = any(isinstance(child, Element) for child in title.children)
    if inside or any(other.tag == "h1" for other in elements(root) if other is not title):
        stays.append(Element("h1", {"hidden": ""}, list(title.children)))
    parent.children[index : index + 1] = stays
    return title


def _place_of_title(parent: Element) -> tuple[Element, int] | None:
    for index, child in enumerate(parent.children):
        if is_blank(child) or isinstance(child, Comment):
            continue
        if not isinstance(child, Element):
            return None
        if child.tag == "h1":
            return parent, index
        if child.tag in ("div", "section"):
            return _place_of_title(child)
        if child.attrs.get("class") != "anchor":
            return None
    return None
