"""From the element tree to HTML: text escaped, raw HTML verbatim, a newline after everything that is a block."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from .tags import BLOCK_TAGS, VOID_TAGS

_LINE_AFTER = frozenset([*BLOCK_TAGS, "pre", "figure", "video", "audio"])
_LINE_INSIDE = frozenset(["blockquote", "ol", "ul", "table", "thead", "tbody", "tr"])


def raw_html(html: str) -> Element:
    """A node that is written as it stands. Its tag is this function, as ElementTree does with comments."""
    node = Element(raw_html)
    node.text = html
    return node


def is_raw_html(element: Element) -> bool:
    return element.tag is raw_html


def serialize(root: Element) -> str:
    """The tree as HTML. Keeps its own stack, so that no nesting is too deep for it."""
    out: list[str] = []
    write = out.append
    stack: list[Element | str] = [root]
    while stack:
        node = stack.pop()
        if type(node) is str:
            write(node)
            continue
        tail = node.tail
        if tail:
            stack.append(escape(tail))
        if node.tag is raw_html:
            write(node.text or "")
            continue
        if not isinstance(node.tag, str):
            continue
        _write_start(node, write)
        tag = node.tag
        if tag in VOID_TAGS:
            write("\n" if tag == "hr" else "")
            continue
        stack.append(f"</{tag}>\n" if tag in _LINE_AFTER else f"</{tag}>")
        if len(node):
            stack.extend(node[::-1])
        if node.text:
            write(escape(node.text))
    return "".join(out)


def _write_start(node: Element, write) -> None:
    tag = node.tag
    end = " />" if tag in VOID_TAGS else ">\n" if tag in _LINE_INSIDE else ">"
    attributes = node.items()
    if not attributes:
        write(f"<{tag}{end}")
        return
    pairs = "".join(f' {name}="{escape_attribute(value)}"' for name, value in attributes)
    write(f"<{tag}{pairs}{end}")


def escape(text: str) -> str:
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


def escape_attribute(text: str) -> str:
    return escape(text).replace('"', "&quot;")
