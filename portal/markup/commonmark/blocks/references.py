"""Link reference definitions (CommonMark section 4.7): read off the front of a paragraph, looked up by label."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..destinations import MAX_LABEL, normalized_label, scan_destination, scan_label, scan_title, skip_space

_LINE_END = re.compile(r"[ \t]*+(?:\n|\Z)")
# What all uses of references may add to a page, so that a short text cannot blow up into gigabytes (as cmark-gfm does).
_MIN_BUDGET = 100_000


class Reference(NamedTuple):
    destination: str
    title: str


class References:
    """The definitions of one document; the first of a label wins."""

    def __init__(self, size: int = 0) -> None:
        self._found: dict[str, Reference] = {}
        self._budget = max(_MIN_BUDGET, size)

    def __len__(self) -> int:
        return len(self._found)

    def define(self, label: str, reference: Reference) -> None:
        self._found.setdefault(normalized_label(label), reference)

    def find(self, label: str) -> Reference | None:
        if not self._found or len(label) > MAX_LABEL:
            return None
        reference = self._found.get(normalized_label(label))
        if reference is None:
            return None
        cost = len(reference.destination) + len(reference.title)
        if cost > self._budget:
            return None
        self._budget -= cost
        return reference

    def take_from(self, text: str) -> str:
        """Read the definitions at the front of a paragraph; hand back what follows them."""
        at = 0
        while text.startswith("[", at) and (end := self._definition_at(text, at)):
            at = end
        return text[at:]

    def _definition_at(self, text: str, at: int) -> int:
        label = scan_label(text, at)
        if not label or not label[0].strip() or not text.startswith(":", label[1]):
            return 0
        start = skip_space(text, label[1] + 1)
        destination = scan_destination(text, start)
        if start == len(text) or not destination or destination[1] == start:
            return 0
        title, end = _title_after(text, destination[1])
        if end:
            self.define(label[0], Reference(destination[0], title))
        return end


def _title_after(text: str, at: int) -> tuple[str, int]:
    start = skip_space(text, at)
    title = scan_title(text, start) if start > at else None
    if title and (end := _LINE_END.match(text, title[1])):
        return title[0], end.end()
    end = _LINE_END.match(text, at)
    return "", end.end() if end else 0
