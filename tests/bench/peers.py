"""The import's peer: a plain Python-Markdown loop over the same files, on as many processes, storing nothing.

Run as a program of its own, so that its start counts as the import's does: `python -m tests.bench.peers LIST PROCESSES`, where
LIST names one Markdown file a line. Prints how many files were rendered, and how many Python-Markdown gave up on.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import markdown

EXTENSIONS = ["extra", "sane_lists"]
CHUNK = 24
HEADER = re.compile(r"\A\s*(?:---\n.*?\n---\n|<properties.*?/>\s*(?:<tags.*?/>)?)", re.DOTALL | re.IGNORECASE)


@cache
def converter() -> markdown.Markdown:
    """One for each process, reset between files: making one anew for each would only slow the peer down."""
    return markdown.Markdown(extensions=EXTENSIONS)


def body_of(data: bytes) -> str:
    return HEADER.sub("", data.decode("utf-8-sig", errors="replace"), count=1)


def render(path: str) -> int:
    """The length of the HTML; 0 for a file that Python-Markdown cannot take."""
    try:
        return len(converter().reset().convert(body_of(Path(path).read_bytes())))
    except Exception:  # whatever it raises, the loop goes on, as the import does
        return 0


def render_all(paths: Iterable[str], processes: int) -> tuple[int, int]:
    """How many files became HTML and how many did not."""
    with ProcessPoolExecutor(max_workers=processes) as pool:
        lengths = list(pool.map(render, paths, chunksize=CHUNK))
    rendered = sum(1 for length in lengths if length)
    return rendered, len(lengths) - rendered


if __name__ == "__main__":
    print(*render_all(Path(sys.argv[1]).read_text().splitlines(), int(sys.argv[2])))
