"""The state of one inline text while it is read from left to right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..marks import Mark
from .pieces import Bracket, Piece, Run

if TYPE_CHECKING:
    from ..blocks.references import References

Scanner = Callable[["Scan", int], int | None]
"""Called at its character: reads a construct, appends its pieces, hands back where it ends; None where it is text."""


class Scan:
    """One text: `pieces` read so far, delimiter `runs` and `brackets` that may still pair up."""

    __slots__ = ("backticks", "brackets", "hopeless", "marks", "pieces", "references", "runs", "text")

    def __init__(self, text: str, references: References, marks: list[Mark]) -> None:
        self.text = text
        self.references = references
        self.marks = marks
        self.pieces: list[Piece] = []
        self.runs: list[Run] = []
        self.brackets: list[Bracket] = []
        self.backticks: dict[int, list[int]] | None = None
        self.hopeless: set[str] = set()
        """What was searched for and is not in the rest of the text; a second search would cost as much as the first."""

    def add_text(self, start: int, end: int) -> None:
        """Add a stretch of the source as text, with the sentence marks that stand in it or before it."""
        marks, pieces, text = self.marks, self.pieces, self.text
        while marks and marks[-1].at <= end:
            mark = marks.pop()
            if mark.at > start:
                pieces.append(text[start : mark.at])
                start = mark.at
            pieces.append(mark)
        if end > start:
            pieces.append(text[start:end])

    def drop_text(self, count: int) -> None:
        """Take back the last characters of text, which a construct found behind them claims."""
        pieces = self.pieces
        while count:
            last = pieces.pop()
            assert isinstance(last, str)
            if len(last) > count:
                pieces.append(last[:-count])
            count -= min(count, len(last))
