"""The parts of a drawing once they have a place: boxes, their answers, the wires between them, and the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from portal.flows.schema import Outcome, Question

NARROW = 560
MARGIN, PADDING, GAP, BAND_GAP = 12, 12, 12, 30
LANE, GUTTER_EDGE = 11, 14
HEAD, BODY, SMALL = 15, 14, 12
LEADING = 1.32
MARK_ROOM = 20


@dataclass(kw_only=True)
class Row:
    """One answer inside a question's box; `top` counts from the top of the drawing."""

    answer: str
    then: str
    lines: list[str]
    height: float
    top: float = 0.0
    taken: bool = False

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


@dataclass(kw_only=True)
class Box:
    """A question or an outcome, placed."""

    node: Question | Outcome
    label: str
    lines: list[str]
    width: float
    head: float
    rows: list[Row] = field(default_factory=list)
    x: float = 0.0
    y: float = 0.0
    taken: bool = False
    here: bool = False

    @property
    def height(self) -> float:
        return self.head + sum(row.height for row in self.rows)

    def entry(self, sources: Sequence[float] = ()) -> float:
        """The height at which wires come in: straight on from one of `sources` where that meets an end's side."""
        if self.rows:
            return self.y + min(self.head / 2, 30.0)
        straight = (source for source in sources if self.y + 12 <= source <= self.y + self.height - 12)
        return next(straight, self.y + self.height / 2)

    def move(self, x: float, y: float) -> None:
        self.x, self.y = x, y
        top = y + self.head
        for row in self.rows:
            row.top, top = top, top + row.height


@dataclass(frozen=True, kw_only=True)
class Wire:
    """From an answer to the node it leads to, by corner points; the last one touches the node."""

    points: tuple[tuple[float, float], ...]
    taken: bool


@dataclass(frozen=True, kw_only=True)
class Layout:
    width: float
    height: float
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]


@dataclass(frozen=True, kw_only=True)
class Columns:
    """How the width is shared: a gutter for wires to questions, questions, a gutter for wires to ends, ends."""

    total: float
    question_lanes: int
    outcome_lanes: int

    @property
    def narrow(self) -> bool:
        return self.total < NARROW

    @property
    def question_gutter(self) -> float:
        return GUTTER_EDGE + LANE * self.question_lanes

    @property
    def outcome_gutter(self) -> float:
        return GUTTER_EDGE + LANE * self.outcome_lanes + (0 if self.narrow else GUTTER_EDGE)

    @property
    def question_x(self) -> float:
        return MARGIN + self.question_gutter

    @property
    def question_width(self) -> float:
        room = self.total - 2 * MARGIN - self.question_gutter - self.outcome_gutter
        return room if self.narrow else room * 0.55

    @property
    def outcome_width(self) -> float:
        room = self.total - 2 * MARGIN - self.question_gutter - self.outcome_gutter
        return room - 2 * GAP if self.narrow else room * 0.45

    @property
    def outcome_x(self) -> float:
        if self.narrow:
            return self.question_x + 2 * GAP
        return self.question_x + self.question_width + self.outcome_gutter
