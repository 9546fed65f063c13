"""What is done to a fix and its workers in each cell of the crash matrix, and how it is judged: by the directory's own log."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from django.db import connection

from portal.accounts.models import Person, Tenant
from portal.diagnosis import cycles, problems
from portal.diagnosis.fixes import running, sweeping
from portal.diagnosis.models import HOLDING, Fix
from portal.directories.plans import Lease, Step, StepResult
from portal.directories.protocol import Directory
from portal.directories.simulator.seed.stage import Stage
from portal.sync.doors import simulator
from portal.sync.models import SyncError
from tests.diagnosis.matrix import PLAYED, STEPS, SUCCEEDED, Crash, following
from tests.diagnosis.office import apply_fix
from tests.diagnosis.processes import Nursery
from tests.diagnosis.tenants import CLEARED, at_the_fix, open_tenant
from tests.servers import Server

PATIENCE_SECONDS = 30.0


@dataclass
class Case:
    """One fix, asked for in a tenant of its own."""

    crash: Crash
    tenant: Tenant
    person: Person
    fix: Fix

    @classmethod
    def begin(cls, crash: Crash, slug: str, stages: dict[str, Stage]) -> Case:
        tenant, person = open_tenant(slug, stages[crash.plan])
        case = cls(crash=crash, tenant=tenant, person=person, fix=_asked_for(tenant, person, crash.plan))
        assert len(case.fix.plan["steps"]) == STEPS[crash.plan]
        return case

    @property
    def step(self) -> str:
        return self.fix.plan["steps"][self.crash.step - 1]["key"]

    def fail(self, fault: str, operation: str, times: int) -> None:
        """Let the directory fail at the step from now on."""
        values = {"fault": fault, "operation": operation, "step": self.step, "times": str(times)}
        simulator(self.tenant).act("play-fault", values, who="Otto Operator")

    def play(self) -> None:
        """Let the directory fail, and a worker bear it."""
        one, times = PLAYED[self.crash.mode], self.crash.times
        if one.at == "look-after":
            self.fail("timeout-after", "apply", 1)
            watched = after_the_write(self.step, lambda: self.fail(one.fault, "observe", times))
        else:
            self.fail(one.fault, "apply" if one.at == "write" else "observe", times)
            watched = nullcontext()
        with watched:
            running.run_fix(self.fix.pk)
        assert self.has_ended(), f"{self.crash}: {self.fix.state}"

    def strike(self, nursery: Nursery, server: Server | None) -> None:
        """Bring a worker to its point, and do to it what the crash says."""
        pid = nursery.worker(self.fix, self.crash.step, self.crash.point)
        MODES[self.crash.mode](self, nursery, pid, server)

    def rescue(self) -> float:
        """What the sweep of a living worker does, until the fix has an end; how many seconds that took."""
        began = time.monotonic()
        while not self.has_ended():
            assert time.monotonic() - began < PATIENCE_SECONDS, f"{self.crash} was never resumed: {self.fix.state}"
            for fix in sweeping.left_alone():
                running.run_fix(fix)
            time.sleep(0.02)
        return time.monotonic() - began

    def wait_until_left_alone(self) -> None:
        while self.fix.pk not in sweeping.left_alone():
            time.sleep(0.02)

    def has_ended(self) -> bool:
        self.fix.refresh_from_db()
        return self.fix.state not in ("claimed", "running")

    def writes(self) -> list[int]:
        return [line.number for line in simulator(self.tenant).log() if line.fix and line.what != "fix refused"]

    def judge(self) -> None:
        """Exactly one fix or an honest unknown, from the simulator's own log; then cycles and a person bring it to its end."""
        written = self._judge_log()
        self._judge_end(written)
        if self.fix.state != "failed":
            self._settle(written)
        self._finish()

    def _judge_log(self) -> list[str]:
        log = [line for line in simulator(self.tenant).log() if line.fix == str(self.fix.pk)]
        written = [line.step for line in log if line.what != "fix refused"]
        wanted = [step["key"] for step in self.fix.plan["steps"]]
        assert written == list(dict.fromkeys(written)), f"{self.crash}: written twice: {written}"
        assert written == wanted[: len(written)], f"{self.crash}: out of order: {written}"
        leases = [line.lease for line in log if line.what != "fix refused"]
        assert leases == sorted(leases), f"{self.crash}: an older lease wrote after a newer one: {leases}"
        return written

    def _judge_end(self, written: list[str]) -> None:
        """As the cell says; and what is called done is done, what is called failed was not written."""
        before, holds = self.crash.step - 1, self.fix.state in HOLDING
        assert self.fix.state == self.crash.ends, f"{self.crash}: {self.fix.state} {self.fix.message}"
        assert holds == SyncError.objects.of(self.tenant).filter(fixes__state__in=HOLDING).exists()
        if self.fix.state == "done":
            assert len(written) == STEPS[self.crash.plan], f"{self.crash}: done, but {written}"
        elif self.fix.state == "failed":
            assert len(written) == before, f"{self.crash}: failed, but {written}"
        else:
            assert len(written) in (before, before + 1), f"{self.crash}: unknown, but {written}"

    def _settle(self, written: list[str]) -> None:
        self._cycle()
        self.fix.refresh_from_db()
        assert self.fix.state == "settled", f"{self.crash}: not settled by the cycle"
        if len(written) == STEPS[self.crash.plan]:
            assert self.fix.settled_how == "cleared"

    def _finish(self) -> None:
        """Whatever was left, people come to the end by doing what they are told, and nothing of the error stays."""
        simulator(self.tenant).act("lift-faults", {}, who="Otto Operator")
        for _ in range(3):
            error = SyncError.objects.of(self.tenant).open().order_by("pk").first()
            if error is None:
                return
            if error.is_eligible:
                self._apply_again()
            else:
                self._take_back(error)
            self._cycle()
        assert not SyncError.objects.of(self.tenant).open().exists(), f"{self.crash}: the error stays"

    def _apply_again(self) -> None:
        """While the incoming user is gone from the cloud nothing is in conflict, and the refusal says to wait for a cycle."""
        try:
            again = _asked_for(self.tenant, self.person, self.crash.plan)
        except problems.Refused as refused:
            if refused.reason != "conflict-gone":
                raise
            return
        running.run_fix(again.pk)
        again.refresh_from_db()
        assert again.state == "done", f"{self.crash}: applied again, {again.state} {again.refusal}"

    def _take_back(self, error: SyncError) -> None:
        """The anchor is there and the way back is not: the next cycle's error says what is left to do."""
        assert "Make on-premises its source again." in error.fault["detail"], f"{self.crash}: {error}"
        values = {"object": error.existing_key, "source": "on-premises"}
        simulator(self.tenant).act("cloud-switch-source", values, who="Otto Operator")

    def _cycle(self) -> None:
        time.sleep(0.002)
        simulator(self.tenant).start_cycle()
        cycles.run_cycle(self.tenant)


