"""Reads a tree of our own articles and drawings without storing anything, for `manage.py check --tag content`."""

from __future__ import annotations

from pathlib import Path

from portal.articles.importing import pictures, rows, tree
from portal.articles.importing.reports import Report
from portal.problems import Problem


def check(folder: Path) -> list[Problem]:
    """Every problem of every article and drawing below `folder`, by file and line."""
    files = tree.walk(folder, folder)
    report = Report()
    drawn = [path for path, _ in pictures.pictures_of(files, pictures.DRAWN, report)]
    placing = rows.Placing(
        root=folder,
        root_name=tree.stored_name(folder),
        collection=pictures.DRAWN,
        locale=None,
        pictures=frozenset([*files.media, *drawn]),
        fingerprint=b"",
    )
    outcomes = [rows.outcome_of(source_path, placing) for source_path in files.articles]
    return [*report.problems, *(problem for outcome in outcomes for problem in outcome.problems)]
