"""Reads directories and closes their cycles, as the worker does each minute for the tenants that are due."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.accounts.models import Tenant
from portal.diagnosis import cycles
from portal.diagnosis.problems import DirectoryTrouble


class Command(BaseCommand):
    help = "Read the directory, close the cycle and open the next one. Without --tenant: for every tenant."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--tenant", help="the tenant's short name, such as contoso")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = [tenant.slug for tenant in self._wanted(options["tenant"]) if not self._run(tenant)]
        if failed:
            raise CommandError(f"Not read: {', '.join(failed)}. Nothing was changed there.")

    def _wanted(self, slug: str | None) -> list[Tenant]:
        tenants = list(Tenant.objects.filter(**({"slug": slug} if slug else {})).order_by("slug"))
        if slug and not tenants:
            known = ", ".join(Tenant.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
            raise CommandError(f'There is no tenant "{slug}". Known are: {known}.')
        return tenants

    def _run(self, tenant: Tenant) -> bool:
        try:
            closed = cycles.run_cycle(tenant)
        except DirectoryTrouble as trouble:
            self.stderr.write(f"{tenant.slug}: {trouble}")
            return False
        if closed is None:
            self.stdout.write(f"{tenant.slug}: the directory has run no cycle since; nothing changed.")
            return True
        counts = closed.cycle.counts
        told = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in counts.items())
        whole = "" if closed.cycle.complete else f" The read was incomplete: {closed.report.why_incomplete}"
        self.stdout.write(f"{tenant.slug}: cycle {closed.cycle.number} closed: {told}.{whole}")
        return True
