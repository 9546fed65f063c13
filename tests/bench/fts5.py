"""SQLite's FTS5 over the same texts: the peer of the search, in this process and in memory."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

_WORD = re.compile(r"\w+")
# Weights of title, description, headings and body, as in facts/performance.md.
_SEARCH = """
    SELECT articles.path, snippet(articles, 4, '<mark>', '</mark>', '…', 30) FROM articles
    WHERE articles MATCH ? ORDER BY bm25(articles, 0, 8, 2, 2, 1) LIMIT 10
"""


class Fts5:
    """Every text once; any word of a query may match, the best by BM25 come first, with snippets."""

    def __init__(self, texts: Iterable[tuple[str, str, str, str, str]]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            "CREATE VIRTUAL TABLE articles USING fts5"
            "(path UNINDEXED, title, description, headings, body, tokenize = 'porter unicode61')"
        )
        self._database.executemany("INSERT INTO articles VALUES (?, ?, ?, ?, ?)", texts)

    def search(self, text: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in dict.fromkeys(_WORD.findall(text.casefold())))
        return [row[0] for row in self._database.execute(_SEARCH, (words,))] if words else []
