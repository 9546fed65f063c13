"""The demo tenants, committed: the simulated directory keeps its state on a connection of its own, which sees nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from portal.accounts.models import Person, Tenant
from portal.pages.caching import store
from portal.sync import demo


@pytest.fixture(scope="module")
def committed_demo(django_db_setup: None, django_db_blocker) -> Iterator[Tenant]:
    """Contoso, with Fabrikam beside it; everything of tenants is removed after the module's tests."""
    with django_db_blocker.unblock():
        store.clear()
        contoso, _fabrikam = demo.ensure()
        yield contoso
        remove_tenants()
        connection.close()


def remove_tenants() -> None:
    """The record and the journal refuse to be deleted line by line, so their tables are emptied."""
    tables = [Tenant._meta.db_table, Person._meta.db_table, "procrastinate_jobs", "django_session"]
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
