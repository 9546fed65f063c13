"""HTML blocks: seven ways to start, each with its own end (CommonMark section 4.6)."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import Element

from ..marks import without_marks
from ..raw_tags import CLOSING_TAG, OPEN_TAG
from ..serializing import raw_html
from ..tags import BLOCK_TAGS, with_placeholders_as_text
from .block import NO, YES, Block, Reply
from .leaves import Paragraph

if TYPE_CHECKING:
    from .document import Document
    from .line import Line
    from .parser import BlockParser


class Kind(NamedTuple):
    """How a kind of HTML block starts, what ends it (None: a blank line), and whether it may end a paragraph."""

    start: re.Pattern[str]
    end: re.Pattern[str] | None = None
    interrupts: bool = True


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


KINDS = (
    Kind(_pattern(r"<(?:script|pre|textarea|style)(?:[ \t\v\f>]|$)"), _pattern(r"</(?:script|pre|textarea|style)>")),
    Kind(_pattern(r"<!--"), _pattern(r"-->")),
    Kind(_pattern(r"<\?"), _pattern(r"\?>")),
    Kind(re.compile(r"<![A-Z]"), _pattern(r">")),
    Kind(_pattern(r"<!\[CDATA\["), _pattern(r"\]\]>")),
    Kind(_pattern(rf"</?(?:{'|'.join(sorted(BLOCK_TAGS))})(?:[ \t\v\f]|/?>|$)")),
    Kind(_pattern(rf"(?:{OPEN_TAG}|{CLOSING_TAG})[ \t\v\f]*$"), interrupts=False),
)


class HtmlBlock(Block):
    """Lines of HTML, which stay as they are but for placeholders."""

    __slots__ = ("_end", "_ended", "lines")
    is_verbatim = takes_lines = minds_blanks = True

    def __init__(self, line: int, end: re.Pattern[str] | None) -> None:
        super().__init__(line)
        self._end = end
        self._ended = False
        self.lines: list[str] = []

    def continues(self, line: Line) -> Reply:
        if self._ended or (self._end is None and line.blank):
            return NO
        return YES

    def add(self, line: Line) -> None:
        self.lines.append(line.rest)
        if self._end and self._end.search(line.text, line.start):
            self._ended = True

    def finish(self, document: Document) -> Element:
        source = without_marks("\n".join(self.lines).rstrip("\n"))
        html = with_placeholders_as_text(source)
        if "<" in html:
            return raw_html(html + "\n")
        # Nothing but placeholders: these lines are text, so they stand in a paragraph.
        text = Element("p")
        text.text = unescape(source)
        return text


def start_html(parser: BlockParser, line: Line, container: Block) -> Block | None:
    in_paragraph = type(container) is Paragraph
    for kind in KINDS:
        if kind.start.match(line.text, line.start) and (kind.interrupts or not in_paragraph):
            return HtmlBlock(line.number, kind.end)
    return None
