"""Prints the figures as plain tables: medians, spreads, ratios beside the peer, and what was wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.rounds import Series


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a figure should be: at least, or below."""

    at_least: float | None = None
    below: float | None = None

    def says(self, value: float) -> str:
        if self.at_least is not None:
            return f"at least {self.at_least:g}: {'met' if value >= self.at_least else 'MISSED'}"
        return f"below {self.below:g}: {'met' if value < self.below else 'MISSED'}" if self.below is not None else ""


NOTHING_WANTED = Wanted()


def heading(words: str, *notes: str) -> None:
    print(f"\n{words}", *(f"  {note}" for note in notes), sep="\n", flush=True)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The first column to the left, figures to the right."""
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    for row in [head, *rows]:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        print(f"  {'  '.join(cells)}".rstrip(), flush=True)


def figure(series: Series, digits: int = 0) -> str:
    return f"{series.median:,.{digits}f}"


def spread(series: Series) -> str:
    return f"{series.spread:.0%}{' noisy' if series.is_noisy else ''}"


def ratio(series: Series) -> str:
    """The median of the paired ratios, with the least and the most."""
    return f"{series.median:.2f} ({min(series.values):.2f}-{max(series.values):.2f})"
