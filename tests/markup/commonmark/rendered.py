"""Markdown to HTML as the tests of this folder ask for it: with the core alone, one line per block."""

from __future__ import annotations

import markdown

from portal.markup.commonmark import CommonMarkExtension
from portal.markup.source import UNIT_END, UNIT_START, UNIT_TEXT


def html(source: str) -> str:
    return markdown.Markdown(extensions=[CommonMarkExtension()]).convert(source)


def one_line(source: str) -> str:
    """The HTML without the newlines between blocks, which the eye does not need."""
    return html(source).replace("\n", "")


def inline(source: str) -> str:
    """What one paragraph holds."""
    result = html(source)
    assert result.startswith("<p>"), result
    assert result.endswith("</p>"), result
    return result[3:-4]


def unit(name: str, text: str) -> str:
    return f"{UNIT_START}{name}{UNIT_TEXT}{text}{UNIT_END}"
