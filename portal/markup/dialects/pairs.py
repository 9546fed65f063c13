"""Translation and original side by side: two dressed trees walked in step, block by block."""

from __future__ import annotations

from portal.markup.dialects.tree import BLOCK, Element, Node, elements, is_blank, write

# Elements that hold blocks of their own; every other block is a leaf, shown as one pair.
HOLDERS = frozenset(
    [
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "dl",
        "dd",
        "dt",
        "div",
        "section",
        "blockquote",
        "article",
        "aside",
        "details",
        "figure",
    ]
)
Run = tuple[str, list[Node]]


def both(local: Element, original: Element) -> Element:
    """One tree with every leaf block twice; a block that is the same on both sides, or has no twin, stands once.

    Neither tree may be used afterwards. Ids are kept on the local side only, so that each stands once on the page.
    """
    for element in elements(original):
        element.attrs.pop("id", None)
    return Element("", {}, _children(local, original))


def _children(local: Element, original: Element) -> list[Node]:
    ours, theirs = _runs(local), _runs(original)
    if [name for name, _ in ours] == [name for name, _ in theirs]:
        out: list[Node] = []
        for (name, mine), (_, other) in zip(ours, theirs, strict=True):
            out += _together(name, mine, other)
        return out
    return _apart(local, original)


def _apart(local: Element, original: Element) -> list[Node]:
    """The shapes differ: all of one beside all of the other, inside the list or table where that is possible."""
    if local.tag in ("table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl"):
        return [*local.children, "\n", *_marked(original.children)]
    return [_pair(local.children, original.children)]


def _marked(nodes: list[Node]) -> list[Node]:
    for node in nodes:
        if isinstance(node, Element):
            node.attrs |= {"class": "pair-original", "lang": "en", "dir": "ltr"}
    return nodes


def _runs(parent: Element) -> list[Run]:
    """The children as blocks and runs of text between them; blanks between blocks go with what stands before."""
    runs: list[Run] = []
    for child in parent.children:
        name = child.tag if isinstance(child, Element) and (child.tag in BLOCK) else ""
        if name and isinstance(child, Element):
            runs.append((f"{name} {child.attrs.get('class', '')}".strip(), [child]))
        elif runs and (is_blank(child) or not runs[-1][0]):
            runs[-1][1].append(child)
        elif not is_blank(child):
            runs.append(("", [child]))
    return runs


def _together(name: str, mine: list[Node], other: list[Node]) -> list[Node]:
    first, second = mine[0], other[0]
    if not name or not (isinstance(first, Element) and isinstance(second, Element)):
        return _leaf(mine, other)
    if "data-added" in first.attrs:
        return mine
    if "hidden" in first.attrs:
        return [first, _original_title(second)]
    if first.tag not in HOLDERS:
        return _leaf(mine, other)
    first.children = _children(first, second)
    return mine


def _original_title(title: Element) -> Element:
    """The English title, seen beside the page's own; the local one is the page's heading."""
    return Element("p", {"class": "pair-title", "lang": "en", "dir": "ltr"}, title.children)


def _leaf(mine: list[Node], other: list[Node]) -> list[Node]:
    holder = Element("", {}, mine)
    if not _has_units(holder) and _words(mine) == _words(other):
        return mine
    return [_pair(mine, other), "\n"]


def _words(nodes: list[Node]) -> str:
    copies = [
        Element(node.tag, dict(node.attrs), node.children) if isinstance(node, Element) else node for node in nodes
    ]
    for node in copies:
        if isinstance(node, Element):
            node.attrs.pop("id", None)
    return write(Element("", {}, copies)).strip()


def _has_units(node: Element) -> bool:
    return any("data-unit" in element.attrs for element in elements(node))


def _pair(mine: list[Node], other: list[Node]) -> Element:
    left = Element("div", {"class": "pair-local"}, mine)
    right = Element("div", {"class": "pair-original", "lang": "en", "dir": "ltr"}, _without_headings(other))
    return Element("div", {"class": "pair"}, ["\n", left, "\n", right, "\n"])


def _without_headings(nodes: list[Node]) -> list[Node]:
    """The original's headings as paragraphs, so that the outline of the page has each heading once."""
    for node in nodes:
        for element in [node, *elements(node)] if isinstance(node, Element) else []:
            if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                element.tag, element.attrs = "p", {"class": "pair-heading"}
    return nodes
