"""The rules of a drawing: what an SVG may hold, which colours it may use, what its words files must cover."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from portal.problems import Problem, Severity

NAMESPACE = "http://www.w3.org/2000/svg"

# Every colour a drawing may use, and what stands for it in the dark. The stylesheet uses the same pairs.
PALETTE = {
    "#1b1f24": "#e6e9ed",  # ink
    "#57606a": "#9aa4b0",  # muted
    "#8c96a1": "#6b7682",  # line
    "#ffffff": "#14181d",  # paper
    "#f4f6f8": "#1e242b",  # panel
    "#e8ecf0": "#2a323b",  # panel-2
    "#0b5cad": "#6cb4ff",  # accent
    "#dcebfa": "#123352",  # accent-soft
    "#1a7f4b": "#5fd39a",  # good
    "#dcf3e6": "#123a27",  # good-soft
    "#9a6700": "#e3b341",  # warn
    "#fbf0d0": "#3d3010",  # warn-soft
    "#b42318": "#ff8f85",  # bad
    "#fde4e1": "#451a17",  # bad-soft
}

MOST_CHARACTERS = 200_000
MOST_ELEMENTS = 2_000
MOST_DEPTH = 30
MOST_WORD_CHARACTERS = 600

COLOURED = frozenset({"fill", "stroke"})
WORDED = frozenset({"text", "title", "desc"})
_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_ELEMENTS = WORDED | _SHAPES | {"svg", "g", "defs", "marker", "tspan"}
_NUMERIC = frozenset({"x", "y", "dy", "font-size"})
_MARKERS = frozenset({"marker-start", "marker-mid", "marker-end"})
_ATTRIBUTE = re.compile(
    r"""id | role | aria-labelledby | lang | translate | viewBox | preserveAspectRatio | transform | opacity
    | [xy][12]? | d[xy]? | c[xy] | r[xy]? | points | width | height | fill-rule | (fill|stroke)-opacity
    | stroke-(width|linecap|linejoin|dasharray) | font-(family|size|weight|style) | letter-spacing | text-anchor
    | markerWidth | markerHeight | markerUnits | refX | refY | orient""",
    re.X,
)
_NUMBER = re.compile(r"-?[0-9]{1,5}(\.[0-9]{1,3})?")
# Presentation attributes go through the CSS parser, so an escape can spell url( and a colon can name a scheme.
_ACTING = re.compile(r"[\\:]|\b(?:url|image|image-set|src|var|attr|expression)\s*\(", re.I)
_LOCAL_REFERENCE = re.compile(r"url\(#([A-Za-z][\w-]*)\)")
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECLARATION = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.I)


class Unreadable(Exception):
    """The text is no SVG that the portal would read; `problem` says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def check(svg: str, words: Mapping[str, str] | None = None) -> list[Problem]:
    """What is wrong with a drawing, or, where `words` are given, with the words of one locale for it.

    A drawing's own problems are errors (it could act, or would be unreadable in the dark); those of words are
    warnings (English stands in). Never raises.
    """
    try:
        root = parse(svg)
    except Unreadable as error:
        return [error.problem]
    return list(_check_drawing(root)) if words is None else list(_check_words(root, words))


def word_keys(svg: str) -> list[str]:
    """The ids that a words file has to cover, in the order of the drawing. Raises Unreadable."""
    return [key for element in parse(svg).iter() if element.tag in WORDED and (key := element.get("id"))]


def _refusal(message: str, line: int | None = None) -> Unreadable:
    return Unreadable(Problem(code="drawing-unreadable", message=message, severity=Severity.ERROR, line=line))


def parse(svg: str) -> ElementTree.Element:
    """The tree with plain tag names; whatever is not in the SVG namespace keeps its braces and is refused by name."""
    if len(svg) > MOST_CHARACTERS:
        raise _refusal(f"The drawing has more than {MOST_CHARACTERS:,} characters: simplify its paths.")
    if _DECLARATION.search(svg):
        raise _refusal("The drawing declares a DOCTYPE or entities: remove the declaration.")
    try:
        root = ElementTree.fromstring(svg.removeprefix("\ufeff"))
    except (ElementTree.ParseError, UnicodeEncodeError) as error:
        line = error.position[0] if isinstance(error, ElementTree.ParseError) else None
        raise _refusal(f"The drawing is not well-formed XML ({error}): correct it.", line) from error
    if root.tag != f"{{{NAMESPACE}}}svg":
        raise _refusal(f'The file is not an SVG: its first element must be <svg xmlns="{NAMESPACE}">.')
    _check_size(root)
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    return root


