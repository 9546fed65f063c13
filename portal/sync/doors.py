"""Which door leads to a tenant's directory."""

from __future__ import annotations

from collections.abc import Callable

from portal.accounts.models import Tenant
from portal.directories.protocol import Directory
from portal.directories.refusals import Unsupported
from portal.directories.simulator.door import Simulator
from portal.sync.store import PostgresStore

DOORS: dict[str, Callable[[Tenant], Directory]] = {"simulator": lambda tenant: simulator(tenant)}


def door(tenant: Tenant) -> Directory:
    """The tenant's directory. Raises Unsupported for a door this installation does not have."""
    make = DOORS.get(tenant.directory)
    if make is None:
        raise Unsupported(f"There is no door here to a directory of this kind: {tenant.directory}")
    return make(tenant)


def simulator(tenant: Tenant) -> Simulator:
    """The simulated directory of a demo tenant, with what only a simulator can do."""
    return Simulator(PostgresStore(tenant.pk))
