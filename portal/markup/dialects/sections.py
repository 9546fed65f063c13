"""Parts that a text divides itself into: the tabs of the learn dialect and the `:::Section name:::` lines of apollo."""

from __future__ import annotations

import re

from portal.markup.dialects.tree import Element, Node, is_blank, quoted, solid, text_of

_TAB = re.compile(r"^#tab/([\w./+-]{1,120})$")
_SECTION = re.compile(r"^\s*(:::\s*section\s+)(.*?)(\s*:::)\s*$", re.IGNORECASE | re.DOTALL)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def tabs(parent: Element) -> None:
    """Every tab's content as a section with its name, one below the other; the rule that ends them goes."""
    if not any(_tab_name(child) for child in parent.children):
        return
    out: list[Node] = []
    group: Element | None = None
    level = 2
    for child in parent.children:
        name = _tab_name(child)
        if name:
            if group is None:
                group = Element("div", {"class": "tabs"})
                out.append(group)
            group.children += ["\n", _tab(child, name, min(level + 1, 6))]
        elif group is None:
            out.append(child)
            level = int(child.tag[1]) if isinstance(child, Element) and child.tag in HEADINGS else level
        elif isinstance(child, Element) and child.tag == "hr":
            group = None
        else:
            group.children[-1].children.append(child)
    parent.children = out


def _tab_name(node: Node) -> str | None:
    if not (isinstance(node, Element) and node.tag in HEADINGS):
        return None
    inside = [child for child in node.children if not is_blank(child)]
    link = inside[0] if len(inside) == 1 else None
    if not (isinstance(link, Element) and link.tag == "a"):
        return None
    match = _TAB.match(link.attrs.get("href", ""))
    return match[1] if match else None


def _tab(heading: Element, name: str, level: int) -> Element:
    title = Element(f"h{level}", {"class": "tab-name"}, solid(heading)[0].children)
    return Element("section", {"class": "tab", "data-tab": quoted(name)}, [title])


def section_title(element: Element) -> None:
    """`:::Section name:::` shows its name; the signs around it stay in the text, unseen."""
    match = _SECTION.match(text_of(element)) if len(element.children) == 1 else None
    if not match:
        return
    before, name, after = (quoted(part) for part in match.groups())
    element.attrs["class"] = "section-title"
    element.children = [Element("span", {"hidden": ""}, [before]), name, Element("span", {"hidden": ""}, [after])]
