"""Stores the outcomes of one batch in one transaction, and loses none of the others when one cannot be stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg
from django.db import Error, transaction

from portal.articles.importing import storing
from portal.articles.importing.known import Identity, Known
from portal.articles.importing.reports import Report, error
from portal.articles.importing.rows import Outcome, Placing
from portal.articles.models import ArticleText, ContentVersion
from portal.articles.searching import indexing
from portal.problems import Problem

SIZE = 400
# What Postgres says of a row, rather than of itself; and what Python says of a value that it cannot send.
ROW_REFUSED = (
    psycopg.DataError,
    psycopg.IntegrityError,
    psycopg.errors.ProgramLimitExceeded,
    ValueError,
    TypeError,
    RecursionError,
)


@dataclass(kw_only=True)
class Batches:
    """Takes outcomes, a batch at a time, and remembers which identities are taken."""

    placing: Placing
    known: dict[str, Known]
    listed: frozenset[str]
    report: Report
    stored_at: datetime
    dry_run: bool
    taken: dict[Identity, str] = field(default_factory=dict)

    def take(self, outcomes: list[Outcome]) -> None:
        holders = _holders(outcomes)
        rows = []
        for outcome in outcomes:
            self.report.problems += outcome.problems
            self.report.rejected += outcome.rejected
            if outcome.row is None:
                continue
            identity = (outcome.row["collection"], outcome.row["path"], outcome.row["locale"])
            if problem := self._clash(outcome.source_path, identity, holders.get(identity)):
                self.report.reject(problem)
                continue
            self.taken[identity] = outcome.source_path
            rows.append({**outcome.row, "stored_at": self.stored_at})
        refused = {} if self.dry_run else self._store(rows)
        for row in rows:
            self._count(row, refused.get(row["source_path"]))

    def _count(self, row: dict[str, Any], refusal: BaseException | None) -> None:
        if refusal is not None:
            says = f"The database refuses this text ({refusal!s:.200}). Its last good version stays; correct the file."
            self.report.reject(error("not-stored", row["source_path"], says))
            return
        known = row["source_path"] in self.known
        self.report.changed += known
        self.report.new += not known
        self.report.collections.add(row["collection"])

    def _clash(self, source_path: str, identity: Identity, holder: tuple[str, str] | None) -> Problem | None:
        collection, path, locale = identity
        root, other = holder or ("", "")
        if root and root != self.placing.root_name:
            says = (
                f"“{path}” in {locale} is already stored in collection {collection} from {root}. "
                "Import this tree with another --collection, or from that root."
            )
            return error("path-from-another-root", source_path, says)
        other = self.taken.get(identity) or (other if self._stands_outside(other) else "")
        if other and other != source_path:
            says = f"{other} already gives “{path}” in {locale}. Rename one of the two files."
            return error("path-twice", source_path, says)
        return None

    def _stands_outside(self, source_path: str) -> bool:
        """Whether a stored file, which this import does not look at, is still there."""
        return bool(source_path) and source_path not in self.listed and Path(self.placing.root, source_path).is_file()

    def _store(self, rows: list[dict[str, Any]]) -> dict[str, BaseException]:
        """Store rows in one transaction; when one is refused, the others still. The refused ones, with the reason."""
        if not rows:
            return {}
        try:
            with transaction.atomic():
                self._remove_moved(rows)
                storing.upsert(ArticleText, rows)
                indexing.store(rows)
                ContentVersion.raise_number()
        except (*ROW_REFUSED, Error) as reason:
            if isinstance(reason, Error) and not isinstance(reason.__cause__, ROW_REFUSED):
                raise
            if len(rows) == 1:
                return {rows[0]["source_path"]: reason}
            half = len(rows) // 2
            return self._store(rows[:half]) | self._store(rows[half:])
        return {}

    def _remove_moved(self, rows: list[dict[str, Any]]) -> None:
        """Remove the old rows of files that give another article or locale now, unless another file has taken them over."""
        for row in rows:
            known = self.known.get(row["source_path"])
            if known and known.identity != (row["collection"], row["path"], row["locale"]):
                indexing.remove_texts(ArticleText.objects.filter(pk=known.id, source_path=row["source_path"]))


def _holders(outcomes: list[Outcome]) -> dict[Identity, tuple[str, str]]:
    """Who holds the paths of these outcomes now: root and source path by identity."""
    paths = [outcome.row["path"] for outcome in outcomes if outcome.row]
    rows = ArticleText.objects.filter(path__in=paths) if paths else ArticleText.objects.none()
    found = rows.values_list("collection", "path", "locale", "root", "source_path")
    return {(row[0], row[1], row[2]): (row[3], row[4]) for row in found}


def batches(outcomes: Iterable[Outcome]) -> Iterator[list[Outcome]]:
    iterator = iter(outcomes)
    while batch := list(islice(iterator, SIZE)):
        yield batch
