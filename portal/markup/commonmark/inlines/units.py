"""Sentence units: from marks between the pieces to `<span data-unit>` that never cross an element."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..marks import Mark
from .pieces import END, End, Piece, Run, Start


def with_runs_resolved(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces with every delimiter run as the ends, text and starts that it came to."""
    for piece in pieces:
        if type(piece) is not Run:
            yield piece
            continue
        yield from [END] * piece.ends
        if piece.left:
            yield piece.char * piece.left
        yield from (Start(tag) for tag in reversed(piece.starts))


def with_units(pieces: list[Piece]) -> list[Piece]:
    """The pieces with spans for marks. A unit that starts or ends within an element it does not hold is split there."""
    pieces = list(with_runs_resolved(pieces))
    return _Wrapping(pieces).result


class _Wrapping:
    """One pass over the pieces; `_unit` is the unit whose span is open now."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.result: list[Piece] = []
        self._unit: str | None = None
        self._unit_end = 0
        self._within: list[bool] = []
        ends = _ends_of_elements(pieces)
        unit_ends = _ends_of_units(pieces)
        for index, piece in enumerate(pieces):
            if type(piece) is Mark:
                self._mark(piece, unit_ends.get(index, 0))
            elif type(piece) is Start:
                self._start(piece, ends[index])
            elif type(piece) is End:
                self._end()
            else:
                self.result.append(piece)
        self._close_span()

    def _mark(self, mark: Mark, end: int) -> None:
        self._close_span()
        self._unit, self._unit_end = mark.unit, end
        self._open_span()

    def _start(self, piece: Start, end: int) -> None:
        held = self._unit is not None and end < self._unit_end
        self._within.append(held)
        self._apart(piece, apart=not held)

    def _end(self) -> None:
        self._apart(END, apart=not self._within.pop())

    def _apart(self, piece: Piece, *, apart: bool) -> None:
        if apart:
            self._close_span()
        self.result.append(piece)
        if apart:
            self._open_span()

    def _open_span(self) -> None:
        if self._unit is not None:
            self.result.append(Start("span", {"data-unit": self._unit}))

    def _close_span(self) -> None:
        if self._unit is None:
            return
        last = self.result[-1]
        if type(last) is Start and "data-unit" in last.attributes:
            self.result.pop()
        else:
            self.result.append(END)


def _ends_of_elements(pieces: list[Piece]) -> dict[int, int]:
    ends: dict[int, int] = {}
    started: list[int] = []
    for index, piece in enumerate(pieces):
        if type(piece) is Start:
            started.append(index)
        elif type(piece) is End:
            ends[started.pop()] = index
    return ends


def _ends_of_units(pieces: list[Piece]) -> dict[int, int]:
    """Where each unit ends: at its own end mark, where the next one starts, or with the text."""
    marks = [index for index, piece in enumerate(pieces) if type(piece) is Mark]
    return dict(zip(marks, [*marks[1:], len(pieces)], strict=False))
