"""What a person typed or pasted: words, "phrases", -exclusions and filters such as topic:32629809. Never raises."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal import clouds
from portal.clouds import Cloud
from portal.search.words import clean

# What is read of a query; the rest of a pasted log tells no more.
LONGEST_TEXT = 8_000
# A message that is pasted whole has hyphens, quotes and colons of its own: from this many words on they mean nothing.
PASTED_WORDS = 16
MOST_PARTS = 12

_PART = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+)|")')
_FILTER = re.compile(r"(?P<name>topic|product|kind|cloud):(?P<value>[\w-]+)", re.IGNORECASE)
_ID = re.compile(r"[0-9]{1,12}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_KIND = re.compile(r"[a-z_]{2,40}")


@dataclass(frozen=True, kw_only=True)
class Query:
    """A query taken apart; `text` holds all words that are sought, those of phrases too. Empty values were not given."""

    text: str = ""
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    topic: str = ""
    product: str = ""
    kind: str = ""
    cloud: Cloud | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is sought: no word, and no filter that could list anything."""
        return not (self.text or self.topic or self.product or self.kind)


def parse(text: str) -> Query:
    """Read a query. What is no operator, because its value makes no sense or the text was pasted whole, is words."""
    # Cut twice: one letter can unfold into eighteen.
    text = " ".join(clean(text[:LONGEST_TEXT])[:LONGEST_TEXT].split())
    if text.count(" ") >= PASTED_WORDS:
        return Query(text=text)
    words: list[str] = []
    phrases: list[str] = []
    excluded: list[str] = []
    filters: dict[str, str | Cloud] = {}
    for part in _PART.finditer(text):
        said = (part["phrase"] or part["word"] or "").strip()
        if not said:
            continue
        if part["minus"] and said[0].isalnum():
            excluded.append(said)
        elif part["phrase"]:
            phrases.append(said)
            words.append(said)
        elif not _is_filter(said, filters):
            words.append(said)
    return Query(
        text=" ".join(words), phrases=tuple(phrases[:MOST_PARTS]), excluded=tuple(excluded[:MOST_PARTS]), **filters
    )


def _is_filter(said: str, filters: dict[str, str | Cloud]) -> bool:
    """Whether a word is a filter with a value that makes sense; it is remembered then, the last one of each name."""
    match = _FILTER.fullmatch(said)
    if not match:
        return False
    name, value = match["name"].casefold(), match["value"].casefold()
    if name == "cloud":
        cloud = clouds.find(value)
        if cloud is None:
            return False
        filters[name] = cloud
        return True
    if not (_KIND if name == "kind" else _ID).fullmatch(value):
        return False
    filters[name] = value
    return True
