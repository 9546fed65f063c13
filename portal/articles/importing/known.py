"""What the database holds of a root before an import, and which of it is gone from the tree."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.db import models

from portal.articles.importing.pictures import is_still_there
from portal.articles.importing.tree import Tree
from portal.articles.models import ArticleText, Media
from portal.markup.naming import name_of
from portal.problems import Problem

DIALECTS = ("selfhelp", "alchemy", "learn", "native")
Identity = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the database holds of one file of the root."""

    id: int
    collection: str
    path: str
    locale: str
    digest: str
    problems: list[dict[str, Any]]

    @property
    def identity(self) -> Identity:
        return self.collection, self.path, self.locale

    def told(self) -> list[Problem]:
        return [Problem(**problem) for problem in self.problems]


def roots(collection: str | None) -> list[str]:
    texts = ArticleText.objects.filter(collection=collection) if collection else ArticleText.objects.all()
    return list(texts.order_by().values_list("root", flat=True).distinct())


def known_texts(root_name: str, scope: PurePosixPath, collection: str | None) -> dict[str, Known]:
    """The texts of `root` below `scope`, by source path. Without a collection: those of the dialects' own collections."""
    rows = _below(
        scope, ArticleText.objects.filter(root=root_name, collection__in=_collections(collection)), "source_path"
    )
    fields = ("id", "collection", "path", "locale", "digest", "problems")
    return {
        row["source_path"]: Known(**{name: row[name] for name in fields}) for row in rows.values("source_path", *fields)
    }


def known_pictures(root_name: str, scope: PurePosixPath, collection: str | None) -> list[tuple[int, str, str]]:
    """The pictures of `root` below `scope`: key, collection, path."""
    rows = _below(scope, Media.objects.filter(root=root_name, collection__in=_collections(collection)), "path")
    return list(rows.values_list("id", "collection", "path"))


def _collections(given: str | None) -> tuple[str, ...]:
    return (given,) if given else DIALECTS


def _below(scope: PurePosixPath, rows: models.QuerySet, field: str) -> models.QuerySet:
    if not scope.parts:
        return rows
    return rows.filter(models.Q(**{field: str(scope)}) | models.Q(**{f"{field}__startswith": f"{scope}/"}))


@dataclass(frozen=True, kw_only=True)
class Gone:
    """What a prune removes."""

    texts: dict[str, int]
    pictures: list[int]


def gone(files: Tree, texts: dict[str, Known], pictures: list[tuple[int, str, str]]) -> Gone:
    """What is stored below the path and not in the tree any more. Raises ValueError when that is more than half."""
    present, renamed = set(files.articles), {name_of(name)[0] for name in files.articles if name not in texts}
    below = [name for name in texts if files.holds(name)]
    missing = [name for name in below if name not in present and texts[name].path not in renamed]
    lost = [key for key, _, path in pictures if files.holds(path) and not is_still_there(path, files)]
    if len(missing) * 2 > len(below) or (len(missing) + len(lost)) * 2 > len(below) + len(pictures):
        raise ValueError(
            f"Pruning would remove {len(missing)} of the {len(below)} texts and {len(lost)} of the {len(pictures)} pictures "
            f"stored from {files.root / files.scope}. "
            "That looks like a wrong path or a half-copied tree, so nothing was imported. "
            "Check the path; if they are meant to go, remove them in smaller steps."
        )
    return Gone(texts={name: texts[name].id for name in missing}, pictures=lost)
