"""Which HTML tags pass as tags: the table of names, and what becomes of all other names (they are text)."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files


def _tables() -> dict[str, frozenset[str]]:
    table = tomllib.loads(files(__package__).joinpath("tags.toml").read_text("utf-8"))
    return {key: frozenset(names.split()) for key, names in table.items()}


_TABLES = _tables()
KNOWN_TAGS = _TABLES["known"]
FILTERED_TAGS = _TABLES["filtered"]
BLOCK_TAGS = _TABLES["block"]
VOID_TAGS = _TABLES["void"]
_RAW_TAGS = KNOWN_TAGS - FILTERED_TAGS

_TAG = re.compile(r"</?([A-Za-z][\w.:-]*)(?:\s[^<>]*)?/?>")
_FILTERED = re.compile(rf"<(?=/?(?:{'|'.join(sorted(FILTERED_TAGS))})(?:[\s>]|/>))", re.IGNORECASE)


def is_raw(name: str) -> bool:
    """Whether a tag of that name is written into the page as a tag."""
    return name.lower() in _RAW_TAGS


def with_placeholders_as_text(html: str) -> str:
    """The HTML with every tag of an unknown or filtered name escaped."""
    return _TAG.sub(_as_text_when_unknown, _FILTERED.sub("&lt;", html))


def _as_text_when_unknown(tag: re.Match[str]) -> str:
    if tag[1].lower() in KNOWN_TAGS:
        return tag[0]
    return tag[0].replace("<", "&lt;").replace(">", "&gt;")
