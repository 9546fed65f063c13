"""Container blocks: the document, block quotes, lists and their items (CommonMark section 5)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from .block import NO, YES, Block, Reply
from .leaves import Paragraph
from .line import Line

if TYPE_CHECKING:
    from .document import Document
    from .parser import BlockParser

_MARKER = re.compile(r"(?:([-+*])|([0-9]{1,9})([.)]))(?=[ \t]|$)")
_TASK = re.compile(r"[ \t\v\f]*(?:[-+*]|[0-9]+.)[ \t\v\f]+\[([ xX])\](?=[ \t\v\f])")
_CODE_INDENT = 4


class Root(Block):
    """The whole document."""

    is_container = True

    def __init__(self, element: Element) -> None:
        super().__init__(1)
        self.element = element


class Quote(Block):
    """`> ` before every line."""

    is_container = True

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.element = Element("blockquote")

    def continues(self, line: Line) -> Reply:
        if line.indent >= _CODE_INDENT or line.blank or line.text[line.start] != ">":
            return NO
        _read_quote_mark(line)
        return YES


def _read_quote_mark(line: Line) -> None:
    line.move_to(line.start + 1)
    line.skip(1)


def start_quote(parser: BlockParser, line: Line, container: Block) -> Block | None:
    _read_quote_mark(line)
    return Quote(line.number)


class List(Block):
    """Items of one kind of marker; loose when a blank line stands between any two of its parts."""

    __slots__ = ("kind", "loose")
    is_container = True
    minds_blanks = carries_blank = True

    def __init__(self, line: int, item: Item) -> None:
        super().__init__(line)
        self.kind = item.kind
        self.loose = False
        self.element = Element("ul" if item.start is None else "ol")
        if item.start not in (None, 1):
            self.element.set("start", str(item.start))

    def continues(self, line: Line) -> Reply:
        return YES

    def finish(self, document: Document) -> Element:
        assert self.element is not None
        if not self.loose:
            document.tight_items.extend(self.element)
        return self.element


class Item(Block):
    """A list item. `width` is how far its content stands from the margin; `kind` the marker without its number."""

    __slots__ = ("kind", "start", "width")
    is_container = True
    minds_blanks = carries_blank = True

    def __init__(self, line: int, kind: str, start: int | None, width: int) -> None:
        super().__init__(line)
        self.kind = kind
        self.start = start
        self.width = width
        self.element = Element("li")

    def continues(self, line: Line) -> Reply:
        if line.indent >= self.width:
            line.skip(self.width)
            return YES
        if line.blank and self.filled:
            line.move_to(line.start)
            return YES
        return NO


def start_item(parser: BlockParser, line: Line, container: Block) -> Block | None:
    marker = _MARKER.match(line.text, line.start)
    if not marker:
        return None
    bullet, number, delimiter = marker.groups()
    if type(container) is Paragraph and not _may_interrupt(line, marker):
        return None
    margin = line.indent + len(marker[0])
    line.move_to(marker.end())
    padding = line.indent if not line.blank and line.indent <= _CODE_INDENT else 1
    line.skip(padding)
    start = None if bullet else int(number)
    return Item(line.number, bullet or delimiter, start, margin + padding)


def _may_interrupt(line: Line, marker: re.Match[str]) -> bool:
    """Only an item with content, and in a numbered list only number 1, ends a paragraph without a blank line."""
    return bool(line.text[marker.end() :].strip(" \t")) and (marker[2] is None or int(marker[2]) == 1)


def start_task(parser: BlockParser, line: Line, container: Block) -> Block | None:
    """`[ ]` and `[x]` at the front of an item are a box (GitHub's task lists); no block, so it starts none."""
    if type(container) is not Item or container.filled or container.line != line.number:
        return None
    task = _TASK.match(line.text)
    if not task or task.end() != line.start + 3:
        return None
    assert container.element is not None
    box = SubElement(container.element, "input", {"type": "checkbox", "disabled": ""})
    if task[1] != " ":
        box.set("checked", "")
    box.tail = " "
    line.move_to(task.end())
    return None
