"""Takes out of a comment what could tell who somebody is, before it is stored."""

from __future__ import annotations

import re

# Error codes stay (AADSTS50034, 0x80070005, 8344): they say what the comment is about. The order counts: the longest first.
SHAPES = (
    re.compile(r"(?:CN|OU|DC)=[^\n,]{1,200}(?:, ?(?:CN|OU|DC)=[^\n,]{1,200})+", re.IGNORECASE),
    re.compile(r"[^\s@<>()\",;:|]{1,64}@[^\s@<>()\",;:|]*\w"),
    re.compile(r"\b[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\b", re.IGNORECASE),
    re.compile(r"\bS-1-\d+(?:-\d+)+\b", re.IGNORECASE),
    re.compile(r"(?<![\w+/])[A-Za-z0-9+/]{22}=="),
    re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b"),
    re.compile(r"(?<![0-9a-f:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}\b", re.IGNORECASE),
    re.compile(r"(?<!\w)\+?\(?\d(?:[ ./()-]{0,2}\d){6,}(?!\w)"),
    re.compile(r"\b[A-Z0-9-]+\\[\w.-]+", re.IGNORECASE),
)
REMOVED = "[…]"


def redacted(comment: str) -> str:
    """The comment without addresses, ids, numbers of a telephone's length, and names of accounts; on sound lines."""
    text = "".join(letter for letter in comment if letter == "\n" or letter.isprintable()).strip()
    for shape in SHAPES:
        text = shape.sub(REMOVED, text)
    return text
