"""Bytes to text: byte order marks, cp1252, line ends, stray control characters, and mojibake repaired run by run."""

from __future__ import annotations

import re

from portal.markup.source import UNIT_END, UNIT_START, UNIT_TEXT, NotAnArticle, Unreadable
from portal.problems import Problem, Severity

LONGEST_FILE = 8 * 1024 * 1024

_NOT_CP1252 = "\N{REPLACEMENT CHARACTER}"
# What `surrogateescape` makes of bytes that are not UTF-8, read as cp1252; five bytes of it mean nothing.
_CP1252 = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_ESCAPED = re.compile("[\udc80-\udcff]")

# Bytes 0x80 to 0xBF as cp1252 shows them. Software that made mojibake kept the five undefined ones as C1 controls.
_SHOWN = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0x100)}
_BYTE = {ord(shown): byte for byte, shown in _SHOWN.items()}
_TAIL = "[" + "".join(_SHOWN[byte] for byte in range(0x80, 0xC0)) + "]"
_RUN = re.compile(f"(?:[\u00c2-\u00df]{_TAIL}|[\u00e0-\u00ef]{_TAIL}{{2}}|[\u00f0-\u00f4]{_TAIL}{{3}})+")
# Sequences that no language of ours writes by itself. Others (`Ä“`, the end of a German quotation) may be meant, so
# that they count only three in a row.
_GIVEAWAY = re.compile(f"(?:Ã{_TAIL}|Â[\u00a0-\u00bf]|â[€†„ˆ‚–—™œ˜]{_TAIL}|ï[»¼½¿]{_TAIL}|ðŸ{_TAIL}{{2}})+")

_UNWANTED = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f{UNIT_START}{UNIT_TEXT}{UNIT_END}]")
_LINE_END = re.compile("\r\n?")


def decode(data: bytes) -> tuple[str, list[Problem]]:
    """The text of a file with `\\n` at the end of lines and no byte order mark, and what had to be repaired.

    Raises NotAnArticle for a binary file and Unreadable for one above LONGEST_FILE bytes.
    """
    if len(data) > LONGEST_FILE:
        raise Unreadable(_too_long(len(data)))
    problems: list[Problem] = []
    text = _from_bytes(data, problems)
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    text = _without_unwanted(_without_marks(text, problems), problems)
    if not text.isascii():
        text = _without_mojibake(text, problems)
    return text, problems


def line_at(text: str, offset: int) -> int:
    """The line, from 1, that a place in the text stands on."""
    return text.count("\n", 0, offset) + 1


def _too_long(size: int) -> Problem:
    return Problem(
        code="file-too-large",
        severity=Severity.ERROR,
        message=f"The file has {size:,} bytes, more than the {LONGEST_FILE:,} an article may have; "
        "split it, or move its pictures to files of their own.",
    )


def _from_bytes(data: bytes, problems: list[Problem]) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        problems.append(_not_utf8("UTF-16", 1))
        return data.decode("utf-16", "replace")
    if b"\0" in data[:1024]:
        raise NotAnArticle("It holds binary data, not text.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.append(_not_utf8("Windows-1252", line_at(data[: error.start].decode("latin-1"), error.start)))
        return data.decode("utf-8", "surrogateescape").translate(_CP1252)


def _not_utf8(name: str, line: int) -> Problem:
    return Problem(
        code="not-utf-8", line=line, message=f"The file is not UTF-8 and was read as {name}; save it as UTF-8."
    )


def _without_marks(text: str, problems: list[Problem]) -> str:
    bare = text.lstrip("\ufeff")
    if len(text) - len(bare) > 1:
        message = "The file begins with more than one byte order mark; save it with one or none."
        problems.append(Problem(code="double-byte-order-mark", line=1, severity=Severity.NOTE, message=message))
    return bare


def _without_unwanted(text: str, problems: list[Problem]) -> str:
    found = _UNWANTED.search(text)
    if not found:
        return text
    stripped = text.rstrip("\x1a")
    if stripped != text:
        message = "The file ends in an end-of-file character of old systems (0x1A); remove it."
        last = line_at(text, len(stripped))
        problems.append(Problem(code="end-of-file-character", line=last, severity=Severity.NOTE, message=message))
    found = _UNWANTED.search(stripped)
    if not found:
        return stripped
    message = f"A character that text cannot hold (U+{ord(found[0]):04X}) was left out; remove it."
    problems.append(Problem(code="unwanted-character", line=line_at(stripped, found.start()), message=message))
    return _UNWANTED.sub("", stripped)


def _without_mojibake(text: str, problems: list[Problem]) -> str:
    first: re.Match[str] | None = None

    def repair(run: re.Match[str]) -> str:
        nonlocal first
        repaired = _repaired(run[0])
        if repaired != run[0] and first is None:
            first = run
        return repaired

    whole = _RUN.sub(repair, text)
    if first is not None:
        message = (
            f"“{first[0][:20]}” is UTF-8 that was saved as Windows-1252; it was read as “{_repaired(first[0])[:20]}”."
        )
        message += " Replace it in the file."
        problems.append(Problem(code="mojibake", line=line_at(text, first.start()), message=message))
    return whole


def _repaired(run: str) -> str:
    """The run read as it was meant, or itself where that fails or it may well be meant as it stands."""
    if _GIVEAWAY.fullmatch(run) or len(_decoded(run) or "   ") > 2:
        return _decoded(run) or run
    return _GIVEAWAY.sub(lambda part: _decoded(part[0]) or part[0], run)


def _decoded(run: str) -> str | None:
    try:
        meant = bytes(_BYTE[ord(character)] for character in run).decode("utf-8")
    except (UnicodeDecodeError, KeyError):
        return None
    return meant if all(character >= "\u00a0" for character in meant) else None
