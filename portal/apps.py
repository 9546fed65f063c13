"""The one Django app of the portal."""

from importlib import import_module

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks; importing them is all it takes."""
        import_module("portal.checks")
