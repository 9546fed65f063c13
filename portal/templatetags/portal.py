"""Template words of the portal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from portal import flows
from portal.pages import vocabulary

register = template.Library()


@register.filter
def pieces(words: str) -> Any:
    """The runs of a flow's words: plain ones, and names or commands that read left to right in every language."""
    return flows.pieces(words)


@register.filter
def said(words: str) -> str:
    """Words of a layer without Django, in the reader's language."""
    return vocabulary.said(words)


@register.filter
def host(address: str) -> str:
    """The host of an address, to name a source by."""
    return address.partition("://")[2].partition("/")[0]


@register.filter
def of(table: Mapping[Any, Any], key: Any) -> Any:
    """The entry of a mapping for a key that is no literal."""
    return table.get(key)


@register.filter
def unlocalized(number: float) -> str:
    """A number as SVG writes it, whatever sign the reader's language puts before decimals."""
    return f"{number:g}"


@register.filter
def words(text: str) -> list[str]:
    """The words of a text, to loop over."""
    return text.split()
