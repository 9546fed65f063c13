"""What the learn dialect writes outside Markdown: `:::` blocks, includes, sample code; and Azure elements set in too far.

Read from the text before Markdown is parsed. What becomes a picture is written as Markdown; what becomes a block is
marked by comments that carry a secret of this process, so that no file can write them itself.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from urllib.parse import quote

from portal.markup.dialects.context import Context
from portal.markup.dialects.tree import Element, Node, added

MARK = f"portal-{secrets.token_hex(8)}:"
_FENCE = re.compile(r"^ {0,12}(`{3,}|~{3,})")
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_LINE = re.compile(r"^([ \t>]*)(:::+)[ \t]*([A-Za-z-]+)[ \t]*(.*?)[ \t]*(:::+)?[ \t]*$")
_NO_LOC = re.compile(r":::no-loc\s+text=\"([^\"]*)\"\s*:::", re.IGNORECASE)
_INLINE_IMAGE = re.compile(r":::image\s+((?:[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*')\s*)+):::", re.IGNORECASE)
_COMPLEX = 'type="complex"'  # its description follows, so the line is a block
_INCLUDE = re.compile(r"\[!INCLUDE\s*\[([^\]]*)\]\(([^)]*)\)\s*\]", re.IGNORECASE)
_CODE = re.compile(r"\[!code-?([\w+#-]*)\s*\[([^\]]*)\]\(([^)]*)\)\s*\]", re.IGNORECASE)
_NEEDED = re.compile(r":::|\[!(?:include|code)|^ {4,}<video|^\t+<video", re.IGNORECASE | re.MULTILINE)
_BRACKET, _ESCAPED = re.compile(r"([\[\]\\])"), r"\\\1"
_VIDEO_START = re.compile(r"^(?: {4,}|\t+)<(video(?:group)?)\b", re.IGNORECASE)
_MARKER = re.compile(r"^ {0,3}(?:[*+-]|\d{1,9}[.)])[ \t]")
BLOCKS = {"row": "row", "column": "column", "zone": "zone", "moniker": "zone"}


def prepare(body: str, context: Context) -> str:
    """The body with its directives written as Markdown or marks; code is left alone, and so are the line numbers."""
    if not _NEEDED.search(body):
        return body
    lines, fence = body.split("\n"), ""
    for index, line in enumerate(lines):
        mark = _FENCE.match(line)
        if mark and (not fence or (mark[1][0] == fence[0] and len(mark[1]) >= len(fence))):
            fence = "" if fence else mark[1]
        elif not fence:
            lines[index] = _line(line, context)
            if _VIDEO_START.match(line) and not _in_list(lines, index):
                _pull_out(lines, index)
    return "\n".join(lines)


def _line(line: str, context: Context) -> str:
    if ":::" in line:
        line = _NO_LOC.sub(lambda match: match[1], line)
        line = _INLINE_IMAGE.sub(lambda match: match[0] if _COMPLEX in match[1] else _image(match[1]), line)
        if (match := _LINE.match(line)) and match[3].lower() != "section":
            return match[1] + _directive(match[3].lower(), match[4], match[1], line.strip(), context)
    if "[!" in line:
        line = _INCLUDE.sub(lambda match: _single("include", match[1] or match[2]), line)
        line = _CODE.sub(lambda match: _single("code", match[2] or match[3]), line)
    return line


def _directive(word: str, rest: str, indent: str, whole: str, context: Context) -> str:
    values = {name.lower(): first or second for name, first, second in _ATTRIBUTE.findall(rest)}
    if word == "image":
        described = values.get("type") == "complex"
        return _image(rest) + (f"\n\n{indent}{_mark('image-description')}" if described else "")
    if word == "image-end":
        return _mark("/image-description")
    if word.endswith("-end") and word[:-4] in BLOCKS:
        return _mark("/" + word[:-4])
    if word in BLOCKS:
        return _mark(word, values.get("pivot") or values.get("range") or values.get("target") or "")
    if word == "code":
        return _single("code", values.get("source", ""))
    context.report("directive-unknown", f"{whole[:120]} is not known here; it is shown as text.", whole)
    return whole


def _image(rest: str) -> str:
    values = {name.lower(): first or second for name, first, second in _ATTRIBUTE.findall(rest)}
    words = "" if values.get("type") == "icon" else values.get("alt-text", "")
    address = values.get("source", "").replace("<", "%3C").replace(">", "%3E")
    return f"![{_BRACKET.sub(_ESCAPED, words)}](<{address}>)"


def _mark(word: str, payload: str = "") -> str:
    return f"<!--{MARK}{word} {quote(payload, safe='').replace('-', '%2D')}-->"


def _single(word: str, payload: str) -> str:
    return _mark("!" + word, payload)


def _in_list(lines: list[str], index: int) -> bool:
    """Whether the line belongs to a list item, where its indent does not make it code."""
    for line in reversed(lines[:index]):
        if _MARKER.match(line):
            return True
        if line.strip() and not line.startswith((" ", "\t")):
            return False
    return False


def _pull_out(lines: list[str], index: int) -> None:
    """Take the indent off a video group, which Markdown would take for code; blank lines would end it too early."""
    end = f"</{_VIDEO_START.match(lines[index])[1]}".lower()
    for place in range(index, min(index + 200, len(lines))):
        lines[place] = lines[place].strip() or " "
        if end in lines[place].lower():
            return


def shown(word: str, payload: str, context: Context) -> list[Node]:
    """The hint for a part that is kept in another file."""
    label = "include" if word == "include" else "code-reference"
    context.report(f"{label}-not-shown", f"{payload[:200]} is kept in another file; its title is shown.", payload)
    return [added("span", label, context.label(label, title=payload))]


def _zone(payload: str, children: list[Node], context: Context) -> list[Node]:
    label = added("p", "zone-label", context.label("zone", zone=payload))
    return [Element("section", {"class": "zone"}, [label, *children])]


def _details(payload: str, children: list[Node], context: Context) -> list[Node]:
    return [Element("div", {"class": "long-description"}, children)]


_WRAPPERS: dict[str, Callable[[str, list[Node], Context], list[Node]]] = {
    "zone": _zone,
    "moniker": _zone,
    "image-description": _details,
}


def wrapped(word: str, payload: str, children: list[Node], context: Context) -> list[Node]:
    """The element for a block directive and what stood between its two marks."""
    if wrapper := _WRAPPERS.get(word):
        return wrapper(payload, children, context)
    return [Element("div", {"class": BLOCKS.get(word, "row")}, children)]
