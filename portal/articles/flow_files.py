"""The flows of `articles/flows`, read once in each process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from portal import flows
from portal.articles.models import ArticleText


def library() -> flows.Library:
    """Every sound flow in every language it is complete in; a broken one is left out, and `manage.py check` tells of it."""
    return _read(settings.ARTICLES_DIR / "flows")


@cache
def _read(folder: Path) -> flows.Library:
    return flows.read(folder)


def flows_of(text: ArticleText) -> tuple[str, ...]:
    """The names of the flows that an article carries, the closest tie first; imported articles carry them by the table."""
    return library().for_article(
        named=text.flow,
        collection=text.collection,
        path=text.path,
        article_id=text.article_id,
        topics=text.topics,
        products=text.products,
    )
