"""Keeps the garbled names of stored translations: of those stored now, or of all when the glossary has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from portal import locales
from portal.articles.health import glossary
from portal.articles.health.models import Finding, Kind
from portal.articles.models import ArticleText, ImportRun

BATCH = 500


def edition() -> str:
    """Which edition of the glossary this is; an import remembers the one it looked with."""
    return hashlib.sha256(glossary.FILE.read_bytes()).hexdigest()[:16]


def refresh(run: ImportRun) -> None:
    """Look at the translations this run stored, and at all when the one before looked with another glossary."""
    texts = ArticleText.objects.exclude(locale=locales.ENGLISH)
    before = ImportRun.objects.exclude(pk=run.pk).values_list("glossary", flat=True).first()
    if before == edition():
        texts = texts.filter(stored_at__gte=run.started_at)
    Finding.objects.filter(kind=Kind.TERM, text__in=texts).delete()
    Finding.objects.bulk_create(_found(texts), batch_size=BATCH)


def _found(texts) -> Iterator[Finding]:
    rows = texts.order_by("id").values_list("id", "locale", "text", "pairs")
    for key, locale, text, pairs in rows.iterator(chunk_size=BATCH):
        for one in glossary.garbled(locale, text, pairs):
            yield Finding(text_id=key, kind=Kind.TERM, code=one.term, detail=one.words)
