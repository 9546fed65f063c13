"""Fixtures of the tests of staff pages: somebody of the staff at her browser."""

from __future__ import annotations

import pytest
from django.test import Client

from portal.accounts.models import Person
from portal.articles import topic_health
from tests.committed import committed
from tests.pages.tenants.visitors import browser

__all__ = ["committed"]


@pytest.fixture(autouse=True)
def demo_is_on(settings) -> None:
    settings.DEMO = True


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    """A test stores texts without an import, so their version stays the same."""
    topic_health.forget()


@pytest.fixture
def staff(db) -> Client:
    """The browser of Sam, who is portal staff and in no tenant."""
    return browser(
        Person.objects.create(subject="local:sam-of-staff", name="Sam Staff", is_local=True, is_portal_staff=True)
    )
