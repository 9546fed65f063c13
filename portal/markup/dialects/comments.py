"""Constructs written as pairs of comments: tokens with a default, sections, and the blocks that `directives` marks so."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from portal.markup.dialects import directives
from portal.markup.dialects.context import Context
from portal.markup.dialects.tree import BLOCK, Comment, Element, Node, added, quoted, text_of
from portal.problems import Severity

# The sections of dialects.md 3.7 and the tiles of the partner center, folded, with the name a page uses.
SECTIONS = {
    "issuedescription": "issue-description",
    "rcadescription": "rca-description",
    "resolutiondetails": "resolution-details",
    "recommendedactions": "recommended-actions",
    "additionalinfo": "additional-info",
    "salutation": "salutation",
    "text": "text",
    "link": "link",
}
_TOKEN = re.compile(r"^\s*(/?)\s*\$\s*([\w .:-]{1,80}?)\s*$")
_SECTION = re.compile(r"^\s*(/?)\s*([A-Za-z]{1,40})\s*$")
_TOKEN_IN_CODE = re.compile(
    r"&lt;!--\s*\$\s*([\w .:-]{1,80}?)\s*--&gt;(.*?)&lt;!--\s*/\$\s*[\w .:-]{1,80}?\s*--&gt;", re.S
)


@dataclass
class _Mark:
    """What one comment says: the kind and name it opens or closes."""

    kind: str
    name: str
    closes: bool
    payload: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.name.casefold()


@dataclass
class _Open:
    """A mark that waits for its twin, and where in the list of nodes what it holds begins."""

    mark: _Mark
    start: int


def pair(parent: Element, context: Context) -> None:
    """Put what stands between two comments of a pair into an element; every other comment is dropped."""
    pairs = _Pairs(parent, context)
    for child in parent.children:
        mark = _read(child.text) if isinstance(child, Comment) else None
        if mark is None:
            if not isinstance(child, Comment):
                pairs.nodes.append(child)
        elif mark.kind == "single":
            pairs.nodes += directives.shown(mark.name, mark.payload, context)
        elif mark.closes:
            pairs.close(mark)
        else:
            pairs.open(mark)
    pairs.end()
    parent.children = pairs.nodes


class _Pairs:
    """One flat list of nodes with the marks open in it, so that however many are never closed, no node is moved twice."""

    def __init__(self, parent: Element, context: Context) -> None:
        self.parent, self.context = parent, context
        self.nodes: list[Node] = []
        self._opened: list[_Open] = []
        self._waiting: Counter[tuple[str, str]] = Counter()

    def open(self, mark: _Mark) -> None:
        self._opened.append(_Open(mark, len(self.nodes)))
        self._waiting[mark.key] += 1

    def close(self, mark: _Mark) -> None:
        if not self._waiting[mark.key]:
            _tell(mark, self.context)
            return
        while (done := self._pop()).mark.key != mark.key:
            _tell(done.mark, self.context)
        children = self.nodes[done.start :]
        self.nodes[done.start :] = _wrapped(done.mark, children, self.parent, self.context)

    def end(self) -> None:
        """The ends that never came: what was gathered stays, without its wrapper."""
        while self._opened:
            _tell(self._pop().mark, self.context)

    def _pop(self) -> _Open:
        last = self._opened.pop()
        self._waiting[last.mark.key] -= 1
        return last


def _tell(mark: _Mark, context: Context) -> None:
    sign = "$" if mark.kind == "token" else ""
    context.report(
        f"{mark.kind}-unbalanced",
        f"<!--{sign}{mark.name}--> is opened or closed without its twin; write both.",
        f"{sign}{mark.name}",
        Severity.NOTE,
    )


def _read(text: str) -> _Mark | None:
    if text.startswith(directives.MARK):
        word, _, payload = text.removeprefix(directives.MARK).strip().partition(" ")
        if word.startswith("!"):
            return _Mark("single", word[1:], False, unquote(payload))
        return _Mark("directive", word.lstrip("/"), word.startswith("/"), unquote(payload))
    if token := _TOKEN.match(text):
        return _Mark("token", token[2], bool(token[1]))
    section = _SECTION.match(text)
    if section and section[2].casefold() in SECTIONS:
        return _Mark("section", section[2], bool(section[1]))
    return None


def _wrapped(mark: _Mark, children: list[Node], parent: Element, context: Context) -> list[Node]:
    if mark.kind == "token":
        return [_token(mark.name, children)]
    if parent.tag in ("p", "span", "strong", "em", "a") or not children:
        return children
    if mark.kind == "directive":
        return directives.wrapped(mark.name, mark.payload, children, context)
    name = SECTIONS[mark.name.casefold()]
    return [Element("section", {"class": f"part part-{name}", "data-part": quoted(mark.name)}, children)]


def _token(name: str, children: list[Node]) -> Element:
    holder = Element("", children=children)
    if not text_of(holder).strip():
        children = [*children, added("span", "", f"[{name}]")]
    has_blocks = any(isinstance(child, Element) and child.tag in BLOCK for child in children)
    return Element("div" if has_blocks else "span", {"class": "token", "data-token": quoted(name)}, children)


def tokens_in_code(text: str) -> list[Node]:
    """Code whose tokens, which are plain text there, show their default like everywhere else."""
    if "&lt;!--" not in text:
        return [text]
    out: list[Node] = []
    end = 0
    for match in _TOKEN_IN_CODE.finditer(text):
        out += [text[end : match.start()], _token(unescape(match[1]), [match[2]] if match[2] else [])]
        end = match.end()
    return [*out, text[end:]]
