"""The inline phase (CommonMark appendix A, phase 2), in the place of Python-Markdown's `inline` treeprocessor."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

from ..blocks.references import References
from ..marks import Mark, has_marks, taken_out
from .autolinks import scan_pointed, scan_scheme, scan_www
from .building import Builder
from .delimiters import match_runs, scan_delimiters
from .links import scan_bang, scan_close, scan_open
from .pieces import Piece
from .scan import Scan, Scanner
from .simple import scan_code, scan_entity, scan_escape, scan_line_end, scan_raw_html
from .tight import unwrap_paragraphs
from .units import with_units

_SPACE = " \t\n\v\f\r"
# Letters and colons are common: the pattern looks at them only where an address may start.
_AHEAD = {"w": "w(?=ww\\.)", ":": ":(?=//)"}


class InlineParser(Treeprocessor):
    """Parses every text that the block phase held back, into the element that waits for it."""

    def __init__(self, md) -> None:
        super().__init__(md)
        self._scanners: dict[str, list[Scanner]] = {}
        self._special = re.compile("")
        self._register_core()

    def _register_core(self) -> None:
        self.add_scanner("*_~", scan_delimiters)
        self.add_scanner("`", scan_code)
        self.add_scanner("[", scan_open)
        self.add_scanner("]", scan_close)
        self.add_scanner("!", scan_bang)
        self.add_scanner("<", scan_pointed)
        self.add_scanner("<", scan_raw_html)
        self.add_scanner("&", scan_entity)
        self.add_scanner("\\", scan_escape)
        self.add_scanner("\n", scan_line_end)
        self.add_scanner("w", scan_www)
        self.add_scanner(":", scan_scheme)

    def add_scanner(self, characters: str, scanner: Scanner, *, first: bool = False) -> None:
        """Ask `scanner` wherever inline text has one of `characters`."""
        for character in characters:
            scanners = self._scanners.setdefault(character, [])
            scanners.insert(0 if first else len(scanners), scanner)
        self._special = re.compile("|".join(map(self._pattern_of, self._scanners)))

    def _pattern_of(self, character: str) -> str:
        """Branches all start with a literal: the regex engine then skips plain text by a table of characters."""
        only_core = len(self._scanners[character]) == 1
        return _AHEAD[character] if only_core and character in _AHEAD else re.escape(character)

    def run(self, root: Element) -> None:
        document = self.md.parser.document
        unit = None
        for element, text, _ in document.holders:
            unit = self.parse_into(element, text, document.references, unit)
        for item in document.tight_items:
            unwrap_paragraphs(item)

    def parse_into(self, element: Element, text: str, references: References, unit: str | None = None) -> str | None:
        """Parse one text and fill the element with what it says.

        `unit` is the sentence unit that an earlier text left open; handed back is the one that this text leaves open.
        """
        marked = unit or has_marks(text)
        if not marked and not self._special.search(text) and "@" not in text:
            element.text = text
            return None
        marks: list[Mark] = []
        if marked:
            text, marks, unit = taken_out(text, unit)
        pieces = self._pieces(Scan(text, references, marks))
        Builder(element).build(with_units(pieces) if marked else pieces)
        return unit

    def _pieces(self, scan: Scan) -> list[Piece]:
        text = scan.text
        search = self._special.search
        at = 0
        while found := search(text, at):
            start = found.start()
            scan.add_text(at, _end_of_run(text, at, start))
            at = self._read(scan, start)
        scan.add_text(at, len(text))
        match_runs(scan.runs, 0)
        return scan.pieces

    def _read(self, scan: Scan, at: int) -> int:
        character = scan.text[at]
        for scanner in self._scanners[character]:
            end = scanner(scan, at)
            if end is not None:
                return end
        scan.pieces.append(character)
        return at + 1


def _end_of_run(text: str, start: int, end: int) -> int:
    """Blanks before a line end are not text."""
    if text[end] != "\n":
        return end
    return start + len(text[start:end].rstrip(_SPACE))
