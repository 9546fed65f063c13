"""Stacked columns as numbers for a template: where each part of each column stands, mirrored for right-to-left readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 720, 220
TOP, BOTTOM, SIDE = 12, 24, 40
GAP = 0.25  # of a column's room
WIDEST = 48


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a column: which series it is of (from 0), how many it stands for, and its place in user units."""

    series: int
    number: int
    y: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column; `about` is whatever the caller gave for it."""

    about: Any
    total: int
    x: float
    width: float
    middle: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A rule across the chart and the number it stands for."""

    number: int
    y: float


@dataclass(frozen=True, kw_only=True)
class Chart:
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    width: int = WIDTH
    height: int = HEIGHT
    start: int = SIDE
    end: int = WIDTH
    label_x: int = SIDE - 6
    label_y: int = HEIGHT - 6


def stacked(rows: Sequence[tuple[Any, Mapping[str, int]]], series: Sequence[str], *, mirrored: bool) -> Chart:
    """The columns of `rows`, oldest first, each a stack of `series` from the ground up; the newest stands where a line ends."""
    top = nice(max((sum(numbers.values()) for _, numbers in rows), default=0))
    room = (WIDTH - SIDE) / max(len(rows), 1)
    width = min(room * (1 - GAP), WIDEST)
    columns = []
    for index, (about, numbers) in enumerate(rows):
        middle = SIDE + room * (index + 0.5)
        middle = WIDTH - (middle - SIDE) if mirrored else middle
        parts = _parts(numbers, series, top)
        columns.append(
            Column(
                about=about,
                total=sum(numbers.values()),
                x=round(middle - width / 2, 1),
                width=round(width, 1),
                middle=round(middle, 1),
                parts=parts,
            )
        )
    lines = tuple(Line(number=number, y=round(_y(number, top), 1)) for number in sorted({0, top // 2, top}))
    return Chart(columns=tuple(columns), lines=lines)


def nice(number: int) -> int:
    """The least of 2, 4, 6, 8, 10, 20, 40 … that is not below `number`, so that its half is a whole number too."""
    step = 1
    while True:
        for factor in (2, 4, 6, 8, 10):
            if number <= factor * step:
                return factor * step
        step *= 10


def _parts(numbers: Mapping[str, int], series: Sequence[str], top: int) -> tuple[Part, ...]:
    parts, below = [], 0
    for index, name in enumerate(series):
        if number := numbers.get(name, 0):
            y = _y(below + number, top)
            parts.append(Part(series=index, number=number, y=round(y, 1), height=round(_y(below, top) - y, 1)))
            below += number
    return tuple(parts)


def _y(number: int, top: int) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * number / top
