"""What reading one article file gives: its header, its Markdown, its sentence pairs, its data, and what was wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from portal.clouds import ALL
from portal.problems import Problem

# Private-use marks around the units of a bilingual text: START unit TEXT … END. They cannot come from a file: the
# reader removes them first. A parser must treat each of them as white space when it looks at what stands beside `**`.
UNIT_START, UNIT_TEXT, UNIT_END = "\ue000", "\ue001", "\ue002"


class Kind(StrEnum):
    """What an article is for; the selfHelpType of dialects.md 1.5 folded, or the dialect where that says it all."""

    GENERIC = "generic"
    RESOURCE = "resource"
    APOLLO = "apollo"
    TOOLS = "tools"
    QUICKSTART = "quickstart"
    ALCHEMY = "alchemy"
    LEARN = "learn"
    NATIVE = "native"
    PROBLEMSCOPINGQUESTIONS = "problemscopingquestions"
    TSG_CONTENT = "tsg_content"
    TSG_DESCRIPTION = "tsg_description"
    TSG_QUESTIONS = "tsg_questions"
    DIAGNOSTICS = "diagnostics"
    RCA = "rca"
    SERVICEHEALTHINSIGHTS = "servicehealthinsights"
    ADVISOR = "advisor"
    SUPPORTTOPICDESCRIPTION = "supporttopicdescription"
    DIAGNOSEANDSOLVE = "diagnoseandsolve"
    OTHER = "other"

    @property
    def is_for_readers(self) -> bool:
        """Whether it is an article for end users; the other kinds have pages for portal staff only."""
        return self in FOR_READERS

    @property
    def is_json(self) -> bool:
        """Whether the body is JSON between two `---` lines instead of Markdown."""
        return self in JSON


FOR_READERS = frozenset(
    {
        Kind.GENERIC,
        Kind.RESOURCE,
        Kind.APOLLO,
        Kind.TOOLS,
        Kind.QUICKSTART,
        Kind.ALCHEMY,
        Kind.LEARN,
        Kind.NATIVE,
    }
)
JSON = frozenset(
    {
        Kind.PROBLEMSCOPINGQUESTIONS,
        Kind.TSG_QUESTIONS,
        Kind.ADVISOR,
        Kind.SUPPORTTOPICDESCRIPTION,
        Kind.DIAGNOSEANDSOLVE,
    }
)


@dataclass(frozen=True, kw_only=True)
class Header:
    """What a header says, in one shape for every dialect.

    `raw` holds every key as found, folded to lower case, unknown ones too: a string, or a list or mapping of strings;
    a key given twice holds the list of its values. Title, description and original title are plain text, without
    Markdown. `service`, `resource`, `tags` and `article_id` are folded to lower case, because the authoring guide says
    that capitalisation does not matter. `topics` and `products` are digits or lower-case GUIDs, each once.
    """

    raw: dict[str, Any] = field(default_factory=dict)
    kind: Kind
    title: str = ""
    description: str = ""
    article_id: str = ""
    service: str = ""
    resource: str = ""
    tags: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    clouds: tuple[str, ...] = tuple(ALL)
    clouds_stated: bool = False
    display_order: int | None = None
    locale: str | None = None
    translation: str = ""
    translated_on: date | None = None
    updated: date | None = None
    robots: str = ""
    flow: str = ""
    authors: tuple[str, ...] = ()
    original_title: str = ""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One unit (mostly a sentence) of a bilingual file: the Markdown of the translation and of its original."""

    unit: str
    target: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """One article file, read.

    `body` is plain Markdown of the local side, and `body_line` the line of the file it starts on, so that line n of the
    body is line `body_line + n - 1` of the file (bilingual texts keep this as far as their pairs have no line breaks).
    Bilingual files alone have `original_body`, `pairs`, and both bodies once more with the marks UNIT_START, UNIT_TEXT
    and UNIT_END around each unit: `marked_body`, `marked_original`. `data` is the object of a JSON kind.
    """

    kind: Kind
    dialect: str
    header: Header
    body: str
    body_line: int
    original_body: str | None = None
    marked_body: str | None = None
    marked_original: str | None = None
    pairs: tuple[Pair, ...] = ()
    data: dict[str, Any] | None = None
    problems: tuple[Problem, ...] = ()


class NotAnArticle(Exception):
    """The file is something else, which is no defect; `reason` is one sentence for the import report."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unreadable(Exception):
    """The file is an article that cannot be parsed; its last good version stays. `problem` says where and the cure."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return str(self.problem)
