"""Where the simulator's document is kept: a small Protocol, and the one in memory for tests."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass
class Document:
    """What `exclusively` lends out: put the new values into `values`, and set `changed`, to have them saved."""

    values: dict[str, Any]
    changed: bool = False


class Store(Protocol):
    """Keeps one document of JSON values.

    An empty document means that nothing was stored yet. A store on a database must commit on its own connection: what a
    directory did stays done, whatever becomes of the caller's transaction.
    """

    def read(self) -> dict[str, Any]:
        """The document as last saved, for looking only."""
        ...

    def exclusively(self) -> AbstractContextManager[Document]:
        """Hold the document alone; saved when the block ends well and `changed` is set, left as it was when it raises."""
        ...


class MemoryStore:
    """A document in memory, for tests: kept as text, so as strict about JSON and about sharing as a database."""

    def __init__(self, values: dict[str, Any] | None = None) -> None:
        self._text = json.dumps(values or {})
        self._lock = threading.Lock()

    def read(self) -> dict[str, Any]:
        return json.loads(self._text)

    @contextmanager
    def exclusively(self) -> Iterator[Document]:
        with self._lock:
            document = Document(values=json.loads(self._text))
            yield document
            if document.changed:
                self._text = json.dumps(document.values)
