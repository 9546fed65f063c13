"""What content health does at the end of an import, inside its last transaction."""

from __future__ import annotations

from collections.abc import Collection

from portal.articles.health import links, staleness, terms
from portal.articles.models import ImportRun


def look_again(run: ImportRun, collections: Collection[str]) -> None:
    """Find anew what the import may have changed: stale translations, garbled names and dead links."""
    staleness.refresh(collections, run.started_at)
    links.refresh(collections)
    terms.refresh(run)
