"""A light tree over disarmed HTML: what every construct reads and changes, cheap to build and to write out again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape

_MARKUP = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_ATTRIBUTE = re.compile(r'([^\s="<>/]+)="([^"]*)"')
QUOTE = '"'
VOID = frozenset({"br", "col", "hr", "img", "input", "source", "wbr"})
DEEPEST = 150  # levels kept; what is nested deeper keeps its text and loses its tags
BLOCK_NAMES = """address article aside blockquote caption center colgroup dd details div dl dt figcaption figure footer h1 h2 h3 h4
    h5 h6 header hr insight azurekb metric li ol p pre section table tbody td tfoot th thead tr ul video videogroup"""
BLOCK = frozenset(BLOCK_NAMES.split())


class Comment:
    """An HTML comment of the source; never shown, read by the constructs that are written as comments."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class Element:
    """One element. Strings among the children, and attribute values, are HTML: escaped as the sanitizer wrote them."""

    __slots__ = ("attrs", "children", "tag")

    def __init__(self, tag: str, attrs: dict[str, str] | None = None, children: list[Node] | None = None) -> None:
        self.tag = tag
        self.attrs = {} if attrs is None else attrs
        self.children: list[Node] = [] if children is None else children


Node = Element | Comment | str


def parse(html: str) -> Element:
    """The tree of canonical HTML (`sanitizing.disarm`), under a nameless root."""
    root = Element("")
    open_elements, current, flattened = [root], root.children, 0
    for index, part in enumerate(_MARKUP.split(html)):
        if not index & 1:
            if part:
                current.append(part)
            continue
        if part[1] == "/":
            if flattened:
                flattened -= 1
            elif len(open_elements) > 1:
                open_elements.pop()
                current = open_elements[-1].children
        elif part[1] == "!":
            current.append(Comment(part[4:-3]))
        else:
            element = _start(part)
            if element.tag in VOID:
                current.append(element)
            elif flattened or len(open_elements) > DEEPEST:
                flattened += 1
            else:
                current.append(element)
                open_elements.append(element)
                current = element.children
    return root


def _start(part: str) -> Element:
    if " " not in part:
        return Element(part[1:-1])
    name, _, rest = part[1:-1].partition(" ")
    return Element(name, dict(_ATTRIBUTE.findall(rest)))


def write(node: Element) -> str:
    """The HTML of a tree; comments are left out."""
    out: list[str] = []
    _write(node, out.append)
    return "".join(out)


def _write(node: Element, put: Callable[[str], None]) -> None:
    tag = node.tag
    if tag:
        put(f"<{tag}>" if not node.attrs else _start_tag(tag, node.attrs))
    for child in node.children:
        if child.__class__ is str:
            put(child)
        elif child.__class__ is Element:
            _write(child, put)
    if tag and tag not in VOID:
        put(f"</{tag}>")


def _start_tag(tag: str, attrs: dict[str, str]) -> str:
    return f"<{tag} {' '.join([f'{name}={QUOTE}{value}{QUOTE}' for name, value in attrs.items()])}>"


def write_children(node: Element) -> str:
    return write(Element("", children=node.children))


def text_of(node: Node, *, added: bool = False) -> str:
    """The words of a node as plain text; what the portal added, and what is hidden, only when `added`."""
    out: list[str] = []
    _gather(node, out.append, added=added)
    return unescape("".join(out))


def _gather(node: Node, put: Callable[[str], None], *, added: bool) -> None:
    if node.__class__ is str:
        put(node)
    elif node.__class__ is Element:
        if not added and ("data-added" in node.attrs or "hidden" in node.attrs):
            return
        if node.tag == "br" or node.tag in BLOCK:
            put("\n")
        for child in node.children:
            _gather(child, put, added=added)
        if node.tag in BLOCK:
            put("\n")


def is_blank(node: Node) -> bool:
    """Whether nothing would be seen of it: white space or a comment."""
    return node.__class__ is Comment or (node.__class__ is str and not node.strip())


def solid(node: Element) -> list[Node]:
    """The children that would be seen."""
    return [child for child in node.children if not is_blank(child)]


def elements(node: Element) -> Iterator[Element]:
    """Every element below, in the order of the text."""
    for child in node.children:
        if child.__class__ is Element:
            yield child
            yield from elements(child)


def quoted(text: str) -> str:
    """Plain text as an attribute value or as text."""
    return escape(text, quote=True)


def added(tag: str, css: str, text: str, **attrs: str) -> Element:
    """An element holding words of the portal, marked so that nobody takes them for the author's."""
    marks = {"class": css} if css else {}
    return Element(
        tag, marks | {"data-added": ""} | {name: quoted(value) for name, value in attrs.items()}, [quoted(text)]
    )
