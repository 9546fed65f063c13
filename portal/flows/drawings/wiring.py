"""The wires of a drawing: every wire to the same node in one lane, and lanes chosen so that few cross."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from portal.flows.drawings.shapes import GUTTER_EDGE, LANE, Box, Columns, Row, Wire


def wire_up(boxes: Mapping[str, Box], columns: Columns) -> tuple[tuple[Wire, ...], tuple[int, int]]:
    """All wires, and how many lanes each gutter needs for them."""
    sources = [(box, row) for box in boxes.values() for row in box.rows]
    heights: dict[str, list[float]] = {}
    for _, row in sources:
        heights.setdefault(row.then, []).append(row.middle)
    entries = {name: boxes[name].entry(middles) for name, middles in heights.items()}
    spans = {name: (min(*middles, entries[name]), max(*middles, entries[name])) for name, middles in heights.items()}
    to_questions = _lanes({name: span for name, span in spans.items() if boxes[name].rows})
    ends = {name: span for name, span in spans.items() if not boxes[name].rows}
    to_ends = _lanes(ends) if columns.narrow else _lanes_across(ends, entries)
    wires = []
    for box, row in sources:
        target, entry = boxes[row.then], entries[row.then]
        if target.rows:
            points = _to_question(box, row, target, entry, to_questions[row.then])
        else:
            points = _to_end(box, row, target, entry, to_ends[row.then], columns)
        wires.append(Wire(points=points, taken=row.taken))
    return tuple(wires), (max(to_questions.values(), default=-1) + 1, max(to_ends.values(), default=-1) + 1)


def _to_question(box: Box, row: Row, target: Box, entry: float, lane: int) -> tuple[tuple[float, float], ...]:
    x = box.x - GUTTER_EDGE - LANE * lane
    return ((box.x, row.middle), (x, row.middle), (x, entry), (target.x, entry))


def _to_end(
    box: Box, row: Row, target: Box, entry: float, lane: int, columns: Columns
) -> tuple[tuple[float, float], ...]:
    start = box.x + box.width
    x = start + GUTTER_EDGE + LANE * lane
    finish = target.x + target.width if columns.narrow else target.x
    if abs(row.middle - entry) < 1:
        return ((start, row.middle), (finish, row.middle))
    return ((start, row.middle), (x, row.middle), (x, entry), (finish, entry))


def _lanes(spans: Mapping[str, tuple[float, float]]) -> dict[str, int]:
    """A lane for each target, so that no two in one lane overlap; short ways get the inner lanes."""
    lanes: dict[str, int] = {}
    for name, span in sorted(spans.items(), key=lambda item: (item[1][1] - item[1][0], item[1])):
        busy = {lanes[other] for other in lanes if _overlap(span, spans[other])}
        lanes[name] = next(lane for lane in count() if lane not in busy)
    return lanes


def _lanes_across(spans: Mapping[str, tuple[float, float]], entries: Mapping[str, float]) -> dict[str, int]:
    """Lanes for wires that cross the gutter: of those that go down, the upper ones further out, so that none cross."""
    lanes: dict[str, int] = {}
    down = [name for name, (low, high) in spans.items() if high - low > 1 and entries[name] > (low + high) / 2]
    up = [name for name, (low, high) in spans.items() if high - low > 1 and name not in down]
    for name in [*sorted(down, key=lambda one: -spans[one][0]), *sorted(up, key=lambda one: spans[one][1])]:
        lanes[name] = max((lanes[other] + 1 for other in lanes if _overlap(spans[name], spans[other])), default=0)
    return {**dict.fromkeys(spans, 0), **lanes}


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] - 4 <= other[1] and other[0] - 4 <= one[1]
