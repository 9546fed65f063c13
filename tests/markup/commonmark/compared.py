"""The tree of an HTML text in a form that can be compared: elements with what matters of them, and words."""

from __future__ import annotations

import cmarkgfm
import lxml.html
from cmarkgfm.cmark import Options

from portal.markup.commonmark.tags import with_placeholders_as_text

_ATTRIBUTES = ("href", "src", "start", "align", "alt", "title", "checked")


def reference(source: str) -> str:
    """What cmark-gfm makes of it, placeholders as text."""
    return with_placeholders_as_text(cmarkgfm.github_flavored_markdown_to_html(source, Options.CMARK_OPT_UNSAFE))


def compared(html: str) -> list[object]:
    """Tags with their attributes, end tags and words in the order of the page; paragraphs only part words."""
    out: list[object] = []
    _walk(lxml.html.fragment_fromstring(html or "<p></p>", create_parent="div"), out)
    return [" ".join(part.split()) if isinstance(part, str) else part for part in _joined(out)]


def _walk(element, out: list[object]) -> None:
    shown = isinstance(element.tag, str) and element.tag != "p"
    out.append(
        (element.tag, *((name, element.get(name)) for name in _ATTRIBUTES if name in element.attrib)) if shown else " "
    )
    if isinstance(element.tag, str):
        out.append(element.text or "")
        for child in element:
            _walk(child, out)
    out.append(("/", element.tag) if shown else " ")
    out.append(element.tail or "")


def _joined(parts: list[object]) -> list[object]:
    joined: list[object] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return [part for part in joined if not isinstance(part, str) or part.strip()]
