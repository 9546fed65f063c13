"""One line of the source, read by columns: a tab reaches to the next multiple of four (CommonMark section 2.2)."""

from __future__ import annotations

import re

_TAB = 4
# Matches anywhere, if only nothing, so that `match` never answers None.
_blanks = re.compile(r"[ \t]*").match


class Line:
    """A cursor over one line.

    `number` counts from 1. `start` is the index of the next character that is no blank, `indent` the columns up
    to it, `blank` whether there is none; all three are right after every move.
    """

    __slots__ = ("_column", "_offset", "_split_tab", "_tabs", "blank", "indent", "number", "start", "text")

    def __init__(self, text: str, number: int) -> None:
        self.text = text
        self.number = number
        self._offset = self._column = 0
        self._tabs = "\t" in text
        self._split_tab = False
        self._locate()

    def _locate(self) -> None:
        self.start = _blanks(self.text, self._offset).end()
        self.blank = self.start == len(self.text)
        self.indent = self._columns_to(self.start) if self._tabs else self.start - self._offset

    def _columns_to(self, index: int) -> int:
        column = self._column
        for char in self.text[self._offset : index]:
            column += _TAB - column % _TAB if char == "\t" else 1
        return column - self._column

    def move_to(self, index: int) -> None:
        """Read up to a character."""
        self._column += self._columns_to(index) if self._tabs else index - self._offset
        self._offset = index
        self._split_tab = False
        self._locate()

    def skip(self, columns: int) -> None:
        """Read blanks, up to so many columns wide; the rest of a tab stays as spaces."""
        columns = min(columns, self.indent)
        if self._tabs:
            self._skip_tabs(columns)
        else:
            self._offset += columns
            self._column += columns
        self._locate()

    def _skip_tabs(self, columns: int) -> None:
        while columns:
            width = _TAB - self._column % _TAB if self.text[self._offset] == "\t" else 1
            self._split_tab = width > columns
            step = min(width, columns)
            self._column += step
            columns -= step
            if not self._split_tab:
                self._offset += 1

    @property
    def rest(self) -> str:
        """What has not been read, blanks included."""
        if not self._split_tab:
            return self.text[self._offset :]
        return " " * (_TAB - self._column % _TAB) + self.text[self._offset + 1 :]

    @property
    def content(self) -> str:
        """What has not been read, without leading blanks."""
        return self.text[self.start :]