def _check_size(root: ElementTree.Element) -> None:
    waiting, count = [(root, 1)], 0
    while waiting:
        element, depth = waiting.pop()
        count += 1
        if count > MOST_ELEMENTS or depth > MOST_DEPTH:
            raise _refusal(f"The drawing has over {MOST_ELEMENTS:,} elements or {MOST_DEPTH} levels: simplify it.")
        waiting += [(child, depth + 1) for child in element]


def _error(code: str, message: str) -> Problem:
    return Problem(code=code, message=message, severity=Severity.ERROR)


def _named(element: ElementTree.Element) -> str:
    key = element.get("id")
    return f'<{element.tag} id="{key}">' if key else f"<{element.tag}>"


def _check_drawing(root: ElementTree.Element) -> Iterator[Problem]:
    ids = [key for element in root.iter() if (key := element.get("id"))]
    for element in root.iter():
        if element.tag not in _ELEMENTS:
            yield _error("drawing-element-forbidden", f"{_named(element)} is not allowed in a drawing: remove it.")
        for name, value in element.items():
            yield from _check_attribute(element, name, value, ids)
        yield from _check_text(element)
    for key in sorted({key for key in ids if ids.count(key) > 1}):
        yield _error("drawing-id-doubled", f'Two elements have the id "{key}": give each its own.')
    yield from _check_root(root)


def _check_attribute(element: ElementTree.Element, name: str, value: str, ids: list[str]) -> Iterator[Problem]:
    here = f'{name}="{value[:60]}" of {_named(element)}'
    if name in COLOURED:
        if value != "none" and value.casefold() not in PALETTE:
            yield _error("drawing-colour-unknown", f"{here} is no colour of the palette: use one of it, or none.")
    elif name in _MARKERS:
        reference = _LOCAL_REFERENCE.fullmatch(value)
        if not reference or reference[1] not in ids:
            yield _error("drawing-reference-outside", f"{here} must be url(#id) of a marker in the same drawing.")
    elif not _ATTRIBUTE.fullmatch(name):
        yield _error("drawing-attribute-forbidden", f"{here} is not allowed in a drawing: remove it.")
    elif name in _NUMERIC and element.tag in ("g", "svg", "text", "tspan") and not _NUMBER.fullmatch(value):
        yield _error("drawing-number-odd", f"{here} must be a plain number, for words are laid out by it.")
    elif _ACTING.search(value):
        yield _error("drawing-attribute-forbidden", f"{here} could load or run something: write a plain value.")


def _check_text(element: ElementTree.Element) -> Iterator[Problem]:
    if element.tag == "text" and not element.get("id") and element.get("translate") != "no":
        said = "".join(element.itertext()).strip()[:40]
        yield _error(
            "drawing-text-without-id",
            f'The text "{said}" has no id: give it one, or translate="no" if it is the same in every language.',
        )
    if element.tag == "tspan" and (len(element) or set(element.keys()) - {"x", "dy"}):
        yield _error("drawing-line-not-plain", "A tspan is one line of a text, with x and dy only: simplify it.")


def _check_root(root: ElementTree.Element) -> Iterator[Problem]:
    if root.get("viewBox") is None or root.attrib.keys() & {"width", "height"}:
        yield _error("drawing-size-fixed", "The svg element needs a viewBox and neither width nor height.")
    if root.get("fill") is None:
        yield _error(
            "drawing-colour-unknown", "The svg element must state fill, or what states none is black at night."
        )
    for key in ("title", "desc"):
        element = root.find(key)
        if element is None or element.get("id") != key or not (element.text or "").strip():
            yield _error("drawing-title-missing", f'The svg element needs <{key} id="{key}"> with words in it.')


def _check_words(root: ElementTree.Element, words: Mapping[str, str]) -> Iterator[Problem]:
    keys = [key for element in root.iter() if element.tag in WORDED and (key := element.get("id"))]
    for key in keys:
        if not words.get(key, "").strip():
            yield Problem(code="word-missing", message=f'"{key}" has no words and stays in English: add {key} = "…".')
    for key in words.keys() - set(keys):
        yield Problem(code="word-unknown", message=f'"{key}" is no text of the drawing: remove it or correct the id.')
    for key, word in words.items():
        if len(word) > MOST_WORD_CHARACTERS or NOT_IN_XML.search(word):
            yield Problem(
                code="word-not-plain",
                message=f'"{key}" has control characters or more than {MOST_WORD_CHARACTERS} characters: shorten it.',
            )
