"""The words around what was sought, as safe HTML: everything is escaped but the `<mark>` around each hit."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from html import escape

from portal.search.languages import stem, stop_words
from portal.search.synonyms import mentions, name_form
from portal.search.words import clean, words

LENGTH = 200
# Only so much of a text is looked through: what a snippet shows should stand near its beginning anyway.
LOOKED_THROUGH = 6_000
_RUN = re.compile(r"\w+(?:[-.'’_]\w+)*")


class Marker:
    """Knows a query's words in one language, in every form, and finds them in texts."""

    def __init__(self, query: str, language: str) -> None:
        self._language = language
        found = [word for word in words(query) if word.text not in stop_words(language)]
        self._unspaced = sorted({word.text for word in found if word.unspaced}, key=len, reverse=True)
        self._stems = {stem(word.text, language) for word in found if not word.unspaced}
        self._known: dict[str, bool] = {}
        self._concepts = {one.concept for one in mentions([name_form(word.text) for word in found if not word.whole])}

    def title(self, text: str) -> str:
        """The whole text, marked."""
        return _marked(text, self._spans(text))

    def snippet(self, text: str) -> str:
        """The stretch of the text that holds most of the words; its beginning where it holds none."""
        text = " ".join(clean(text[:LOOKED_THROUGH]).split())
        spans = self._spans(text)
        start, end = _stretch(text, spans)
        inside = [(first - start, last - start) for first, last in spans if first >= start and last <= end]
        said = _marked(text[start:end], inside)
        return f"{'… ' if start else ''}{said}{' …' if end < len(text) else ''}"

    def _spans(self, text: str) -> list[tuple[int, int]]:
        spans = [(found.start(), found.end()) for found in _RUN.finditer(text) if self._is_sought(found[0])]
        for pair in self._unspaced:
            spans += [(found.start(), found.end()) for found in re.finditer(re.escape(pair), text)]
        return _joined(spans)

    def _is_sought(self, run: str) -> bool:
        if run not in self._known:
            stems, concepts = _read(run, self._language)
            self._known[run] = not (stems.isdisjoint(self._stems) and concepts.isdisjoint(self._concepts))
        return self._known[run]


@lru_cache(maxsize=32_768)
def _read(run: str, language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of a run of letters, and the concepts it names by itself."""
    stems = frozenset(stem(word.text, language) for word in words(run) if not word.unspaced)
    return stems, frozenset(mention.concept for mention in mentions([name_form(run.casefold())]))


def _joined(spans: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order, with those that touch or overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _stretch(text: str, spans: list[tuple[int, int]]) -> tuple[int, int]:
    """Where the best LENGTH letters of a text begin and end, at the edges of words."""
    if len(text) <= LENGTH:
        return 0, len(text)
    best, most = 0, 0
    for place, (start, _) in enumerate(spans[:400]):
        inside = {text[a:b].casefold() for a, b in spans[place : place + 40] if b <= start + LENGTH - 40}
        if len(inside) > most:
            best, most = max(0, start - 40), len(inside)
    start = text.rfind(" ", 0, best) + 1 if best else 0
    edge = text.rfind(" ", start, start + LENGTH)
    end = len(text) if start + LENGTH >= len(text) else edge if edge > start + LENGTH // 2 else start + LENGTH
    return start, end


def _marked(text: str, spans: list[tuple[int, int]]) -> str:
    pieces, place = [], 0
    for start, end in spans:
        pieces += [escape(text[place:start]), "<mark>", escape(text[start:end]), "</mark>"]
        place = end
    return "".join([*pieces, escape(text[place:])])


def snippet(text: str, query: str, language: str = "en") -> str:
    """The words of a text around those of a query, as safe HTML."""
    return Marker(query, language).snippet(text)
