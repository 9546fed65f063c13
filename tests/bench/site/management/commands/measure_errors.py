"""The steps of the benchmark of errors that need the portal's own code: fill, time queries, time resets; figures as JSON."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.accounts.models import Tenant
from tests.bench.site import crowd, measuring


class Command(BaseCommand):
    help = "Fill the database of a benchmark with errors, or time what is asked of them, in milliseconds."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("step", choices=["fill", "queries", "resets"])
        parser.add_argument("--tenants", nargs="+", required=True, metavar="SLUG:NUMBER", help="the largest one last")
        parser.add_argument("--rounds", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        sizes = {slug: int(number) for slug, _, number in (one.partition(":") for one in options["tenants"])}
        try:
            found = getattr(self, f"_{options['step']}")(sizes, options["rounds"])
        except measuring.Differs as differing:
            raise CommandError(f"Ours and the naive way differ: {differing}") from None
        self.stdout.write(json.dumps(found))

    def _fill(self, sizes: dict[str, int], rounds: int) -> dict[str, int]:
        """The id after which a deep page begins, for each tenant."""
        with crowd.without_indexes():
            tenants = {slug: crowd.make(slug, number) for slug, number in sizes.items()}
        crowd.settle_down()
        return {slug: measuring.deep_in(tenant, sizes[slug] // 2) for slug, tenant in tenants.items()}

    def _queries(self, sizes: dict[str, int], rounds: int) -> dict[str, Any]:
        slug, number = list(sizes.items())[-1]
        pairs = measuring.questions(Tenant.objects.get(slug=slug), number // 2)
        return measuring.measured(pairs, rounds)

    def _resets(self, sizes: dict[str, int], rounds: int) -> dict[str, Any]:
        return measuring.resets({slug: Tenant.objects.get(slug=slug) for slug in sizes}, rounds)
