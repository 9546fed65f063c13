"""Fixtures of the tests of tenants' pages."""

from __future__ import annotations

import pytest

from tests.committed_demo import committed_demo
from tests.diagnosis.conftest import office, open_office

__all__ = ["committed_demo", "office", "open_office"]


@pytest.fixture(autouse=True)
def demo_is_on(settings) -> None:
    settings.DEMO = True
