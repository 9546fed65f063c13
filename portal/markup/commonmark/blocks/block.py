"""What every open block can be asked: does this line continue you, take it, finish."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

if TYPE_CHECKING:
    from .document import Document
    from .line import Line


class Reply(Enum):
    """How an open block takes a new line: not at all, with what is left of it, or as its own last line."""

    NO = auto()
    YES = auto()
    LAST = auto()


NO, YES, LAST = Reply


class Block:
    """An open block. A container has an element that its children are added to as they are finished.

    `blank`: its own last line was blank. `blank_after_child`: its last finished child was followed by a blank
    line; together they tell loose lists from tight ones.
    """

    __slots__ = ("blank", "blank_after_child", "element", "filled", "line")

    is_container = False
    is_verbatim = False
    """Takes its lines as they stand: no block starts inside."""
    takes_lines = False
    minds_blanks = False
    """A blank line at its end counts when its list is found loose or tight."""
    carries_blank = False
    """A blank line after the last child counts as one after the block itself (lists and items)."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.blank = self.blank_after_child = self.filled = False
        self.element: Element | None = None

    def continues(self, line: Line) -> Reply:
        """Whether the line belongs to the block; reads the block's own prefix off the line."""
        return NO

    def add(self, line: Line) -> None:
        """Take what is left of a line (blocks with `takes_lines`)."""

    def finish(self, document: Document) -> Element | None:
        """The finished element; None for a block that leaves nothing behind."""
        return self.element
