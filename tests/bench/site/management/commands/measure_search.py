"""What each rule of the ranking is worth: `DJANGO_SETTINGS_MODULE=tests.bench.site.settings .venv/bin/python manage.py measure_search`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tests.bench import ablation
from tests.bench.stage import BenchFailed


class Command(BaseCommand):
    help = "Judge the ranking with one rule after the other left out, over ../shared."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", default="", help="variants whose names hold this; the first row is always shown")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            ablation.run(options["only"])
        except BenchFailed as failure:
            raise CommandError(str(failure)) from failure
