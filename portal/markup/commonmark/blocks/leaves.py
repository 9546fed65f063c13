"""Leaf blocks: thematic breaks, headings, code, paragraphs (CommonMark section 4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from ..escapes import unescaped
from ..marks import without_marks
from .block import LAST, NO, YES, Block, Reply

if TYPE_CHECKING:
    from .document import Document
    from .line import Line
    from .parser import BlockParser

_CODE_INDENT = 4
_BREAK = re.compile(r"(?:(?:\*[ \t]*+){3,}|(?:-[ \t]*+){3,}|(?:_[ \t]*+){3,})$")
_ATX = re.compile(r"(#{1,6})(?=[ \t]|$)")
_SETEXT = re.compile(r"(?:=+|-+)[ \t]*$")
_SPACE = " \t\n\v\f\r"
# Matches anywhere, if only nothing, so that `match` never answers None.
_WORD = re.compile(rf"[^{_SPACE}]*")
_FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")


class Paragraph(Block):
    """Lines that are nothing else. Its front may turn out to be link reference definitions."""

    __slots__ = ("lines", "table_refused")
    takes_lines = True

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.lines: list[str] = []
        self.table_refused = False

    def continues(self, line: Line) -> Reply:
        return NO if line.blank else YES

    def add(self, line: Line) -> None:
        self.lines.append(line.content)

    def take_text(self, document: Document) -> str:
        """The text without definitions at its front, which are recorded; leaves the paragraph with that text."""
        text = "\n".join(self.lines).rstrip(_SPACE)
        if text.startswith("["):
            text = document.references.take_from(text)
        self.lines = [text] if text else []
        return text

    def finish(self, document: Document) -> Element | None:
        text = self.take_text(document)
        return document.hold(Element("p"), text, self.line) if text else None


class Heading(Block):
    """One line (or a paragraph underlined): complete as it starts."""

    __slots__ = ("level", "text")

    def __init__(self, line: int, level: int, text: str) -> None:
        super().__init__(line)
        self.level = level
        self.text = text

    def finish(self, document: Document) -> Element:
        return document.hold(Element(f"h{self.level}"), self.text, self.line)


class ThematicBreak(Block):
    def finish(self, document: Document) -> Element:
        return Element("hr")


class IndentedCode(Block):
    """Lines indented by four columns; blank lines at its end are not part of it."""

    __slots__ = ("lines",)
    is_verbatim = takes_lines = minds_blanks = True

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.lines: list[str] = []

    def continues(self, line: Line) -> Reply:
        if line.indent < _CODE_INDENT and not line.blank:
            return NO
        line.skip(_CODE_INDENT)
        return YES

    def add(self, line: Line) -> None:
        self.lines.append(line.rest)

    def finish(self, document: Document) -> Element:
        while not self.lines[-1].strip(" \t"):
            self.lines.pop()
        return _code_element(self.lines, "")


class FencedCode(Block):
    """Lines between fences, or to the end of the container; its indentation is taken off every line."""

    __slots__ = ("_closing", "_indent", "_language", "lines")
    is_verbatim = takes_lines = True

    def __init__(self, line: Line, fence: str, info: str) -> None:
        super().__init__(line.number)
        self._closing = re.compile(rf"{fence[0]}{{{len(fence)},}}[ \t]*$")
        self._indent = line.indent
        self._language = _WORD.match(unescaped(info.strip(_SPACE)))[0]
        self.lines: list[str] = []
        line.move_to(len(line.text))

    def continues(self, line: Line) -> Reply:
        if line.indent < _CODE_INDENT and self._closing.match(line.text, line.start):
            return LAST
        line.skip(self._indent)
        return YES

    def add(self, line: Line) -> None:
        if line.number > self.line:
            self.lines.append(line.rest)

    def finish(self, document: Document) -> Element:
        return _code_element(self.lines, self._language)


def _code_element(lines: list[str], language: str) -> Element:
    block = Element("pre")
    code = SubElement(block, "code")
    if language:
        code.set("class", f"language-{language}")
    code.text = without_marks("".join(f"{line}\n" for line in lines))
    return block


def start_break(parser: BlockParser, line: Line, container: Block) -> Block | None:
    return ThematicBreak(line.number) if _BREAK.match(line.text, line.start) else None


def start_heading(parser: BlockParser, line: Line, container: Block) -> Block | None:
    marker = _ATX.match(line.text, line.start)
    if not marker:
        return None
    text = line.text[marker.end() :].strip(" \t")
    bare = text.rstrip("#")
    if bare != text and (not bare or bare[-1] in " \t"):
        text = bare.rstrip(" \t")
    return Heading(line.number, len(marker[1]), text)


def start_underlined_heading(parser: BlockParser, line: Line, container: Block) -> Block | None:
    """Under a paragraph of nothing but definitions the line is text."""
    if type(container) is not Paragraph or not _SETEXT.match(line.text, line.start):
        return None
    text = container.take_text(parser.document)
    if not text:
        return container
    container.lines = []
    return Heading(container.line, 1 if line.text[line.start] == "=" else 2, text)


def start_fence(parser: BlockParser, line: Line, container: Block) -> Block | None:
    fence = _FENCE.match(line.text, line.start)
    return FencedCode(line, fence[1] or fence[3], fence[2] or fence[4] or "") if fence else None
