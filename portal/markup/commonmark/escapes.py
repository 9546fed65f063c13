"""Backslash escapes and entities (CommonMark sections 2.4 and 2.5), and addresses fit for an attribute."""

from __future__ import annotations

import re
from html.entities import html5
from urllib.parse import quote

PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
ENTITY = re.compile(r"&(?:#([xX])([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([A-Za-z][A-Za-z0-9]{1,31}));")
_ESCAPE_OR_ENTITY = re.compile(rf"\\([{re.escape(PUNCTUATION)}])|{ENTITY.pattern}")
_UNSAFE_IN_ADDRESS = re.compile(r"[^A-Za-z0-9\-_.+!*'(),%#@?=;:/&$~]")
_SAFE_IN_ADDRESS = "-_.+!*'(),%#@?=;:/&$~"
_REPLACEMENT = "\ufffd"


def decoded(entity: re.Match[str]) -> str:
    """What a match of ENTITY stands for; the match itself when the name is none."""
    hexadecimal, digits, decimal, name = entity.groups()[-4:]
    if name:
        return html5.get(f"{name};", entity[0])
    code = int(digits, 16) if hexadecimal else int(decimal)
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return _REPLACEMENT
    return chr(code)


def unescaped(text: str) -> str:
    """Link destinations, titles and info strings: escapes and entities read, nothing else."""
    if "\\" not in text and "&" not in text:
        return text
    return _ESCAPE_OR_ENTITY.sub(lambda found: found[1] or decoded(found), text)


def address(text: str) -> str:
    """A link destination as it goes into `href`: percent-encoded where an address may not hold the character."""
    if not _UNSAFE_IN_ADDRESS.search(text):
        return text
    return quote(text, safe=_SAFE_IN_ADDRESS, errors="replace")
