"""Indexes the texts whose search rows are missing or were made by older code; `make run` calls it, an import needs no help."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from portal.articles.models import ContentVersion
from portal.articles.searching import indexing, statistics


class Command(BaseCommand):
    help = "Index the texts that the search does not hold as today's code would; nothing to do after an import."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        while text_ids := indexing.lacking():
            with transaction.atomic():
                indexing.index_stored(text_ids)
            done += len(text_ids)
        if not done:
            self.stdout.write("The search holds every text as it is.")
            return
        with transaction.atomic():
            statistics.refresh()
            ContentVersion.raise_number()
        statistics.settle()
        self.stdout.write(f"{done} texts were indexed.")
