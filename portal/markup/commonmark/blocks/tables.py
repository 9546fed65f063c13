"""Pipe tables (GitHub's extension): a header row, a row of dashes, rows until a blank line or another block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from .block import NO, YES, Block, Reply
from .leaves import Paragraph

if TYPE_CHECKING:
    from .document import Document
    from .line import Line
    from .parser import BlockParser

_MARKER = r"[ \t\v\f]*+:?-++:?[ \t\v\f]*+"
_DELIMITER_ROW = re.compile(rf"\|?{_MARKER}(?:\|{_MARKER})*+\|?[ \t\v\f]*$")
# Matches anywhere, if only nothing, so that `match` never answers None.
_CELL = re.compile(r"(?>[^|\\]+|\\\|?)*+")
_BAR = re.compile(r"\|[ \t\v\f]*")
# Short rows are filled up to the header's width; a few bytes must not become gigabytes of empty cells.
_MAX_FILLED_CELLS = 100_000
_CODE_INDENT = 4


class Table(Block):
    """A table with its header; takes rows as lines."""

    __slots__ = ("_alignments", "_filled_cells", "_header", "_rows")
    takes_lines = True

    def __init__(self, line: int, header: list[str], alignments: list[str]) -> None:
        super().__init__(line)
        self._header = header
        self._alignments = alignments
        self._filled_cells = 0
        self._rows: list[tuple[int, list[str]]] = []

    def continues(self, line: Line) -> Reply:
        if self._filled_cells > _MAX_FILLED_CELLS or not line.content.strip(" \t\v\f").removeprefix("|"):
            return NO
        return YES

    def add(self, line: Line) -> None:
        if line.number <= self.line + 1:
            return
        cells = split_row(line.content)[: len(self._header)]
        self._filled_cells += len(self._header) - len(cells)
        self._rows.append((line.number, cells))

    def finish(self, document: Document) -> Element:
        table = Element("table")
        self._add_row(document, SubElement(table, "thead"), "th", self.line, self._header)
        if self._rows:
            body = SubElement(table, "tbody")
            for line, cells in self._rows:
                self._add_row(document, body, "td", line, cells + [""] * (len(self._header) - len(cells)))
        return table

    def _add_row(self, document: Document, part: Element, tag: str, line: int, cells: list[str]) -> None:
        row = SubElement(part, "tr")
        document.lines[row] = line
        for text, alignment in zip(cells, self._alignments, strict=True):
            cell = SubElement(row, tag, {"align": alignment} if alignment else {})
            if text:
                document.hold(cell, text, line)


def split_row(text: str) -> list[str]:
    """The cells of a row. A pipe after a backslash belongs to its cell, without the backslash."""
    bar = _BAR.match(text)
    at = bar.end() if bar else 0
    cells = []
    while at < len(text):
        cell = _CELL.match(text, at)
        bar = _BAR.match(text, cell.end())
        cells.append(cell[0].replace("\\|", "|").strip(" \t\n\v\f\r"))
        if not bar:
            break
        at = bar.end()
    return cells


def start_table(parser: BlockParser, line: Line, container: Block) -> Block | None:
    """A row of dashes under the last line of a paragraph makes that line the header."""
    if type(container) is not Paragraph or container.table_refused or not container.lines:
        return None
    if not _DELIMITER_ROW.match(line.text, line.start):
        return None
    markers = split_row(line.content)
    header = split_row(container.lines[-1])
    if len(header) != len(markers):
        container.table_refused = True
        return None
    container.lines.pop()
    return Table(line.number - 1, header, [_alignment(marker) for marker in markers])


def _alignment(marker: str) -> str:
    left, right = marker.startswith(":"), marker.endswith(":")
    return "center" if left and right else "left" if left else "right" if right else ""
