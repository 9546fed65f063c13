"""An office for tests: one tenant on a simulated directory, the people who work in it, and a clock that a test moves."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from datetime import timedelta
from typing import Any

from portal import clock
from portal.accounts.models import Membership, Person, RecordEntry, Tenant
from portal.accounts.rights import Role
from portal.diagnosis import closing, cycles, questions
from portal.diagnosis.fixes import asking, claims, running
from portal.diagnosis.marks import marks
from portal.diagnosis.models import Diagnosis, Fix
from portal.diagnosis.problems import NotDone
from portal.directories.simulator.door import Simulator
from portal.directories.simulator.seed.stage import Stage
from portal.directories.simulator.world.store import MemoryStore
from portal.sync import actions, doors
from portal.sync.actions import Closed
from portal.sync.models import SyncError, SyncState

FIRST, SECOND = "user-exists-on-premises", "same-user"
STORES: dict[int, MemoryStore] = {}


def register_memory_door() -> None:
    """The simulator over a document in memory: it sees what a test in a transaction does, and is gone with it."""
    doors.DOORS["memory"] = lambda tenant: Simulator(STORES[tenant.pk])


def make_person(name: str, tenant: Tenant | None = None, role: Role | None = None) -> Person:
    person = Person.objects.create(subject=f"local:{name.casefold()}", name=name, is_local=True)
    if tenant and role:
        Membership.objects.create(tenant=tenant, person=person, role=role)
    return person


def apply_fix(diagnosis: Diagnosis, by: Person, **options: bool) -> Fix:
    """Read the dry run and confirm it; where there is none to read, the button is pressed all the same."""
    seen = ""
    with suppress(NotDone):
        seen = asking.dry_run(diagnosis, by, **options).digest
    return asking.request_fix(diagnosis, by, seen=seen, **options)


class Office:
    """Ada is Global Administrator, Cem Contributor, Rosa Reader, Sam nobody; `now` is the time everywhere."""

    def __init__(self, scene: Stage, *, slug: str = "contoso") -> None:
        self.now = scene.now
        self.tenant = Tenant.objects.create(slug=slug, name=slug.title(), cloud="public", directory="memory")
        STORES[self.tenant.pk] = MemoryStore(scene.state.as_document())
        self.ada = make_person(f"Ada-{slug}", self.tenant, Role.GLOBAL_ADMINISTRATOR)
        self.cem = make_person(f"Cem-{slug}", self.tenant, Role.CONTRIBUTOR)
        self.rosa = make_person(f"Rosa-{slug}", self.tenant, Role.READER)
        self.sam = make_person(f"Sam-{slug}")
        self._held = ExitStack()
        self._hold()
        self.read()

    def _hold(self) -> None:
        self._held.close()
        self._held.enter_context(clock.frozen(self.now))

    def leave(self) -> None:
        self._held.close()

    def later(self, **delta: float) -> None:
        self.now += timedelta(**delta)
        self._hold()

    @property
    def directory(self) -> Simulator:
        return doors.door(self.tenant)

    @property
    def state(self) -> SyncState:
        return SyncState.objects.get(tenant=self.tenant)

    def read(self) -> None:
        """Read the report and store it, as every cycle begins."""
        actions.close_cycle(self.tenant, actions.read_report(self.tenant))

    def errors(self) -> list[SyncError]:
        return list(SyncError.objects.of(self.tenant).open().order_by("pk"))

    def error(self, attribute: str = "") -> SyncError:
        """The first open error, of an attribute if one is given."""
        return next(one for one in self.errors() if attribute.casefold() in one.attribute.casefold())

    def act(self, name: str, /, **values: str) -> None:
        """Somebody changes something in Contoso itself."""
        self.directory.act(name, {key.replace("_", "-"): value for key, value in values.items()}, who="Otto Operator")

    def switch(self, name: str, *, on: bool) -> None:
        self.act("switch", name=name, on="on" if on else "off")

    def play(self, fault: str, **more: str) -> None:
        self.act("play-fault", fault=fault, **more)

    def open(self, error: SyncError | None = None) -> Diagnosis:
        return questions.diagnosis_now(error or self.error(), self.ada)

    def answer(self, diagnosis: Diagnosis, *answers: str) -> Diagnosis:
        """Answer the questions as they come."""
        for answer in answers:
            here = questions.way(diagnosis).question
            diagnosis = questions.answer(diagnosis, here.name, answer, revision=diagnosis.revision, by=self.ada)
        return diagnosis

    def answered(self, *answers: str, error: SyncError | None = None) -> Diagnosis:
        return self.answer(self.open(error), *answers)

    def closed(self, error: SyncError | None = None) -> Diagnosis:
        return closing.close(self.answered("yes", error=error), self.ada)

    def at_the_fix(self, error: SyncError | None = None) -> Diagnosis:
        """No, then yes: given anew where they were given before, about the objects as they are now."""
        diagnosis = self.open(error)
        for question, answer in ((FIRST, "no"), (SECOND, "yes")):
            diagnosis = questions.answer(diagnosis, question, answer, revision=diagnosis.revision, by=self.ada)
        return diagnosis

    def requested(self, error: SyncError | None = None, **options: bool) -> Fix:
        """A fix that is asked for and claimed, and not yet in a worker's hands."""
        return apply_fix(self.at_the_fix(error), self.ada, **options)

    def fixed(self, error: SyncError | None = None, **options: bool) -> Fix:
        """A fix that a worker had."""
        fix = self.requested(error, **options)
        self.run(fix)
        return fix

    def run(self, fix: Fix) -> None:
        running.run_fix(fix.pk)
        fix.refresh_from_db()

    def cycle(self, **delta: float) -> Closed | None:
        """Half an hour later, as the worker does it."""
        self.later(**(delta or {"minutes": 31}))
        return cycles.run_cycle(self.tenant)

    def log(self) -> list[dict[str, Any]]:
        """The lines of the simulator's log, as they are kept."""
        return STORES[self.tenant.pk].read()["log"]

    def writes(self) -> list[str]:
        """The steps that were really written, from the simulator's own log."""
        return [line.step for line in self.directory.log() if line.fix and line.what != "fix refused"]

    def marks(self, error: SyncError | None = None) -> list[str]:
        row = SyncError.objects.get(pk=error.pk) if error else self.error()
        return [mark.kind for mark in marks(row, self.state, claims.fix_of(row))]

    def journal(self, fix: Fix) -> list[str]:
        return [f"{line.what} {line.key}".strip() for line in fix.journal.all()]

    def status(self, error: SyncError | None = None) -> str:
        row = SyncError.objects.get(pk=error.pk) if error else self.error()
        return row.status_in(self.state.cycle)

    def lines(self) -> list[str]:
        """What the record says, the oldest first."""
        return list(RecordEntry.objects.filter(tenant=self.tenant).order_by("pk").values_list("what", flat=True))
