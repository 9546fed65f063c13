"""Reads what a page says, and finds what it says in English."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from django.conf import LazySettings

import portal
from portal.runtime.messages import compile_messages

SWEDISH = Path(portal.__file__).parent / "locale" / "sv" / "LC_MESSAGES" / "django.po"
SPOKEN = {"aria-label", "title", "placeholder", "alt"}
SILENT = {"script", "style", "code"}
VOID = {"meta", "link", "input", "img", "br", "hr"}
# Small words that no English sentence does without and no Swedish one has.
ENGLISH = re.compile(
    r"\b(the|and|this|that|was|were|with|from|which|who|you|your|not|of|are|has|have|been|will|its|nothing)\b", re.I
)


def speak_swedish(settings: LazySettings, folder: Path) -> None:
    """Use the Swedish words of this checkout as they are now, whenever they were compiled last."""
    compiled = folder / "sv" / "LC_MESSAGES" / "django.mo"
    compiled.parent.mkdir(parents=True)
    compile_messages(SWEDISH, compiled)
    settings.LOCALE_PATHS = [folder]


@dataclass
class Words(HTMLParser):
    """What a page says, without what is marked as English, as code, or as `foreign`: names and values of a directory."""

    foreign: frozenset[str] = frozenset()
    found: list[str] = field(default_factory=list)
    hidden: list[bool] = field(default_factory=lambda: [False])

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        english = given["lang"].startswith("en") if given.get("lang") else self.hidden[-1]
        if tag not in VOID:
            self.hidden.append(english or self._is_no_prose(tag, given))
        if not english:
            self.found += [value for name, value in attributes if name in SPOKEN and value]

    def _is_no_prose(self, tag: str, given: dict[str, str | None]) -> bool:
        """Code, an address or an id; and where a directory speaks, whatever it says."""
        is_id = given.get("dir") == "ltr" and "lang" not in given
        return tag in SILENT or is_id or tag in self.foreign or f"dir={given.get('dir')}" in self.foreign

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Closed within itself, as in a drawing."""

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.hidden.pop()

    def handle_data(self, words: str) -> None:
        if not self.hidden[-1]:
            self.found.append(words)


def words_of(html: str, **options: frozenset[str]) -> list[str]:
    parser = Words(**options)
    parser.feed(html)
    parser.close()
    return [" ".join(piece.split()) for piece in parser.found if piece.strip()]


def english_in(html: str) -> list[str]:
    """The English pieces of a Swedish page."""
    said = words_of(html, foreign=frozenset({"bdi", "dir=auto"}))
    assert said, "nothing was said at all"
    return [piece for piece in said if ENGLISH.search(piece)]