def _asked_for(tenant: Tenant, person: Person, plan: str) -> Fix:
    error = SyncError.objects.of(tenant).open().order_by("pk").first()
    return apply_fix(at_the_fix(error, person), person, clears_identifier=plan.endswith(CLEARED))


class Watched:
    """The real door; something happens once, when a step's write has come back, however it did."""

    def __init__(self, door: Directory, step: str, happens: Callable[[], None]) -> None:
        self._door, self._step, self._happens = door, step, happens

    def __getattr__(self, name: str) -> object:
        return getattr(self._door, name)

    def apply(self, step: Step, lease: Lease) -> StepResult:
        try:
            return self._door.apply(step, lease)
        finally:
            if step.key == self._step:
                self._happens()


@contextmanager
def after_the_write(step: str, happens: Callable[[], None]) -> Iterator[None]:
    door = running.door
    running.door = lambda tenant: Watched(door(tenant), step, happens)
    try:
        yield
    finally:
        running.door = door


def _kill(nursery: Nursery, pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    nursery.wait(pid)


def _killed(case: Case, nursery: Nursery, pid: int, server: Server | None) -> None:
    _kill(nursery, pid)
    case.rescue()


def _killed_twice(case: Case, nursery: Nursery, pid: int, server: Server | None) -> None:
    """The worker that takes over is killed too, at the next point it can come to."""
    _kill(nursery, pid)
    case.wait_until_left_alone()
    step, point = following(case.crash.plan, case.crash.step, case.crash.point)
    _kill(nursery, nursery.worker(case.fix, step, point))
    case.rescue()


def _killed_in_trouble(case: Case, nursery: Nursery, pid: int, server: Server | None) -> None:
    """The worker that takes over has to look first, and the directory does not let it."""
    _kill(nursery, pid)
    case.fail(SUCCEEDED[case.crash.mode], "observe", case.crash.times)
    case.rescue()


def _frozen(case: Case, nursery: Nursery, pid: int, server: Server | None) -> None:
    """Another worker goes on; then the frozen one wakes up, and may write nothing."""
    case.rescue()
    before = case.writes()
    os.kill(pid, signal.SIGCONT)
    nursery.wait(pid)
    assert before == case.writes(), f"{case.crash}: the woken worker wrote"


def _database_stopped(case: Case, nursery: Nursery, pid: int, server: Server | None) -> None:
    assert server is not None
    server.stop()
    os.kill(pid, signal.SIGCONT)
    nursery.wait(pid)
    server.start()
    connection.close()
    case.rescue()


def _connection_cut(case: Case, nursery: Nursery, pid: int, server: Server | None) -> None:
    """Every connection but our own is cut at the server."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    os.kill(pid, signal.SIGCONT)
    nursery.wait(pid)
    case.rescue()


MODES: dict[str, Callable[[Case, Nursery, int, Server | None], None]] = {
    "killed": _killed,
    "killed-twice": _killed_twice,
    "frozen": _frozen,
    "database-stopped": _database_stopped,
    "connection-cut": _connection_cut,
    **dict.fromkeys(SUCCEEDED, _killed_in_trouble),
}
