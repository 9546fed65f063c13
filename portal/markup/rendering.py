"""From what reading gives to what a page shows: safe HTML, its contents, its plain text, and what was wrong with it."""

from __future__ import annotations

import re
import threading
from collections import Counter
from dataclasses import dataclass, replace
from html import escape

import markdown

from portal import locales
from portal.markup import sanitizing
from portal.markup.commonmark import CommonMarkExtension, RepairsExtension
from portal.markup.dialects import directives, headings, notes, pairs
from portal.markup.dialects.context import Context, article_path, locale_of
from portal.markup.dialects.dressing import dress
from portal.markup.dialects.headings import Heading
from portal.markup.dialects.pictures import with_media
from portal.markup.dialects.tree import Element, elements, parse, text_of, write, write_children
from portal.markup.source import Kind, Source
from portal.problems import Problem

__all__ = ["Heading", "Rendered", "render", "with_media"]

MOST_CHARACTERS = 2_000_000  # of a body; more is shown as plain text
MOST_TAGS, MOST_DEPTH = 4_000, 2_000  # beyond both, nesting is an attack: HTML parsers are quadratic in it
_TAG = re.compile(r"<(/?)(?!br|col|hr|img|input|source|wbr)[a-zA-Z]", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """A text ready to be stored. HTML is sanitized, without the title's heading, and "" for JSON kinds.

    `html` is the local side, `original_html` the English side of a bilingual file, `both_html` the two in pairs.
    `title` is plain text; `title_html` its inner HTML when it was a heading. `links` are the `data-article` targets
    (article paths in the same collection), `media` the pictures wanted (source paths below the root; for the native
    dialect and stand-ins `slug/media/name.svg`). `problems` are those of rendering only.
    """

    html: str = ""
    original_html: str | None = None
    both_html: str | None = None
    title: str = ""
    title_html: str = ""
    original_title: str = ""
    original_title_html: str = ""
    headings: tuple[Heading, ...] = ()
    original_headings: tuple[Heading, ...] = ()
    text: str = ""
    original_text: str = ""
    links: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass
class _Side:
    """One language of a text, dressed."""

    root: Element
    title: Element | None
    headings: list[Heading]


def render(source: Source, *, path: str) -> Rendered:
    """The page parts of one article. `path` is its source path relative to the root. Never raises: what cannot be
    rendered is shown as plain text, with a problem."""
    context = _context(source, path)
    if source.kind.is_json:
        return Rendered(title=source.header.title)
    try:
        return _render(source, context)
    except Exception as error:  # the last net: a file that breaks the parser must not stop an import
        context.report("not-rendered", f"The text could not be rendered ({error!r:.200}); it is shown as plain text.")
        return _plain(source, context)


def _context(source: Source, path: str) -> Context:
    return Context(
        path=path,
        dialect=source.dialect,
        kind=source.kind,
        locale=locale_of(source.header.locale, path),
        topics=source.header.topics,
        title=source.header.title,
        body=source.body,
        body_line=source.body_line,
    )


def _render(source: Source, context: Context) -> Rendered:
    side = _side(source.marked_body or source.body, context, units=bool(source.pairs))
    title = _title(source, side, context)
    html = _finished(side.root)
    local = Rendered(
        html=html,
        title=title,
        title_html=_finished_title(side.title),
        headings=tuple(side.headings),
        text=_plain_text(side.root),
        links=tuple(context.links),
        media=tuple(context.media),
        problems=tuple(context.problems),
    )
    if source.original_body is None:
        return local
    return _with_original(local, source, context, side)


def _with_original(local: Rendered, source: Source, context: Context, side: _Side) -> Rendered:
    english = replace(
        context,
        locale=locales.get(locales.ENGLISH),
        quiet=True,
        ids=set(),
        repeated=Counter(),
        problems=[],
        links={},
        media={},
    )
    original = _side(source.marked_original or source.original_body or "", english, units=bool(source.pairs))
    words = " ".join(text_of(original.title).split()) if original.title else source.header.original_title
    return replace(
        local,
        original_html=_finished(original.root),
        original_title=words,
        original_title_html=_finished_title(original.title),
        original_headings=tuple(original.headings),
        original_text=_plain_text(original.root),
        both_html=_finished(pairs.both(side.root, original.root)),
    )


def _side(body: str, context: Context, *, units: bool) -> _Side:
    root = parse(sanitizing.disarm(_parsed(body, context), units=units))
    dress(root, context)
    listed = headings.anchor(root, context)
    title = headings.take_title(root)
    notes.add(root, context)
    return _Side(root, title, listed)


_LOCAL = threading.local()


def _parsed(body: str, context: Context) -> str:
    """The HTML that Markdown means, or the text itself where a parser would not come to an end."""
    if len(body) > MOST_CHARACTERS:
        context.report(
            "too-long", "The text has more than two million characters; it is shown as plain text. Split it."
        )
        return f"<pre>{escape(body)}</pre>"
    parser = getattr(_LOCAL, "markdown", None)
    if parser is None:
        parser = _LOCAL.markdown = markdown.Markdown(extensions=[CommonMarkExtension(), RepairsExtension()])
    html = parser.reset().convert(directives.prepare(body, context))
    context.repaired(parser.problems)
    if html.count("<") > MOST_TAGS and _depth(html) > MOST_DEPTH:
        context.report(
            "too-deep", "The text is nested thousands of levels deep; it is shown as plain text. Simplify it."
        )
        return f"<pre>{escape(body)}</pre>"
    return html


def _depth(html: str) -> int:
    """An upper bound of how deep elements are nested; an element whose end is left out counts as open."""
    depth = deepest = 0
    for match in _TAG.finditer(html):
        depth += -1 if match[1] else 1
        deepest = max(deepest, depth)
    return deepest


def _finished(root: Element) -> str:
    return sanitizing.clean(write(root)).strip()


def _finished_title(title: Element | None) -> str:
    return sanitizing.clean(write_children(title)).strip() if title is not None and title.children else ""


def _plain_text(root: Element) -> str:
    return "\n".join(line for written in text_of(root).split("\n") if (line := written.strip()))


def _title(source: Source, side: _Side, context: Context) -> str:
    """The title people see: a native text states it, apollo keeps it in its first H2, others in H1, else the header."""
    stated = source.header.title
    written = " ".join(text_of(side.title).split()) if side.title is not None else ""
    shown = next((heading.text for heading in side.headings if heading.level == 2), "")
    if source.dialect == "native" and stated:
        return stated
    if source.kind is Kind.APOLLO and shown:
        _mark_repeat(side.root)
        return shown
    return written or stated or shown or article_path(context.path).rpartition("/")[2]


def _mark_repeat(root: Element) -> None:
    """The heading that the page shows as its title; a stylesheet need not show it twice."""
    for element in elements(root):
        if element.tag == "h2":
            element.attrs["class"] = "title-repeat"
            return


def _plain(source: Source, context: Context) -> Rendered:
    text = source.body[:MOST_CHARACTERS]
    return Rendered(
        html=sanitizing.clean(f"<pre>{escape(text)}</pre>"),
        original_html=None,
        title=source.header.title or article_path(context.path).rpartition("/")[2],
        text=text,
        problems=tuple(context.problems),
    )
