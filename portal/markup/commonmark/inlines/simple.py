"""Small inline constructs: code spans, escapes, entities, line ends, raw HTML (CommonMark section 6)."""

from __future__ import annotations

import re
from bisect import bisect_left
from xml.etree.ElementTree import Element

from ..escapes import ENTITY, PUNCTUATION, decoded
from ..raw_tags import CLOSING_TAG, OPEN_TAG
from ..serializing import raw_html
from ..tags import is_raw
from .scan import Scan

_BACKTICKS = re.compile(r"`+")
_TAG = re.compile(rf"{OPEN_TAG}|{CLOSING_TAG}")
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
# Matches anywhere, if only nothing, so that `match` never answers None.
_BLANKS = re.compile(r"[ \t]*")
_COMMENT = re.compile(r"<!--(?:-?>|(?>[^\x00-]|-[^\x00-]|--[^\x00>])*+-->)")
_DECLARATION = re.compile(r"<![A-Z]+[ \t\n\v\f\r]")


def scan_code(scan: Scan, at: int) -> int | None:
    text = scan.text
    opening = _BACKTICKS.match(text, at)
    assert opening
    start, length = opening.end(), opening.end() - at
    closing = _next_backticks(scan, start, length)
    if closing is None:
        scan.pieces.append(opening[0])
        return start
    content = text[start:closing].replace("\n", " ")
    if content[0] == content[-1] == " " and content.strip(" "):
        content = content[1:-1]
    code = Element("code")
    code.text = content
    scan.pieces.append(code)
    return closing + length


def _next_backticks(scan: Scan, at: int, length: int) -> int | None:
    """Where the next run of exactly so many backticks starts; all runs are looked up once per text."""
    if scan.backticks is None:
        scan.backticks = {}
        for run in _BACKTICKS.finditer(scan.text):
            scan.backticks.setdefault(len(run[0]), []).append(run.start())
    starts = scan.backticks.get(length, [])
    index = bisect_left(starts, at)
    return starts[index] if index < len(starts) else None


def scan_escape(scan: Scan, at: int) -> int | None:
    following = scan.text[at + 1 : at + 2]
    if following == "\n":
        return _break_line(scan, at + 1)
    if not following or following not in PUNCTUATION:
        return None
    scan.pieces.append(following)
    return at + 2


def scan_entity(scan: Scan, at: int) -> int | None:
    entity = ENTITY.match(scan.text, at)
    if not entity:
        return None
    scan.pieces.append(decoded(entity))
    return entity.end()


def scan_line_end(scan: Scan, at: int) -> int:
    if at > 1 and scan.text.startswith("  ", at - 2):
        return _break_line(scan, at)
    scan.pieces.append("\n")
    return _BLANKS.match(scan.text, at + 1).end()


def _break_line(scan: Scan, at: int) -> int:
    line_break = Element("br")
    scan.pieces.append(line_break)
    scan.pieces.append("\n")
    return _BLANKS.match(scan.text, at + 1).end()


def scan_raw_html(scan: Scan, at: int) -> int | None:
    """A tag, comment, instruction, declaration or CDATA; a tag of an unknown name is text as it stands."""
    text = scan.text
    tag = _TAG.match(text, at)
    if tag:
        name = _TAG_NAME.match(text, at)
        assert name
        scan.pieces.append(raw_html(tag[0]) if is_raw(name[1]) else tag[0])
        return tag.end()
    end = _end_of_other_html(scan, at)
    if end is None:
        return None
    scan.pieces.append(raw_html(text[at:end]))
    return end


def _end_of_other_html(scan: Scan, at: int) -> int | None:
    text = scan.text
    if text.startswith("<!--", at):
        return _end_of_comment(scan, at)
    if text.startswith("<?", at):
        return _end_after(scan, "?>", at + 2)
    if text[at : at + 9].upper() == "<![CDATA[":
        return _end_after(scan, "]]>", at + 9)
    if _DECLARATION.match(text, at):
        return _end_after(scan, ">", at + 2)
    return None


def _end_of_comment(scan: Scan, at: int) -> int | None:
    """After one that does not end, later ones are not tried: every try may read to the end of the text."""
    if "<!--" in scan.hopeless:
        return None
    comment = _COMMENT.match(scan.text, at)
    if comment:
        return comment.end()
    scan.hopeless.add("<!--")
    return None


def _end_after(scan: Scan, ending: str, at: int) -> int | None:
    if ending in scan.hopeless:
        return None
    found = scan.text.find(ending, at)
    if found < 0:
        scan.hopeless.add(ending)
        return None
    return found + len(ending)
