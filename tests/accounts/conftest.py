"""Fixtures of the tests of accounts."""

from tests.diagnosis.conftest import office, open_office

__all__ = ["office", "open_office"]
