"""Imports a tree of article files and reports every problem with file and line."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal import locales
from portal.articles.importing import Report, Request, import_tree
from portal.articles.importing.reports import Progress
from portal.articles.importing.tree import ARTICLE_ENDINGS
from portal.problems import Severity

COLLECTION = re.compile(r"^[a-z0-9][a-z0-9-]{0,62}$")
# The terminal shows the first of them; --json holds all.
MOST_SHOWN = 40


class Command(BaseCommand):
    help = "Import a tree of article files, or one file. Exit code 1 when a file could not be stored."
    # The checks load every page of the portal, which takes longer than an import that finds nothing changed.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="a folder or one file (.md, .txt, .markdown)")
        parser.add_argument("--collection", help="store under this name instead of the dialect's")
        parser.add_argument("--root", type=Path, help="the folder that source paths are relative to")
        parser.add_argument("--locale", help="the locale of every file, such as sv-se")
        parser.add_argument("--prune", action="store_true", help="remove texts whose files are gone from PATH")
        parser.add_argument("--dry-run", action="store_true", help="report, but store nothing")
        parser.add_argument("--json", action="store_true", help="print counts and problems as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        request = _request(options)
        try:
            with _bar() as progress:
                report = import_tree(request, progress=progress, waiting=self._say_waiting)
        except ValueError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError("Interrupted. What was stored stays; run the import again to complete it.") from None
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict()))
        else:
            self._tell(report, request)
        if report.rejected:
            sys.exit(1)

    def _say_waiting(self) -> None:
        self.stderr.write("Another import is running; this one waits for it to end.")

    def _tell(self, report: Report, request: Request) -> None:
        # Of a tree, what is no article is no news; of the one file that was named it is.
        shown = [one for one in report.in_order() if one.severity is not Severity.NOTE or request.path.is_file()]
        for problem in sorted(shown, key=lambda problem: problem.severity is not Severity.ERROR)[:MOST_SHOWN]:
            self.stdout.write(str(problem))
        if len(shown) > MOST_SHOWN:
            self.stdout.write(f"… and {len(shown) - MOST_SHOWN} more; --json lists them all.")
        if not report.read:
            self.stdout.write(f"There is no article file (.md, .txt, .markdown) below {request.path}.")
        counts = ", ".join(f"{number} {name}" for name, number in report.as_dict()["counts"].items())
        self.stdout.write(counts + (" (dry run: nothing was stored)" if request.dry_run else ""))


@contextmanager
def _bar() -> Iterator[Progress]:
    """A progress bar on a terminal; nothing elsewhere. It draws itself, without a thread: a thread and a fork may lock up."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console  # loaded where it is seen: it takes a tenth of a second
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("Importing"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(file=sys.stderr), auto_refresh=False) as bar:
        task = bar.add_task("import", total=None)
        yield lambda done, total: bar.update(
            task, completed=done, total=total, refresh=done == total or done % max(1, total // 100) == 0
        )


def _request(options: dict[str, Any]) -> Request:
    path = options["path"].resolve()
    if not path.exists():
        raise CommandError(f"{options['path']} does not exist. Check the path.")
    if not path.is_dir() and path.suffix.casefold() not in ARTICLE_ENDINGS:
        endings = ", ".join(sorted(ARTICLE_ENDINGS))
        raise CommandError(
            f"{options['path']} is no article: its ending is none of {endings}. Name a folder or an article."
        )
    if options["collection"] and not COLLECTION.match(options["collection"]):
        raise CommandError(
            f'"{options["collection"]}" cannot name a collection. Use small letters, digits and hyphens.'
        )
    locale = options["locale"]
    if locale and not (locale := locales.normalise(locale)):
        raise CommandError(f'"{options["locale"]}" is not a locale code. Write it like sv-se.')
    return Request(
        path=path,
        collection=options["collection"] or None,
        root=options["root"].resolve() if options["root"] else None,
        locale=locale or None,
        prune=options["prune"],
        dry_run=options["dry_run"],
    )
