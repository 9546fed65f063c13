"""Exports article texts as plain records, one for each text, for checks and for other systems."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.articles.models import ArticleText
from portal.clouds import Cloud

FIELDS = (
    "collection", "path", "source_path", "locale", "kind", "article_id", "title", "description", "topics", "products", "clouds",
    "html", "text", "original_html", "translation", "updated", "problems", "data",
)  # fmt: skip


def records(
    *, collection: str | None = None, locale: str | None = None, cloud: Cloud | None = None
) -> Iterator[dict[str, Any]]:
    """Every text of all kinds as a record of the contract in design section 5, in a steady order, a few at a time.

    `html` is None for kinds that are not Markdown, and stands before links are fitted to a cloud.
    """
    texts = ArticleText.objects.order_by("collection", "source_path", "locale")
    if collection:
        texts = texts.filter(collection=collection)
    if locale:
        texts = texts.filter(locale=locale)
    if cloud:
        texts = texts.in_cloud(cloud)
    for row in texts.values(*FIELDS).iterator(chunk_size=500):
        data = row.pop("data")
        row["html"] = row["html"] if data is None else None
        row["updated"] = row["updated"].isoformat() if row["updated"] else None
        yield row
