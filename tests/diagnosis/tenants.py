"""Tenants whose directory is kept in the database, for tests with several processes: people whose accounts were made anew."""

from __future__ import annotations

from portal import clock
from portal.accounts.models import Person, Tenant
from portal.accounts.rights import Role
from portal.diagnosis import cycles, questions
from portal.directories.simulator.seed.stage import Stage
from portal.directories.simulator.world import switches
from portal.sync.models import SyncError
from portal.sync.store import PostgresStore
from tests.diagnosis.office import FIRST, SECOND, make_person

CLEARED = "-cleared"


def orphans(number: int, *, plan: str = "in-cloud", both_every: int = 0) -> Stage:
    """People whose accounts were made anew; each `both_every`th of them has two errors, the others one.

    Their fixes have the steps of the `plan`; one that clears the identifier is for a directory that is hardened so.
    """
    stage = Stage(clock.now())
    sip = plan.startswith("in-ad")
    old = [
        stage.user(f"Person {one}", f"p{one}", **_addresses(f"p{one}") if sip else {}) for one in range(1, number + 1)
    ]
    stage.cycle()
    new = [stage.recreate(one) for one in old]
    for one in old:
        stage.do("ad-delete", object=one)
    stage.do("rebuild-sync")
    for place, one in enumerate(new, start=1):
        if not sip and not (both_every and place % both_every == 0):
            stage.set(one, "userPrincipalName", f"new{place}@contoso.com")
    stage.cycle()
    if plan.endswith(CLEARED):
        stage.do("switch", name=switches.HARDENED_IDENTIFIER, on="on")
    return _now_is_now(stage)


def _addresses(login: str) -> dict[str, list[str]]:
    return {"proxyAddresses": [f"SMTP:{login}@contoso.com", f"SIP:{login}@contoso.com"]}


def _now_is_now(stage: Stage) -> Stage:
    """The stage has run ahead of the real clock, by which the workers go: the next cycle counts from now."""
    now = clock.now()
    engine = stage.state.engine
    engine.last_started_at = engine.export_started_at = engine.export_ended_at = stage.state.swept_at = now
    return stage


def open_tenant(slug: str, stage: Stage) -> tuple[Tenant, Person]:
    """A tenant whose directory is kept in the database, and its Global Administrator."""
    tenant = Tenant.objects.create(slug=slug, name=slug, cloud="public", directory="simulator")
    with PostgresStore(tenant.pk).exclusively() as document:
        document.values, document.changed = stage.state.as_document(), True
    cycles.run_cycle(tenant)
    return tenant, make_person(f"Ada-{slug}", tenant, Role.GLOBAL_ADMINISTRATOR)


def at_the_fix(error: SyncError, person: Person) -> questions.Diagnosis:
    diagnosis = questions.diagnosis_now(error, person)
    for question, answer in ((FIRST, "no"), (SECOND, "yes")):
        diagnosis = questions.answer(diagnosis, question, answer, revision=diagnosis.revision, by=person)
    return diagnosis
