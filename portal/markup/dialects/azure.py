"""Azure's own elements: what the Azure portal would run or show at that place, said in a quiet note."""

from __future__ import annotations

from portal.markup.dialects.context import Context
from portal.markup.dialects.tree import Element, Node, added, text_of

LABELS = {"insight": "check", "metric": "metric", "azurekb": "web-results"}
CLASSES = {"insight": "check", "metric": "metric", "azurekb": "web-results"}


def dress(element: Element, parent: Element, context: Context) -> list[Node]:
    """A note in place of a check, a chart or search results; what steers them stays in the text, unseen."""
    tag = "span" if parent.tag == "p" else "p"
    shown: list[Node] = [added(tag, "check-label", context.label(LABELS[element.tag])), "\n"]
    shown += _unseen(element, tag, context)
    return [Element("span" if parent.tag == "p" else "div", {"class": CLASSES[element.tag]}, shown)]


def _unseen(element: Element, tag: str, context: Context) -> list[Node]:
    nodes: list[Node] = []
    for child in element.children:
        if isinstance(child, Element) and child.tag == "noresulttext" and text_of(child).strip():
            lead = added("span", "hint", context.label("check-nothing"))
            nodes.append(Element(tag, {}, [lead, " ", *child.children]))
        elif (isinstance(child, str) and not child.strip()) or (
            isinstance(child, Element) and child.tag in ("p", "ul", "ol", "h2", "h3", "div")
        ):
            nodes.append(child)
        else:
            nodes.append(Element("span", {"hidden": ""}, [child]))
    return nodes


def unwrap(element: Element, parent: Element, context: Context) -> list[Node]:
    return list(element.children)


def dress_button(element: Element, parent: Element, context: Context) -> list[Node]:
    """The words of a button; nothing on an article's page can be pressed."""
    return _strings(element)


def _strings(element: Element) -> list[Node]:
    out: list[Node] = []
    for child in element.children:
        if isinstance(child, str):
            out.append(child)
        elif isinstance(child, Element):
            out += _strings(child)
    return out


def dress_input(element: Element, parent: Element, context: Context) -> list[Node]:
    """The box of a task list as a sign; other fields have no place in an article."""
    if element.attrs.get("type") != "checkbox":
        return []
    return [added("span", "task", "☑" if "checked" in element.attrs else "☐")]
