"""The block phase (CommonMark appendix A, phase 1): line by line, close what ended, open what starts, add the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element, ElementTree

import markdown
from markdown.blockparser import BlockParser as PythonMarkdownBlockParser

from .block import LAST, NO, Block
from .containers import Item, List, Root, start_item, start_quote, start_task
from .document import Document
from .html_blocks import start_html
from .leaves import (
    IndentedCode,
    Paragraph,
    start_break,
    start_fence,
    start_heading,
    start_underlined_heading,
)
from .line import Line
from .references import References
from .tables import start_table

Starter = Callable[["BlockParser", Line, Block], Block | None]
"""Gets the parser, the line (read up to its first non-blank), and the innermost block that the line continues.

Hands back the block that starts here, having read its marker off the line; None when there is none; or that innermost
block itself to have the line taken as its text, whatever other starters say.
"""

# Deeper than any article, and shallow enough for every parser and stack that sees the page afterwards.
MAX_OPEN_BLOCKS = 100
_CODE_INDENT = 4


class BlockParser(PythonMarkdownBlockParser):
    """Python-Markdown's block parser, exchanged: `document` is what the last `parseDocument` found besides the tree."""

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        self.document = Document()
        self._open: list[Block] = []
        self._after_blank = False
        self._starters: dict[str, list[Starter]] = {}
        self._register_core()

    def _register_core(self) -> None:
        self.add_starter(">", start_quote)
        self.add_starter("#", start_heading)
        self.add_starter("`~", start_fence)
        self.add_starter("<", start_html)
        self.add_starter("=-", start_underlined_heading)
        self.add_starter("*-_", start_break)
        self.add_starter("-+*0123456789", start_item)
        self.add_starter("|:-", start_table)
        self.add_starter("[", start_task)

    def add_starter(self, characters: str, starter: Starter, *, first: bool = False) -> None:
        """Ask `starter` whether a block starts where a line's first non-blank is one of `characters`."""
        for character in characters:
            starters = self._starters.setdefault(character, [])
            starters.insert(0 if first else len(starters), starter)

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:
        lines = list(lines)
        self.document = Document(references=References(sum(map(len, lines))))
        root = Root(Element(self.md.doc_tag))
        self._open = [root]
        self._after_blank = False
        for number, text in enumerate(lines, 1):
            self._take(Line(text, number))
        self._close_to(1)
        return ElementTree(root.element)

    def _take(self, line: Line) -> None:
        depth = self._matched(line)
        if depth is None:
            return
        stack = self._open
        before = len(stack)
        opened = not stack[depth - 1].is_verbatim and self._open_blocks(line, depth)
        if opened:
            depth = len(stack)
        if line.blank and not stack[depth - 1].is_verbatim:
            self._take_blank(line, depth)
            return
        if not opened and depth < before and type(stack[-1]) is Paragraph:
            stack[-1].add(line)  # lazy continuation
        else:
            self._add_text(line, depth)
        self._note_blank(line)

    def _matched(self, line: Line) -> int | None:
        """How many open blocks the line continues; None when it was the last line of one."""
        depth = 1
        for block in self._open[1:]:
            reply = block.continues(line)
            if reply is NO:
                break
            if reply is LAST:
                self._close_to(depth)
                return None
            depth += 1
        return depth

    def _open_blocks(self, line: Line, depth: int) -> bool:
        stack = self._open
        lazy = type(stack[-1]) is Paragraph
        opened = False
        while not line.blank and len(stack) < MAX_OPEN_BLOCKS:
            container = stack[depth - 1]
            block = self._start(line, container, lazy=lazy)
            if block is None or block is container:
                break
            self._place(block, depth)
            opened, lazy, depth = True, False, len(stack)
            if not block.is_container:
                break
        return opened

    def _start(self, line: Line, container: Block, *, lazy: bool) -> Block | None:
        if line.indent >= _CODE_INDENT:
            if lazy:
                return None
            line.skip(_CODE_INDENT)
            return IndentedCode(line.number)
        for starter in self._starters.get(line.text[line.start], ()):
            block = starter(self, line, container)
            if block is not None:
                return block
        return None

    def _place(self, block: Block, depth: int) -> None:
        """Close what does not continue and what cannot hold the block, then open it."""
        stack = self._open
        if not stack[depth - 1].is_container:
            depth -= 1
        if type(stack[depth - 1]) is List and not (type(block) is Item and stack[depth - 1].kind == block.kind):
            depth -= 1
        self._close_to(depth)
        if type(block) is Item and type(stack[-1]) is not List:
            self._push(List(block.line, block))
        self._push(block)

    def _push(self, block: Block) -> None:
        self._open[-1].filled = True
        self._open.append(block)

    def _close_to(self, depth: int) -> None:
        stack = self._open
        while len(stack) > depth:
            block = stack.pop()
            parent = stack[-1]
            element = block.finish(self.document)
            if element is None:
                parent.filled = len(parent.element) > 0
                continue
            parent.element.append(element)
            self.document.lines[element] = block.line
            if parent.blank_after_child:
                self._loosen(parent)
            parent.blank_after_child = block.blank or (block.carries_blank and block.blank_after_child)

    def _loosen(self, parent: Block) -> None:
        """Two children with a blank line between them make their list loose."""
        if type(parent) is Item:
            self._open[-2].loose = True
        elif type(parent) is List:
            parent.loose = True

    def _take_blank(self, line: Line, depth: int) -> None:
        self._close_to(depth)
        block = self._open[-1]
        block.blank_after_child = block.blank_after_child or block.filled
        self._note_blank(line)

    def _note_blank(self, line: Line) -> None:
        """Only the innermost open block can have ended with a blank line; an item's marker line is none."""
        if self._after_blank:
            for block in self._open:
                block.blank = False
            self._after_blank = False
        tip = self._open[-1]
        if line.blank and tip.minds_blanks and (tip.filled or tip.line != line.number):
            tip.blank = self._after_blank = True

    def _add_text(self, line: Line, depth: int) -> None:
        stack = self._open
        self._close_to(depth)
        if stack[-1].takes_lines:
            stack[-1].add(line)
        elif stack[-1].is_container:
            self._place(Paragraph(line.number), len(stack))
            stack[-1].add(line)
