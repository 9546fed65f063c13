"""One article file, in whatever dialect its content shows, to a Source; nothing here opens a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from portal.markup import frontmatter, headers, jsonkinds, properties, spans
from portal.markup.encoding import decode, line_at
from portal.markup.fields import Fields
from portal.markup.keys import ALCHEMY_ONLY, LEARN_ONLY, NATIVE_ONLY
from portal.markup.source import Header, NotAnArticle, Source, Unreadable
from portal.markup.values import GUID, plain
from portal.problems import Problem, Severity

MOST_PROBLEMS = 100

# The names of the dialects, and who makes a Header of each one's fields.
HEADERS: dict[str, Callable[[Fields], Header]] = {
    "selfhelp": headers.selfhelp,
    "alchemy": headers.alchemy,
    "learn": headers.learn,
    "native": headers.native,
}

_YAML_PAGE = re.compile(r"\s{0,200}#{1,6}[ \t]*YamlMime\b", re.IGNORECASE)
_TOPIC = re.compile(rf"\s*(?:[0-9]{{1,12}}|{GUID.pattern})\s*", re.IGNORECASE)
_TITLE = re.compile(r"^ {0,3}#[ \t](.*)$", re.MULTILINE)
_TAGS = re.compile(r"<[^<>]{0,400}>")
_BLANK_LINES = re.compile(r"(?:[ \t]*\n)*")


def read(data: bytes, path: str) -> Source:
    """The article in a file's bytes. `path` is only named in problems, relative to the root, and never opened.

    Raises NotAnArticle for a file that is something else, and Unreadable for an article that cannot be parsed; nothing
    else, and in time linear to the size of the file.
    """
    try:
        source = _read(data)
    except Unreadable as error:
        raise Unreadable(error.problem.at(path)) from error
    return replace(source, problems=tuple(problem.at(path) for problem in _in_order(source.problems)))


def _read(data: bytes) -> Source:
    text, problems = decode(data)
    if not text.strip():
        raise NotAnArticle("The file is empty.")
    if matter := frontmatter.read(text):
        fields, at = matter
        dialect, start = _dialect(fields, text), at
        body = text
    elif (header_at := properties.find(text)) is not None:
        fields, at = properties.read(text, header_at)
        dialect = "selfhelp"
        body, start = _with_what_stands_before(text, header_at, at, fields)
    else:
        raise NotAnArticle(_why_not(text))
    header = HEADERS[dialect](fields)
    start = _BLANK_LINES.match(body, start).end()
    source = Source(kind=header.kind, dialect=dialect, header=header, body=body[start:], body_line=line_at(body, start))
    source = _with_data(source) if header.kind.is_json else _with_both_sides(source)
    return replace(source, problems=(*problems, *fields.problems, *source.problems))


def _dialect(fields: Fields, text: str) -> str:
    """By what the front matter holds: our own keys, those of a localization build, or those of a docs article."""
    keys = fields.raw.keys()
    has_ms = any(key.startswith("ms.") for key in keys)
    if not has_ms and keys & NATIVE_ONLY:
        return "native"
    custom = fields.words("ms.custom")
    if any(_TOPIC.fullmatch(word) for word in ",".join(custom).split(",")):
        return "alchemy"
    if keys & LEARN_ONLY:
        return "learn"
    if keys & ALCHEMY_ONLY or "data-ttu-id" in text or (custom == [] and "ms.custom" in keys):
        return "alchemy"
    if has_ms or "title" in keys or "services" in keys:
        return "learn"
    raise NotAnArticle("Its front matter has no key of an article; add at least a title.")


def _why_not(text: str) -> str:
    if _YAML_PAGE.match(text):
        return "It is a YamlMime page, made of data for another site, not an article in Markdown."
    return "It has no header: neither front matter between two “---” lines nor “<properties … />”, so it is no article."


def _with_what_stands_before(text: str, header_at: int, end: int, fields: Fields) -> tuple[str, int]:
    """The text to take the body from, and where it starts: behind the header, or before it if words stand there.

    In that case the header is replaced by as many blank lines, so that every line keeps its number.
    """
    if not properties.before_header(text, header_at):
        return text, end
    message = "Text stands before the header; it was kept as the beginning of the article. Move it below the header."
    fields.note("text-before-header", line_at(text, header_at), message)
    lines = "\n" * max(text.count("\n", header_at, end), 1)
    return text[:header_at].rstrip(" \t") + lines + "\n" * (not text.startswith("\n", end)) + text[end:], 0


def _with_data(source: Source) -> Source:
    parsed = jsonkinds.read(source.body, source.body_line)
    return replace(source, data=parsed.data, body=parsed.around.strip(), problems=tuple(parsed.problems))


def _with_both_sides(source: Source) -> Source:
    both = spans.split(source.body, source.body_line)
    if both is None:
        return source
    header = source.header
    if not header.original_title:
        header = replace(header, original_title=_title_of(both.original))
    return replace(
        source,
        header=header,
        body=both.local,
        original_body=both.original,
        marked_body=both.marked_local,
        marked_original=both.marked_original,
        pairs=both.pairs,
        problems=both.problems,
    )


def _title_of(body: str) -> str:
    title = _TITLE.search(body)
    return plain(" ".join(_TAGS.sub("", title[1]).split()).rstrip("#").rstrip()) if title else ""


def _in_order(problems: tuple[Problem, ...]) -> list[Problem]:
    ordered = sorted(problems, key=lambda problem: problem.line or 0)
    if len(ordered) <= MOST_PROBLEMS:
        return ordered
    message = f"{len(ordered) - MOST_PROBLEMS} more problems are not listed; correct these first and import again."
    more = Problem(code="more-problems", severity=Severity.NOTE, line=ordered[MOST_PROBLEMS].line, message=message)
    return [*ordered[:MOST_PROBLEMS], more]
