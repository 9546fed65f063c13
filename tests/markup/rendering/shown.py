"""A body in, what the page shows out: the short way that the tests of each construct take."""

from __future__ import annotations

import re
from typing import Any

from portal.markup.rendering import Rendered, render
from portal.markup.source import Header, Kind, Source

_BETWEEN = re.compile(r"(?<=>)\s*\n\s*(?=<)")


def source(body: str, *, dialect: str = "selfhelp", kind: Kind = Kind.GENERIC, **header: Any) -> Source:
    return Source(kind=kind, dialect=dialect, header=Header(kind=kind, **header), body=body, body_line=1)


def rendered(body: str, *, path: str = "articles/one.md", **options: Any) -> Rendered:
    return render(source(body, **options), path=path)


def shown(body: str, **options: Any) -> str:
    """The stored HTML, without the line breaks between its elements."""
    return _BETWEEN.sub("", rendered(body, **options).html)


def codes(body: str, **options: Any) -> list[str]:
    return [problem.code for problem in rendered(body, **options).problems]
