"""Fixtures that tests of pages share."""

from tests.committed import committed
from tests.fresh import pages_as_they_are

__all__ = ["committed", "pages_as_they_are"]
