"""Constructs written as pairs of comments: tokens with a default, sections, and the blocks that `directives` marks so."""

from __future__ import annotations

import re
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
    mark: _Mark | None
    children: list[Node]


def pair(parent: Element, context: Context) -> None:
    """Put what stands between two comments of a pair into an element; every other comment is dropped."""
    stack = [_Open(None, [])]
    for child in parent.children:
        mark = _read(child.text) if isinstance(child, Comment) else None
        if mark is None:
            if not isinstance(child, Comment):
                stack[-1].children.append(child)
        elif mark.kind == "single":
            stack[-1].children += directives.shown(mark.name, mark.payload, context)
        elif not mark.closes:
            stack.append(_Open(mark, []))
        else:
            _close(stack, mark, parent, context)
    while len(stack) > 1:
        _give_up(stack, context)
    parent.children = stack[0].children


def _close(stack: list[_Open], mark: _Mark, parent: Element, context: Context) -> None:
    if not any(one.mark and one.mark.key == mark.key for one in stack):
        _tell(mark, context)
        return
    while stack[-1].mark and stack[-1].mark.key != mark.key:
        _give_up(stack, context)
    done = stack.pop()
    stack[-1].children += _wrapped(done, parent, context)


def _give_up(stack: list[_Open], context: Context) -> None:
    """The end never came: what was gathered stays, without its wrapper."""
    lost = stack.pop()
    _tell(lost.mark, context)
    stack[-1].children += lost.children


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


def _wrapped(done: _Open, parent: Element, context: Context) -> list[Node]:
    mark, children = done.mark, done.children
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
