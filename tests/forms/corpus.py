"""Every scoping form of the shared corpus, read once."""

from __future__ import annotations

from functools import cache

from portal.markup.reading import read
from portal.markup.source import Kind, NotAnArticle, Source, Unreadable
from tests.shared import CORPUS

SELFHELP = CORPUS / "selfhelp"


@cache
def forms() -> dict[str, Source]:
    """By path; a file whose form cannot be read is None, for the test that looks for those."""
    found = {}
    for file in sorted(SELFHELP.rglob("*.md")):
        data = file.read_bytes()
        if b"problemscopingquestions" not in data.lower():
            continue
        path = str(file.relative_to(SELFHELP))
        try:
            source = read(data, path)
        except (Unreadable, NotAnArticle):
            found[path] = None
            continue
        if source.kind is Kind.PROBLEMSCOPINGQUESTIONS:
            found[path] = source
    return found


def readable() -> dict[str, Source]:
    return {path: source for path, source in forms().items() if source}
