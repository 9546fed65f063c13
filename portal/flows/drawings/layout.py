"""Where each part of a flow stands: questions run down one side, ends beside (or below) the question they belong to.

Every wire to the same node runs in one lane, so that many ways to one end look like what they are. All figures are
units of the drawing; right-to-left drawings are mirrored when they are written out.
"""

from __future__ import annotations

from collections.abc import Mapping

from portal.flows.drawings.lettering import wrap
from portal.flows.drawings.shapes import (
    BAND_GAP,
    BODY,
    GAP,
    HEAD,
    LEADING,
    MARGIN,
    MARK_ROOM,
    PADDING,
    SMALL,
    Box,
    Columns,
    Layout,
    Row,
)
from portal.flows.drawings.wiring import wire_up
from portal.flows.schema import Flow, Outcome, Question
from portal.flows.translating import plain
from portal.flows.walking import Walk


def lay_out(
    flow: Flow, walk: Walk | None, labels: Mapping[str, str], *, here: str, width: float, whole: bool
) -> Layout:
    """Place the nodes of a flow. `labels` gives the small words over an end, by its name; `here` those over the node
    where the walk stands. Unless `whole`, questions off the way stand closed, like ends.
    """
    opened = _opened(flow, walk) if not whole else set(flow.questions)
    lanes = (2, 3)
    for _ in range(4):
        columns = Columns(total=width, question_lanes=lanes[0], outcome_lanes=lanes[1])
        boxes, height = _place(flow, walk, labels, here, columns, opened)
        wires, needed = wire_up(boxes, columns)
        if needed == lanes:
            break
        lanes = needed
    return Layout(width=width, height=height, boxes=tuple(boxes.values()), wires=wires)


def order(flow: Flow) -> list[str]:
    """The questions from the start down, each after all that lead to it, siblings as their answers stand."""
    done: list[str] = []
    seen: set[str] = set()
    todo: list[tuple[str, bool]] = [(flow.start, False)]
    while todo:
        name, finished = todo.pop()
        if finished:
            done.append(name)
        elif name in flow.questions and name not in seen:
            seen.add(name)
            todo.append((name, True))
            todo += [(answer.then, False) for answer in flow.questions[name].answers.values()]
    return done[::-1]


def homes(flow: Flow, questions: list[str]) -> dict[str, list[str]]:
    """What stands beside each of the open `questions`: the ends whose last open question it is."""
    last = {
        answer.then: name
        for name in questions
        for answer in flow.questions[name].answers.values()
        if answer.then not in questions
    }
    return {
        name: list(dict.fromkeys(a.then for a in flow.questions[name].answers.values() if last.get(a.then) == name))
        for name in questions
    }


def _opened(flow: Flow, walk: Walk | None) -> set[str]:
    """The questions on the way taken, and the one where it stands."""
    passed = {step.question.name for step in walk.taken} if walk else set()
    now = {walk.here.name} if walk and walk.question else set()
    return passed | now | {flow.start}


def _place(
    flow: Flow, walk: Walk | None, labels: Mapping[str, str], here: str, columns: Columns, opened: set[str]
) -> tuple[dict[str, Box], float]:
    questions = [name for name in order(flow) if name in opened]
    beside = homes(flow, questions)
    boxes: dict[str, Box] = {}
    y = float(MARGIN)
    for name in questions:
        box = _question_box(flow.questions[name], walk, here, columns.question_width)
        box.move(columns.question_x, y)
        boxes[name] = box
        below = y + box.height + GAP if columns.narrow else y
        for end in beside[name]:
            outcome = _end_box(_node(flow, end), walk, labels.get(end, ""), here, columns.outcome_width)
            wish = below if columns.narrow else max(below, _row_to(box, end) - outcome.height / 2)
            outcome.move(columns.outcome_x, wish)
            boxes[end] = outcome
            below = wish + outcome.height + GAP
        y = max(y + box.height, below - GAP) + BAND_GAP
    return boxes, y - BAND_GAP + MARGIN


def _question_box(question: Question, walk: Walk | None, here: str, width: float) -> Box:
    lines = wrap(plain(question.ask), width - 2 * PADDING, HEAD, bold=True)
    is_here = walk is not None and walk.here.name == question.name
    label = here if is_here else ""
    rows = [
        _row(
            answer.name,
            answer.then,
            plain(answer.say),
            width,
            taken=bool(walk and walk.passes(question.name, answer.name)),
        )
        for answer in question.answers.values()
    ]
    taken = is_here or bool(walk and walk.passes(question.name))
    head = _head(lines, HEAD, label)
    return Box(node=question, label=label, lines=lines, width=width, head=head, rows=rows, taken=taken, here=is_here)


def _end_box(node: Question | Outcome, walk: Walk | None, label: str, here: str, width: float) -> Box:
    """An outcome, or a question that stands closed."""
    words = node.title if isinstance(node, Outcome) else node.ask
    lines = wrap(plain(words), width - 2 * PADDING, BODY, bold=True)
    is_here = walk is not None and walk.here.name == node.name
    label = f"{label} · {here}" if is_here else label
    head = _head(lines, BODY, label)
    return Box(node=node, label=label, lines=lines, width=width, head=head, taken=is_here, here=is_here)


def _node(flow: Flow, name: str) -> Question | Outcome:
    return flow.questions.get(name) or flow.outcomes[name]


def _head(lines: list[str], size: float, label: str) -> float:
    return 2 * PADDING - 4 + len(lines) * size * LEADING + (SMALL * LEADING + 2 if label else 0)


def _row(answer: str, then: str, say: str, width: float, *, taken: bool) -> Row:
    lines = wrap(say, width - 2 * PADDING - MARK_ROOM, BODY, bold=taken)
    return Row(answer=answer, then=then, lines=lines, height=len(lines) * BODY * LEADING + 12, taken=taken)


def _row_to(box: Box, node: str) -> float:
    return next(row.middle for row in box.rows if row.then == node)
