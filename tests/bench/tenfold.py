"""A tree ten times as large: every article for readers nine times more, each with other words in it."""

from __future__ import annotations

import random
import re
from pathlib import Path

from tests.bench.corpus import SEED

COPIES = 9
# So many words of a copy are others, drawn from all words of the corpus as often as they occur.
CHANGED = 0.3
FOR_READERS = re.compile(r'selfHelpType\s*=\s*"(?:generic|resource|apollo)"', re.IGNORECASE)
_WORD = re.compile(r"(?<![\w/.<&-])[a-z]{4,}(?![\w/.>;-])")
_HEADER_END = "/>"


def write(source: Path, target: Path) -> int:
    """Write the copies below `target`; how many files there are."""
    texts = {
        file.relative_to(source): text
        for file in sorted(source.rglob("*.md"))
        if FOR_READERS.search(text := file.read_text("utf-8", "replace"))
    }
    vocabulary = [word for text in texts.values() for word in _WORD.findall(_parted(text)[1])]
    chance = random.Random(SEED)
    for copy in range(COPIES):
        for name, text in texts.items():
            file = target / f"copy-{copy}" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(_varied(text, vocabulary, chance), encoding="utf-8")
    return COPIES * len(texts)


def _parted(text: str) -> tuple[str, str]:
    head, end, body = text.partition(_HEADER_END)
    return (head + end, body) if end else ("", text)


def _varied(text: str, vocabulary: list[str], chance: random.Random) -> str:
    head, body = _parted(text)
    return head + _WORD.sub(lambda word: chance.choice(vocabulary) if chance.random() < CHANGED else word[0], body)
