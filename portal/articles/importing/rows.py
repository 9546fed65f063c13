"""One article file as the row it becomes: read, rendered, placed; without the database, so that it can run in many processes."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import markdown
import nh3
import yaml

from portal import forms, locales, markup
from portal.articles.importing.reports import error
from portal.articles.searching.documents import search_row
from portal.forms.checking import problems_of
from portal.markup.encoding import decode
from portal.markup.naming import name_of
from portal.markup.reading import read
from portal.markup.rendering import Rendered, render
from portal.markup.source import Kind, NotAnArticle, Source, Unreadable
from portal.problems import Problem, Severity

# A text larger than this is no support article.
MOST_BYTES = 10 * 1024 * 1024
# Header values that are looked up are indexed, and Postgres indexes no value much longer.
LONGEST_KEY = 500
PICTURE_NOT_FOUND = "picture-not-found"


@dataclass(frozen=True, kw_only=True)
class Placing:
    """What an import knows of all its files: where they lie, what the command gave, and which pictures there are."""

    root: Path
    root_name: str
    collection: str | None
    locale: str | None
    pictures: frozenset[str]
    fingerprint: bytes


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one file: a row to store, or none when it is no article or could not be read."""

    source_path: str
    row: dict[str, Any] | None = None
    problems: tuple[Problem, ...] = ()
    rejected: bool = False


class CannotRead(Exception):
    """The bytes of a file are out of reach; the message says why and what to do."""


def fingerprint(locale: str | None) -> bytes:
    """Changes whenever the code that turns files into rows does, so that an upgrade renders every text anew."""
    return hashlib.sha256(_code() + repr(locale).encode()).digest()


@cache
def _code() -> bytes:
    digest = hashlib.sha256(repr((markdown.__version__, nh3.__version__, yaml.__version__)).encode())
    portal = Path(locales.__file__).parent
    packages = (Path(package.__file__).parent for package in (markup, forms))
    files = [file for package in packages for file in package.rglob("*") if file.suffix in {".py", ".toml"}]
    files += [portal / "clouds.py", portal / "locales.py", Path(__file__)]
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.digest()


def digest_of(data: bytes, fingerprint: bytes) -> str:
    return hashlib.sha256(fingerprint + data).hexdigest()


def bytes_of(file: Path) -> bytes:
    """The content of an article file. Raises CannotRead for what is gone, forbidden, too large, or no file."""
    try:
        about = file.stat()
        if not stat.S_ISREG(about.st_mode):
            raise CannotRead("This is not a file that can be read. Put the article itself there.")
        if about.st_size > MOST_BYTES:
            raise CannotRead(f"This file is larger than {MOST_BYTES // 1024 // 1024} MB. Split the article.")
        return file.read_bytes()
    except OSError as reason:
        raise CannotRead(f"This file cannot be read ({reason.strerror}). Correct that and import again.") from reason


def outcome_of(source_path: str, placing: Placing) -> Outcome:
    """Read and render one file. Never raises: what cannot be read is rejected with its reason."""
    try:
        data = bytes_of(placing.root / source_path)
        source = read(data, source_path)
        row = _row(source_path, data, source, placing)
    except NotAnArticle as reason:
        note = Problem(code="not-an-article", message=str(reason), severity=Severity.NOTE, path=source_path)
        return Outcome(source_path=source_path, problems=(note,))
    except Unreadable as reason:
        return _rejected(reason.problem.at(source_path))
    except CannotRead as reason:
        return _rejected(error("file-unreadable", source_path, str(reason)))
    except Exception as reason:  # the last net: a file that breaks the reader must not stop the others
        says = (
            f"The file breaks the reader ({reason!r:.200}). Tell the makers of the portal; its last good version stays."
        )
        return _rejected(error("not-read", source_path, says))
    return Outcome(source_path=source_path, row=row, problems=tuple(Problem(**one) for one in row["problems"]))


def _rejected(problem: Problem) -> Outcome:
    return Outcome(source_path=problem.path, problems=(problem,), rejected=True)


def _row(source_path: str, data: bytes, source: Source, placing: Placing) -> dict[str, Any]:
    header, rendered = source.header, render(source, path=source_path)
    problems = [problem.at(source_path) for problem in (*source.problems, *rendered.problems)]
    problems += _missing_pictures(source_path, rendered, placing)
    if header.kind is Kind.PROBLEMSCOPINGQUESTIONS:
        problems += [problem.at(source_path) for problem in problems_of(source.data or {}, decode(data)[0])]
    keys = {
        name: _key(name, getattr(header, name), source_path, problems) for name in ("article_id", "service", "resource")
    }
    path, named = name_of(source_path)
    row = keys | {
        "collection": placing.collection or source.dialect,
        "path": path,
        "locale": _locale(placing.locale, header.locale, named),
        "root": placing.root_name,
        "source_path": source_path,
        "digest": digest_of(data, placing.fingerprint),
        "kind": header.kind.value,
        "for_readers": header.kind.is_for_readers,
        "title": rendered.title or header.title or path.rpartition("/")[2],
        "description": header.description,
        "tags": list(header.tags),
        "display_order": header.display_order,
        "topics": list(header.topics),
        "products": list(header.products),
        "clouds": list(header.clouds),
        "clouds_stated": header.clouds_stated,
        "translation": header.translation,
        "translated_on": header.translated_on,
        "updated": header.updated,
        "robots": header.robots,
        "flow": header.flow,
        "header": header.raw,
        "html": rendered.html,
        "original_html": rendered.original_html,
        "original_title": rendered.original_title or header.original_title,
        "both_html": rendered.both_html,
        "pairs": [[pair.unit, pair.target, pair.source] for pair in source.pairs] or None,
        "data": source.data,
        "headings": [[heading.level, heading.id, heading.text] for heading in rendered.headings],
        "text": rendered.text,
        "problems": [problem.as_dict() for problem in problems],
    }  # fmt: skip
    return row | {"search": search_row(row) if row["for_readers"] else None}


def _locale(*candidates: str | None) -> str:
    """What the command gives, else what the header says, else what the path says, else English."""
    codes = (locales.normalise(candidate) for candidate in candidates if candidate)
    return next(filter(None, codes), locales.ENGLISH)


def _key(name: str, value: str, source_path: str, problems: list[Problem]) -> str:
    """A header value that pages are found by: on one line, and short enough to be indexed."""
    value = " ".join(value.split())
    if len(value) <= LONGEST_KEY:
        return value
    says = f"{name} is longer than {LONGEST_KEY} characters and was left out. Shorten it."
    problems.append(Problem(code="value-too-long", message=says, path=source_path))
    return ""


def _missing_pictures(source_path: str, rendered: Rendered, placing: Placing) -> list[Problem]:
    return [
        Problem(
            code=PICTURE_NOT_FOUND,
            message=f"{picture[:200]} is not in this tree; its words are shown. Put the picture there.",
            path=source_path,
        )
        for picture in rendered.media
        if picture not in placing.pictures and f'data-media="{escape(picture)}"' in rendered.html
    ]
