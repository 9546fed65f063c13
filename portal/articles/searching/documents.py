"""A text as the rows its search needs; without the database, so that the import's processes can make them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

import Stemmer

from portal import locales, search
from portal.clouds import Cloud
from portal.search.languages import language_of
from portal.search.terms import Document, impacts
from portal.search.words import words

# Impacts are stored as whole numbers of this many steps.
STEPS = 10_000
# A longer body says nothing new, and a text of ten megabytes must not hold an import up.
LONGEST_BODY = 200_000
VOCABULARY_WORD = re.compile(r"[^\W\d_]{3,24}")
_TAG = re.compile(r"<[^>]*>")
_BIT = {cloud: 1 << place for place, cloud in enumerate(Cloud)}


@dataclass(frozen=True, kw_only=True)
class SearchRow:
    """A row of SearchDocument but for the text it belongs to; arrays are in Postgres' own notation, ready to be copied."""

    version: str
    languages: str
    clouds: int
    terms: str
    impacts: str
    words: str


def search_row(row: Mapping[str, Any]) -> SearchRow:
    """The search row of a row of ArticleText, which must be for readers."""
    found: dict[int, int] = {}
    vocabulary: dict[str, None] = {}
    languages: dict[str, None] = {}
    for document in documents(row):
        languages[document.language] = None
        for term, impact in impacts(document).items():
            found[term] = int(impact * STEPS) + 1
        vocabulary |= dict.fromkeys(_vocabulary(document))
    return SearchRow(
        version=version(),
        languages=f"{{{','.join(languages)}}}",
        clouds=bits(row["clouds"]),
        terms=f"{{{','.join(map(str, found))}}}",
        impacts=f"{{{','.join(map(str, found.values()))}}}",
        words=f"{{{','.join(vocabulary)}}}",
    )


def documents(row: Mapping[str, Any]) -> Iterator[Document]:
    """The text, and the English original that a bilingual file holds beside it."""
    language = language_of(row["locale"])
    ids = " ".join((row["article_id"], row["service"], row["resource"], row["path"].rpartition("/")[2]))
    shared = {"ids": ids, "tags": " ".join(row["tags"])}
    headings = "\n".join(heading[2] for heading in row["headings"])
    own = {"title": row["title"], "description": row["description"], "headings": headings, "body": row["text"]}
    yield Document(language=language, fields={**shared, **own, "body": row["text"][:LONGEST_BODY]})
    if row["original_html"] and language != language_of(locales.ENGLISH):
        original = {"title": row["original_title"] or row["title"], "body": plain(row["original_html"])[:LONGEST_BODY]}
        yield Document(language=language_of(locales.ENGLISH), fields={**shared, **original})


def plain(html: str) -> str:
    """The words of sanitized HTML."""
    return unescape(_TAG.sub(" ", html))


def _vocabulary(document: Document) -> Iterator[str]:
    shown = (document.fields.get(name, "") for name in ("title", "headings", "description"))
    for word in words("\n".join(shown)):
        if VOCABULARY_WORD.fullmatch(word.text) and not word.unspaced:
            yield f"{document.language}:{word.text}"


def bits(clouds: list[str]) -> int:
    return sum(_BIT[Cloud(cloud)] for cloud in set(clouds))


@cache
def version() -> str:
    """Changes with the code and data that make rows, so that texts indexed before are known."""
    digest = sha256(Stemmer.version().encode())
    folder = Path(search.__file__).parent
    makers = [folder / f"{name}.py" for name in ("words", "languages", "synonyms", "terms", "weights")]
    for file in sorted([*folder.glob("data/*.toml"), *makers, Path(__file__)]):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
