"""Makes the demo tenants and the people to sign in as; what is there already stays as it is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.sync import demo


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Make the demo tenants and the people to sign in as, on this machine only (PORTAL_DEMO)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            self.stdout.write(
                "The demo is off here. Set PORTAL_DEMO=1 to have it; sign-in to it works on loopback only."
            )
            return
        tenants = demo.ensure()
        self.stdout.write(f"Demo tenants: {', '.join(tenant.name for tenant in tenants)}. Sign in at /sign-in.")
