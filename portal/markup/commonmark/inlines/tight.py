"""Tight lists: the paragraphs of their items become the items' own text (CommonMark section 5.3)."""

from __future__ import annotations

from xml.etree.ElementTree import Element


def unwrap_paragraphs(item: Element) -> None:
    """Put the content of an item's paragraphs where the paragraphs stand, each on lines of its own."""
    children = list(item)
    if not any(child.tag == "p" for child in children):
        return
    del item[:]
    last = children[-1]
    for child in children:
        if child.tag != "p":
            item.append(child)
            continue
        if len(item) and item[-1].tag != "input":
            _append_text(item, "\n")
        _append_text(item, child.text or "")
        item.extend(child)
        if child is not last:
            _append_text(item, "\n")


def _append_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
