"""Small scenes for tests: one or two people, and what happened to them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from portal import clock
from portal.directories.evidence import Question
from portal.directories.faults import Fault
from portal.directories.plans import Fix, Lease, Plan, StepResult
from portal.directories.simulator.door import Simulator
from portal.directories.simulator.reading.reporting import report
from portal.directories.simulator.seed.stage import Stage
from portal.directories.simulator.world.store import MemoryStore

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LEASE = Lease(fix="fix-1", number=1, holder="worker-1")


def stage() -> Stage:
    return Stage(NOON)


def faults(scene: Stage) -> tuple[Fault, ...]:
    return report(scene.state, scene.now).faults


def only_fault(scene: Stage) -> Fault:
    (fault,) = faults(scene)
    return fault


def switch(scene: Stage, name: str, *, on: bool) -> None:
    scene.do("switch", name=name, on="on" if on else "off")


def orphan(*, address_only: bool = True) -> Stage:
    """Joe's account was made anew, and the deletion of the old one never reached the cloud: his address is in conflict.

    With `address_only` he has another sign-in name now, so that there is one error; else there are two.
    """
    scene = stage()
    old = scene.user("Joe Johnson", "joe")
    scene.cycle()
    scene.license(old)
    new = scene.recreate(old)
    scene.do("ad-delete", object=old)
    scene.do("rebuild-sync")
    if address_only:
        scene.set(new, "userPrincipalName", "joe.johnson@contoso.com")
    scene.cycle()
    return scene


def pending_orphan() -> Stage:
    """As `orphan`, but the new account has a SIP address in conflict and is not made in the cloud at all."""
    scene = stage()
    old = scene.user("Joe Johnson", "joe", proxyAddresses=["SMTP:joe@contoso.com", "SIP:joe@contoso.com"])
    scene.cycle()
    scene.recreate(old)
    scene.do("ad-delete", object=old)
    scene.do("rebuild-sync")
    scene.cycle()
    return scene


class Bench:
    """A simulator on a scene, with a clock that a test moves."""

    def __init__(self, scene: Stage) -> None:
        self.now = scene.now
        self.simulator = Simulator(MemoryStore(scene.state.as_document()))

    @contextmanager
    def at_work(self) -> Iterator[Simulator]:
        with clock.frozen(self.now):
            yield self.simulator

    def later(self, **delta: float) -> None:
        self.now += timedelta(**delta)

    def faults(self) -> tuple[Fault, ...]:
        with self.at_work() as simulator:
            return simulator.errors().faults

    def fault(self) -> Fault:
        return self.faults()[0]

    def act(self, name: str, /, **values: str) -> str:
        with self.at_work() as simulator:
            return simulator.act(name, {key.replace("_", "-"): value for key, value in values.items()}, who="Ada")

    def switch(self, name: str, *, on: bool) -> None:
        self.act("switch", name=name, on="on" if on else "off")

    def play(self, fault: str, **more: str) -> None:
        self.act("play-fault", fault=fault, **more)

    def find(self, question: Question, fault: Fault | None = None):
        with self.at_work() as simulator:
            return simulator.find(question, fault or self.fault())

    def plan(self, fault: Fault | None = None, **more) -> Plan:
        chosen = fault or self.fault()
        with self.at_work() as simulator:
            return simulator.plan(Fix(fault=chosen, **more))

    def apply(self, step, lease: Lease = LEASE) -> StepResult:
        with self.at_work() as simulator:
            return simulator.apply(step, lease)

    def observe(self, step, lease: Lease = LEASE):
        with self.at_work() as simulator:
            return simulator.observe(step, lease)

    def apply_all(self, plan: Plan, lease: Lease = LEASE) -> list[StepResult]:
        return [self.apply(step, lease) for step in plan.steps]

    def cycle(self) -> int:
        self.later(minutes=30)
        with self.at_work() as simulator:
            return simulator.start_cycle()

    def writes(self) -> list[str]:
        """The steps that were really written, from the simulator's own log."""
        return [line.step for line in self.simulator.log() if line.fix and line.what != "fix refused"]

    @property
    def world(self):
        return self.simulator.world()
