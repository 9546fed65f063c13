"""Numbered lists that a table, picture, note or code block breaks in two: the steps after it go on counting."""

from __future__ import annotations

from portal.markup.dialects.tree import Element, Node, is_blank, quoted, solid

BREAKS = frozenset({"table-scroll", "code", "alert"})
PICTURES = frozenset({"picture", "missing", "missing-text", "stand-in", "external"})


def go_on_counting(parent: Element) -> None:
    """Give a list that starts at 1 behind such a break the number it would have had without it.

    Writers number every step `1.` and leave the counting to the page. A list with a number of its own keeps it, and
    so does one behind a heading or a sentence: that is a new list.
    """
    following = 0
    for child in parent.children:
        if is_blank(child):
            continue
        if isinstance(child, Element) and child.tag == "ol":
            if following and "start" not in child.attrs and "type" not in child.attrs:
                child.attrs["start"] = quoted(str(following))
            following = _start(child) + sum(isinstance(item, Element) and item.tag == "li" for item in child.children)
        elif not _is_break(child):
            following = 0


def _start(numbered: Element) -> int:
    written = numbered.attrs.get("start", "1")
    return int(written) if written.isdecimal() and len(written) < 7 else 1


def _is_break(node: Node) -> bool:
    if not isinstance(node, Element):
        return False
    if node.tag in ("div", "figure"):
        return bool(BREAKS.intersection(node.attrs.get("class", "").split()))
    return node.tag == "p" and all(_is_picture(child) for child in solid(node))


def _is_picture(node: Node) -> bool:
    if not isinstance(node, Element):
        return False
    return node.tag == "img" or bool(PICTURES.intersection(node.attrs.get("class", "").split()))
