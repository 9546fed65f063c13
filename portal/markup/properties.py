"""The `<properties … />` header of SelfHelpContent, read as its 15,585 files write it (dialects.md 1.2), and worse."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from portal.markup.encoding import line_at
from portal.markup.fields import LONGEST_HEADER, Fields
from portal.markup.source import Unreadable
from portal.problems import Problem, Severity

BLANK = "\\s\u200b\u200c\u200d\u2060\ufeff"
_START = re.compile(rf"<properties(?=[{BLANK}/>])", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CLEAN = re.compile(r'\s*([A-Za-z][\w.-]*)[ \t]*=[ \t]*"([^"\n]*)"(?=[ \t]*\n|[ \t]+[A-Za-z][\w.-]*[ \t]*=|[ \t]*/>)')
_SPACE = re.compile(rf"[{BLANK}]+")
_ODD_SPACE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00a0\u202f]")
_KEY = re.compile(rf"([A-Za-z][\w.-]*)[{BLANK}]{{0,50}}=(?:[{BLANK}]{{0,50}}(?=[\"'“”„‘’])|[^\S\n]{{0,50}})")
_UNQUOTED = re.compile(r"[^\n\"'<>]*?(?=[^\S\n]{1,20}[A-Za-z][\w.-]{0,40}[ \t]{0,20}=|[ \t]{0,20}/>|[\n\"'<>]|\Z)")
_STRAY = re.compile(r"[^\s=/>]+")
# What may follow a closing quote; another quote in its place belongs to the value.
_AFTER = re.compile(rf"[\"'”’]?,?[{BLANK}]*(?:/?>|<!--|\Z|[A-Za-z][\w.-]*[ \t]*=)|[\"'”’]?,?[^\S\n]*\n")
# A value that runs over one of these never ended where it seems to.
_OVERRUN = re.compile(r"\n[^\S\n]*[A-Za-z][\w.-]*[^\S\n]*=[^\S\n]*[\"'“”‘]|\n[^\S\n]*/>|/>[^\S\n]*\n")
_MORE = re.compile(r"^[^\S\n]*(?:/>|[A-Za-z][\w.-]*[^\S\n]*=[^\S\n]*[\"'“]|(#|---))", re.MULTILINE)

CLOSING = {
    quote: re.compile(f"[{closing}]")
    for quote, closing in {'"': '"', "'": "'", "“": '”“"', "”": '”"', "„": '”“"', "‘": "’'", "’": "’'"}.items()
}
ALL_QUOTES = "\"'“”„‘’"
MOST_QUOTES = 40
# How far to look whether a header goes on after something strange in it, in characters.
LOOK_AHEAD = 1000
# Keys that can start on the same line after a value that was never closed.
_SAME_LINE = re.compile(
    r"\s(?:service|resource|authors?|ms\.author|displayOrder|selfHelpType|supportTopicIds|resourceTags|productPesIds|"
    r"cloudEnvironments|disableClouds|articleId|ownershipId|pageTitle|description)[ \t]*=[ \t]*[\"']",
    re.IGNORECASE,
)


@dataclass
class Cursor:
    """How far a header has been read."""

    text: str
    at: int
    end: int
    fields: Fields

    @property
    def line(self) -> int:
        return line_at(self.text, self.at)

    def warn(self, code: str, message: str) -> None:
        self.fields.warn(code, self.line, message)

    def note(self, code: str, message: str) -> None:
        self.fields.note(code, self.line, message)


def find(text: str) -> int | None:
    """Where the header starts, or None; one that stands in code or in a comment is only talked about."""
    for start in _START.finditer(text, 0, LONGEST_HEADER):
        before = text[: start.start()]
        line = before[before.rfind("\n") + 1 :]
        in_comment = before.rfind("<!--") > before.rfind("-->")
        in_code = "```" in before or "~~~" in before or line.count("`") % 2 == 1
        if not in_comment and not in_code:
            return start.start()
    return None


def read(text: str, start: int) -> tuple[Fields, int]:
    """The fields of the header that starts there, and where the body begins.

    Raises Unreadable only when nothing follows a header that never ends, as a file cut off in the middle has it.
    """
    end = min(len(text), start + LONGEST_HEADER)
    cursor = Cursor(text, start + len("<properties"), end, Fields())
    while not _take(cursor):
        pass
    return cursor.fields, cursor.at


def before_header(text: str, start: int) -> str:
    """What stands before the header and is no comment; twenty real files have their only H1 there."""
    return _COMMENT.sub("", text[:start]).strip()


def _take(cursor: Cursor) -> bool:
    """Read one thing; True when the header is over."""
    text, at = cursor.text, cursor.at
    if clean := _CLEAN.match(text, at, cursor.end):
        cursor.fields.add(clean[1], _decoded(clean[2]), line_at(text, clean.start(1)))
        cursor.at = clean.end()
        return False
    if space := _SPACE.match(text, at, cursor.end):
        if _ODD_SPACE.search(space[0]):
            cursor.note("odd-space", "An invisible or odd blank stands between the keys; replace it by a plain one.")
        cursor.at = space.end()
        return False
    if text.startswith("/>", at):
        cursor.at += 2
        return True
    if at >= cursor.end:
        return _cut_off(cursor)
    if key := _KEY.match(text, at, cursor.end):
        _take_value(cursor, key)
        return False
    return _skip(cursor)


def _cut_off(cursor: Cursor) -> bool:
    message = (
        "The header never ends and no text follows it, as if the file were cut off; end it with “/>”, add the text."
    )
    if cursor.end < len(cursor.text):
        message = f"The header does not end within {LONGEST_HEADER:,} characters; end it with “/>”."
    problem = Problem(code="header-not-closed", line=cursor.line, message=message, severity=Severity.ERROR)
    raise Unreadable(problem)


def _skip(cursor: Cursor) -> bool:
    """Step over what is no attribute; True when it is the body already."""
    text, at = cursor.text, cursor.at
    if text.startswith("<!--", at):
        end = text.find("-->", at, cursor.end)
        cursor.note("comment-in-header", "A comment stands inside the header; move it below.")
        cursor.at = end + 3 if end >= 0 else _line_end(text, at, cursor.end)
        return False
    if text[at] == ">":
        cursor.warn("header-not-closed", "The header ends with “>”; write “/>”.")
        cursor.at += 1
        return True
    if _starts_line(text, at) and not _goes_on(text, at, cursor.end):
        cursor.warn("header-not-closed", "The header is not closed before this line; add “/>” above it.")
        return True
    if text[at] == ",":
        cursor.warn("comma-in-header", "A comma stands between two keys; remove it.")
        cursor.at += 1
    elif text[at] in ALL_QUOTES:
        cursor.warn("stray-quote", "A quotation mark too many stands here; remove it.")
        cursor.at += 1
    else:
        stray = _STRAY.match(text, at, cursor.end)
        cursor.at = stray.end() if stray else at + 1
        cursor.fields.warn(
            "stray-text",
            line_at(text, at),
            f'“{text[at : cursor.at][:40]}” is no key with a value; remove it or write it as key="value".',
        )
    return False


def _take_value(cursor: Cursor, key: re.Match[str]) -> None:
    text = cursor.text
    line = line_at(text, key.start())
    cursor.at = key.end()
    quote = text[key.end()] if key.end() < cursor.end else ""
    if quote not in CLOSING:
        bare = _UNQUOTED.match(text, key.end(), cursor.end)
        value = bare[0].rstrip(" \t,") if bare else ""
        cursor.fields.warn("value-not-quoted", line, f"The value of {key[1]} has no quotation marks; add them.")
        cursor.at = key.end() + len(value)
    else:
        if quote not in "\"'":
            message = f"The value of {key[1]} stands in curly quotation marks; use straight ones."
            cursor.fields.warn("curly-quotes", line, message)
        value = _quoted(cursor, key[1], line, CLOSING[quote])
    if "\n" in value:
        cursor.fields.note("line-break-in-value", line, f"The value of {key[1]} is broken over lines; join them.")
    cursor.fields.add(key[1], _decoded(value), line)


def _quoted(cursor: Cursor, key: str, line: int, closing: re.Pattern[str]) -> str:
    """The value after an opening quote; `cursor.at` stands on that quote and moves behind the closing one."""
    text, start = cursor.text, cursor.at + 1
    close = _closing_quote(text, start, cursor.end, closing)
    if close is not None:
        value = text[start:close]
        overrun = _OVERRUN.search(value) if "\n" in value else _SAME_LINE.search(value)
        if not overrun:
            cursor.at = close + 1
            return value
    stop = _line_end(text, start, cursor.end)
    same_line = _SAME_LINE.search(text, start, stop)
    if same_line:
        stop = same_line.start()
    value = text[start:stop].rstrip()
    if value.endswith("/>"):
        value = value[:-2].rstrip()
    cursor.at = start + len(value)
    cursor.fields.warn("quote-not-closed", line, f"The value of {key} has no closing quotation mark; add it.")
    return value.rstrip(ALL_QUOTES)


def _closing_quote(text: str, start: int, end: int, closing: re.Pattern[str]) -> int | None:
    """The first quote that something fitting follows; quotes inside the value (`"all "x" y"`) are passed over."""
    first = None
    at = start
    for _ in range(MOST_QUOTES):
        found = closing.search(text, at, end)
        if not found:
            break
        at = found.start()
        if _AFTER.match(text, at + 1, end):
            return at
        first = at if first is None else first
        at += 1
    return first if first is not None and "\n" not in text[start:first] else None


def _line_end(text: str, at: int, end: int) -> int:
    place = text.find("\n", at, end)
    return end if place < 0 else place


def _goes_on(text: str, at: int, end: int) -> bool:
    """Whether more keys or the end of the header come before the next heading."""
    more = _MORE.search(text, at, min(end, at + LOOK_AHEAD))
    return bool(more and not more[1])


def _starts_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()


def _decoded(value: str) -> str:
    """The value with entities decoded, line breaks made blanks, and blanks around it gone (`&#xD;` is one of them)."""
    if "&" in value:
        value = unescape(value)
    value = " ".join(value.split()) if "\n" in value or "\r" in value else value.strip()
    return value.strip("\u200b\ufeff")
