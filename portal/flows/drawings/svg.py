"""The drawing of a flow as SVG: colours by class for the page's stylesheet, by attribute where there is none.

Classes: the picture `flow-drawing` with `flow-drawing-wide` or `-narrow`; groups `flow-node` with `flow-question`
(`flow-question-closed`) or `flow-outcome` and `flow-outcome-<kind>`, `flow-node-taken`, `flow-node-here`; inside them
`flow-frame`, `flow-ring`, `flow-label`, `flow-words`, `flow-answer` (`flow-answer-taken`), `flow-rule`, `flow-mark`,
`flow-dot`; between them `flow-wire` and `flow-arrow`, each with `-taken`.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from portal import locales
from portal.flows.catalogue import Catalogue
from portal.flows.drawings.layout import lay_out
from portal.flows.drawings.shapes import BODY, HEAD, LEADING, NARROW, PADDING, SMALL, Box, Layout, Row, Wire
from portal.flows.schema import Flow, Kind, Outcome
from portal.flows.translating import plain
from portal.flows.walking import Walk

# Name → (light, dark): the palette of all our drawings.
PALETTE = {
    "ink": ("#1b1f24", "#e6e9ed"),
    "muted": ("#57606a", "#9aa4b0"),
    "line": ("#8c96a1", "#6b7682"),
    "paper": ("#ffffff", "#14181d"),
    "panel": ("#f4f6f8", "#1e242b"),
    "panel-2": ("#e8ecf0", "#2a323b"),
    "accent": ("#0b5cad", "#6cb4ff"),
    "accent-soft": ("#dcebfa", "#123352"),
    "good": ("#1a7f4b", "#5fd39a"),
    "good-soft": ("#dcf3e6", "#123a27"),
    "warn": ("#9a6700", "#e3b341"),
    "warn-soft": ("#fbf0d0", "#3d3010"),
}
# Kind of an end → (fill, stroke).
KIND_COLOURS = {
    Kind.FIX: ("good-soft", "good"),
    Kind.MANUAL: ("warn-soft", "warn"),
    Kind.CALL_A_PERSON: ("panel-2", "muted"),
}
OTHER_COLOURS = ("accent-soft", "accent")
ARROW = 7


def drawing(
    flow: Flow,
    walk: Walk | None = None,
    *,
    words: Catalogue,
    width: int = 720,
    whole: bool = True,
    dark: bool = False,
    rtl: bool | None = None,
    prefix: str = "flow-drawing",
) -> str:
    """A flow as one `<svg>`, the way taken marked by weight, check marks and words, not by colour alone.

    `width` (units, also the natural width in pixels): under 560 the ends stand below their question, for a phone.
    Unless `whole`, only the questions on the way are open and the others closed: for flows with many branches.
    `prefix` makes the ids of title and description unique in a page. `rtl` follows the flow's language unless given.
    """
    labels = {name: words.kinds[outcome.kind].label for name, outcome in flow.outcomes.items()}
    layout = lay_out(flow, walk, labels, here=words.drawing.here, width=width, whole=whole)
    pen = _Pen(layout, dark=dark, rtl=locales.get(flow.locale).rtl if rtl is None else rtl)
    wires = sorted(layout.wires, key=lambda wire: wire.taken)
    parts = [
        pen.opening(prefix, locales.get(flow.locale).tag),
        f'<title id="{prefix}-title">{escape(plain(flow.title))}</title>',
        f'<desc id="{prefix}-desc">{escape(_description(flow, walk, words))}</desc>',
        *(part for wire in wires for part in pen.wire(wire)),
        *(part for box in layout.boxes for part in pen.box(box)),
        "</svg>",
    ]
    return "".join(parts)


def _description(flow: Flow, walk: Walk | None, words: Catalogue) -> str:
    if walk is None:
        return plain(flow.description)
    said = [f"{step.question.ask} {step.answer.say}" for step in walk.taken]
    now = (
        words.drawing.open.format(question=walk.question.ask)
        if walk.question
        else f"{words.drawing.ends}: {walk.here.title}"
    )
    return plain(" ".join(([words.drawing.way.format(steps="; ".join(said))] if said else []) + [now]))


class _Pen:
    """Writes the parts of one layout, mirrored for right-to-left languages."""

    def __init__(self, layout: Layout, *, dark: bool, rtl: bool) -> None:
        self.layout = layout
        self.shade = 1 if dark else 0
        self.rtl = rtl

    def colour(self, name: str) -> str:
        return PALETTE[name][self.shade]

    def x(self, x: float) -> float:
        return round(self.layout.width - x if self.rtl else x, 1)

    def left(self, x: float, width: float) -> float:
        """The left edge of something that starts at `x` in reading direction."""
        return round(self.layout.width - x - width if self.rtl else x, 1)

    def opening(self, prefix: str, lang: str) -> str:
        width, height = round(self.layout.width), round(self.layout.height)
        direction = "rtl" if self.rtl else "ltr"
        size = "narrow" if width < NARROW else "wide"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="flow-drawing flow-drawing-{size}" viewBox="0 0 {width} {height}" role="img"'
            f' aria-labelledby="{prefix}-title {prefix}-desc" lang={quoteattr(lang)} direction="{direction}"'
            f' font-family="system-ui, sans-serif">'
        )

    def wire(self, wire: Wire) -> Iterator[str]:
        classes = "flow-wire flow-wire-taken" if wire.taken else "flow-wire"
        colour = self.colour("accent" if wire.taken else "line")
        weight = 3.5 if wire.taken else 1.25
        (before, y), (tip, _) = wire.points[-2], wire.points[-1]
        ahead = 1 if self.x(tip) > self.x(before) else -1
        shaft = (*wire.points[:-1], (tip - (ARROW - 2) * (ahead if not self.rtl else -ahead), y))
        yield (
            f'<path class="{classes}" d="{self._rounded(shaft)}" fill="none" stroke="{colour}" stroke-width="{weight}"/>'
        )
        end, half = self.x(tip), 5 if wire.taken else 4
        back = round(end - ahead * (ARROW + (2 if wire.taken else 0)), 1)
        yield (
            f'<path class="{classes.replace("wire", "arrow")}" fill="{colour}"'
            f' d="M{end} {y:.1f}L{back} {y - half:.1f}L{back} {y + half:.1f}Z"/>'
        )

    def box(self, box: Box) -> Iterator[str]:
        is_end = isinstance(box.node, Outcome)
        fill, stroke = KIND_COLOURS.get(box.node.kind, OTHER_COLOURS) if is_end else ("panel", "line")
        names = ["flow-node", "flow-outcome" if is_end else "flow-question"]
        names += [f"flow-outcome-{box.node.kind}"] if is_end else []
        names += ["flow-question-closed"] if not is_end and not box.rows else []
        names += ["flow-node-taken"] if box.taken else []
        names += ["flow-node-here"] if box.here else []
        left = self.left(box.x, box.width)
        yield f'<g class="{" ".join(names)}" data-node="{box.node.name}">'
        if box.here:
            yield (
                f'<rect class="flow-ring" x="{left - 5}" y="{box.y - 5:.1f}" width="{box.width + 10:.1f}"'
                f' height="{box.height + 10:.1f}" rx="{19 if is_end else 12}" fill="none"'
                f' stroke="{self.colour("accent")}" stroke-width="2" stroke-dasharray="5 4"/>'
            )
        colour = self.colour("accent" if box.taken and not is_end else stroke)
        yield (
            f'<rect class="flow-frame" x="{left}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"'
            f' rx="{14 if is_end else 7}" fill="{self.colour(fill)}" stroke="{colour}"'
            f' stroke-width="{3 if box.taken else 1.25}"/>'
        )
        yield from self._head(box)
        for row in box.rows:
            yield from self._row(box, row)
        yield "</g>"

    def _head(self, box: Box) -> Iterator[str]:
        size = HEAD if box.rows else BODY
        y = box.y + PADDING - 2
        if box.label:
            y += SMALL
            yield self._text("flow-label", box.x + PADDING, y, [box.label], SMALL, "muted", weight=600)
            y += SMALL * (LEADING - 1) + 2
        yield self._text("flow-words", box.x + PADDING, y + size, box.lines, size, "ink", weight=600)

    def _row(self, box: Box, row: Row) -> Iterator[str]:
        names = "flow-answer flow-answer-taken" if row.taken else "flow-answer"
        left = self.left(box.x, box.width)
        yield f'<g class="{names}" data-answer="{row.answer}">'
        yield (
            f'<path class="flow-rule" d="M{left} {row.top:.1f}h{box.width:.1f}" stroke="{self.colour("line")}"'
            f' stroke-width="1" stroke-opacity="0.5"/>'
        )
        middle = row.middle
        if row.taken:
            at = self.left(box.x + PADDING, 12)
            yield (
                f'<path class="flow-mark" d="M{at} {middle:.1f}l4 4.5l8 -10" fill="none"'
                f' stroke="{self.colour("accent")}" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/>'
            )
        else:
            yield (
                f'<circle class="flow-dot" cx="{self.x(box.x + PADDING + 5)}" cy="{middle:.1f}" r="3.5" fill="none"'
                f' stroke="{self.colour("muted")}" stroke-width="1.25"/>'
            )
        y = middle - len(row.lines) * BODY * LEADING / 2 + BODY
        weight = 700 if row.taken else 400
        yield self._text("flow-words", box.x + PADDING + 20, y, row.lines, BODY, "ink", weight=weight)
        yield "</g>"

    def _text(self, name: str, x: float, y: float, lines: list[str], size: float, colour: str, *, weight: int) -> str:
        at = self.x(x)
        spans = "".join(
            f'<tspan x="{at}" y="{y + number * size * LEADING:.1f}">{escape(line)}</tspan>'
            for number, line in enumerate(lines)
        )
        return f'<text class="{name}" font-size="{size}" font-weight="{weight}" fill="{self.colour(colour)}">{spans}</text>'

    def _rounded(self, points: tuple[tuple[float, float], ...], radius: float = 7) -> str:
        """A path through the points with soft corners."""
        real = [(self.x(x), round(y, 1)) for x, y in points]
        path = f"M{real[0][0]} {real[0][1]}"
        for (x0, y0), (x1, y1), (x2, y2) in zip(real, real[1:], real[2:], strict=False):
            bend = min(radius, (abs(x1 - x0) + abs(y1 - y0)) / 2, (abs(x2 - x1) + abs(y2 - y1)) / 2)
            path += f"L{_toward(x1, x0, bend):.1f} {_toward(y1, y0, bend):.1f}"
            path += f"Q{x1} {y1} {_toward(x1, x2, bend):.1f} {_toward(y1, y2, bend):.1f}"
        return path + f"L{real[-1][0]} {real[-1][1]}"


def _toward(here: float, there: float, step: float) -> float:
    if here == there:
        return here
    return here + step if there > here else here - step
