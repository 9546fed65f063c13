"""The demo: Contoso, a simulated tenant with some forty sync errors, a second tenant, and people to sign in as."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from portal import clock
from portal.accounts.models import Membership, Person, Tenant
from portal.accounts.rights import Role
from portal.clouds import Cloud
from portal.directories.simulator.seed.contoso import contoso
from portal.sync import actions
from portal.sync.doors import simulator
from portal.sync.models import SyncState
from portal.sync.store import PostgresStore


@dataclass(frozen=True, kw_only=True)
class DemoPerson:
    """Somebody to sign in as: a role in one of the demo tenants, or portal staff, who see no tenant at all."""

    subject: str
    name: str
    tenant: str = ""
    role: Role | None = None
    is_portal_staff: bool = False


TENANTS = (("contoso", "Contoso", Cloud.PUBLIC), ("fabrikam", "Fabrikam (US Government)", Cloud.FAIRFAX))
PEOPLE = (
    DemoPerson(subject="local:ada", name="Ada Lindgren", tenant="contoso", role=Role.GLOBAL_ADMINISTRATOR),
    DemoPerson(subject="local:cem", name="Cem Yıldız", tenant="contoso", role=Role.CONTRIBUTOR),
    DemoPerson(subject="local:rosa", name="Rosa Ferreira", tenant="contoso", role=Role.READER),
    DemoPerson(subject="local:grace", name="Grace Okafor", tenant="fabrikam", role=Role.GLOBAL_ADMINISTRATOR),
    DemoPerson(subject="local:sam", name="Sam Support", is_portal_staff=True),
)


def ensure() -> list[Tenant]:
    """Make what is missing of the demo; what people did in it stays. Returns its tenants."""
    tenants = {slug: _tenant(slug, name, cloud) for slug, name, cloud in TENANTS}
    for one in PEOPLE:
        defaults = {"name": one.name, "is_local": True, "is_portal_staff": one.is_portal_staff}
        person, _ = Person.objects.get_or_create(subject=one.subject, defaults=defaults)
        if one.role:
            Membership.objects.get_or_create(tenant=tenants[one.tenant], person=person, defaults={"role": one.role})
    return list(tenants.values())


def begin_anew(tenant: Tenant) -> None:
    """Put a demo directory back to its beginning. What the portal remembers of the tenant stays, as history does.

    Its cycles count anew, so the next report is news whatever its number.
    """
    _fill(tenant)
    SyncState.objects.filter(tenant=tenant).update(report={}, due_at=clock.now())


def _tenant(slug: str, name: str, cloud: Cloud) -> Tenant:
    defaults = {"name": name, "cloud": cloud.value, "directory": "simulator", "is_demo": True}
    with transaction.atomic():
        tenant, is_new = Tenant.objects.get_or_create(slug=slug, defaults=defaults)
    if is_new or not SyncState.objects.filter(tenant=tenant).exists():
        _fill(tenant)
        actions.begin(tenant)
        actions.close_cycle(tenant, simulator(tenant).errors())
    return tenant


def _fill(tenant: Tenant) -> None:
    with PostgresStore(tenant.pk).exclusively() as document:
        document.values = contoso(clock.now()).as_document()
        document.changed = True
