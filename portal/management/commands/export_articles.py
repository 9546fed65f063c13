"""Writes article texts as JSON Lines on standard output."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal import clouds, locales
from portal.articles.exporting import records


class Command(BaseCommand):
    help = "Write article texts as JSON Lines on standard output; everything else goes to standard error."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--collection", help="only this collection")
        parser.add_argument("--locale", help="only this locale, such as sv-se")
        parser.add_argument("--cloud", help="only texts visible in this cloud, such as fairfax")

    def handle(self, *args: Any, **options: Any) -> None:
        cloud = None
        if options["cloud"]:
            known, unknown = clouds.parse(options["cloud"])
            if unknown or len(known) != 1:
                raise CommandError(f'"{options["cloud"]}" is not one cloud. Known are: {", ".join(clouds.ALL)}.')
            (cloud,) = known
        locale = options["locale"]
        if locale and not (locale := locales.normalise(locale)):
            raise CommandError(f'"{options["locale"]}" is not a locale code. Write it like sv-se.')
        try:
            for record in records(collection=options["collection"], locale=locale, cloud=cloud):
                self.stdout.write(json.dumps(record, ensure_ascii=False))
        except BrokenPipeError:
            # Whoever read us has seen enough (`| head`); Python would complain once more when it flushes at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
