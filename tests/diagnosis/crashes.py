"""Crashes of workers at every point of a fix, and how each is judged: by the directory's own log."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from django.db import connection

from portal import clock
from portal.accounts.models import Person, Tenant
from portal.accounts.rights import Role
from portal.diagnosis import cycles, questions
from portal.diagnosis.fixes import running, sweeping
from portal.diagnosis.models import HOLDING, Fix
from portal.directories.simulator.seed.stage import Stage
from portal.sync.doors import simulator
from portal.sync.models import SyncError
from portal.sync.store import PostgresStore
from tests.diagnosis.office import FIRST, SECOND, apply_fix, make_person
from tests.servers import Server

CHECKOUT = Path(__file__).resolve().parents[2]
SETTINGS = "tests.diagnosis.quick_settings"
PATIENCE_SECONDS = 30.0


@dataclass(frozen=True)
class Crash:
    """What happens to a worker, and where: step (from 1) and point, before its write, written, or journalled."""

    mode: str
    step: int
    point: str
    plan: str = "in-cloud"
    times: int = 1

    def __str__(self) -> str:
        return f"{self.mode} at {self.point} {self.step} of {self.plan}"


# Modes that need a process that stops, and modes that the directory itself plays.
PROCESS_MODES = ("killed", "frozen", "database-stopped", "connection-cut", "killed-twice")
PLAYED = {
    "timeout-written": ("timeout-after", "apply"),
    "timeout-not-written": ("timeout-before", "apply"),
    "nonsense": ("nonsense", "apply"),
    "throttled": ("throttled", "apply"),
    "throttled-look": ("throttled", "observe"),
    "timeout-look": ("timeout-before", "observe"),
}
STEPS = {"in-cloud": 5, "in-ad": 1}
POINTS = ("before", "written", "journalled")


def every_crash() -> list[Crash]:
    found = [
        Crash(mode, step, point, plan)
        for plan, steps in STEPS.items()
        for step in range(1, steps + 1)
        for mode in PROCESS_MODES
        for point in POINTS
    ]
    found += [
        Crash(mode, step, "before", plan, times)
        for plan, steps in STEPS.items()
        for step in range(1, steps + 1)
        for mode in PLAYED
        for times in (1, 3)
    ]
    return found


def database_url() -> str:
    """The address of the test database for another process."""
    its = connection.settings_dict
    person = quote(its["USER"] or "", safe="") + (f":{quote(its['PASSWORD'], safe='')}" if its["PASSWORD"] else "")
    query = urlencode({name: its[key] for name, key in (("host", "HOST"), ("port", "PORT")) if its[key]})
    return f"postgresql://{person}@/{quote(its['NAME'], safe='')}?{query}"


def environment() -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "PORTAL_SECRET_KEY": "x" * 40,
    }


class Nursery:
    """Where workers are born that will be stopped."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.diagnosis.doomed"]
        self._process = subprocess.Popen(
            command, cwd=CHECKOUT, env=environment(), text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._read()

    def worker(self, fix: Fix, crash: Crash) -> int:
        """A worker that has come to its point and stands still; returns its process id."""
        told = self._ask({"fix": fix.pk, "step": crash.step, "point": crash.point})
        assert told["state"] == "stopped", told
        return told["pid"]

    def wait(self, pid: int) -> None:
        self._ask({"wait": pid})

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait(10)

    def _ask(self, order: dict[str, object]) -> dict[str, object]:
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, object]:
        line = self._process.stdout.readline()
        assert line, "the nursery has died"
        return json.loads(line)


def orphans(number: int, *, plan: str = "in-cloud", both_every: int = 0) -> Stage:
    """People whose accounts were made anew; each `both_every`th of them has two errors, the others one."""
    stage = Stage(clock.now())
    sip = plan == "in-ad"
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


@dataclass
class Case:
    """One fix, asked for in a tenant of its own."""

    crash: Crash
    tenant: Tenant
    fix: Fix

    @classmethod
    def begin(cls, crash: Crash, slug: str, stages: dict[str, Stage]) -> Case:
        tenant, person = open_tenant(slug, stages[crash.plan])
        error = SyncError.objects.of(tenant).open().order_by("pk").first()
        return cls(crash=crash, tenant=tenant, fix=apply_fix(at_the_fix(error, person), person))

    def play(self) -> None:
        """Let the directory fail, and a worker bear it."""
        fault, operation = PLAYED[self.crash.mode]
        step = self.fix.plan["steps"][self.crash.step - 1]["key"]
        values = {"fault": fault, "operation": operation, "step": step, "times": str(self.crash.times)}
        simulator(self.tenant).act("play-fault", values, who="Otto Operator")
        running.run_fix(self.fix.pk)

    def strike(self, nursery: Nursery, server: Server | None) -> None:
        """Bring a worker to its point, and do to it what the crash says."""
        pid = nursery.worker(self.fix, self.crash)
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

    def has_ended(self) -> bool:
        self.fix.refresh_from_db()
        return self.fix.state not in ("claimed", "running")

    def judge(self) -> None:
        """Exactly one fix or an honest unknown, from the simulator's own log; then the next cycle settles it."""
        log = [line for line in simulator(self.tenant).log() if line.fix == str(self.fix.pk)]
        written = [line.step for line in log if line.what != "fix refused"]
        wanted = [step["key"] for step in self.fix.plan["steps"]]
        assert written == list(dict.fromkeys(written)), f"{self.crash}: written twice: {written}"
        assert written == wanted[: len(written)], f"{self.crash}: out of order: {written}"
        leases = [line.lease for line in log if line.what != "fix refused"]
        assert leases == sorted(leases), f"{self.crash}: an older lease wrote after a newer one: {leases}"
        assert self.fix.state in ("done", "unknown"), f"{self.crash}: {self.fix.state} {self.fix.message}"
        if self.fix.state == "done":
            assert written == wanted, f"{self.crash}: done, but {written}"
        time.sleep(0.002)
        simulator(self.tenant).start_cycle()
        cycles.run_cycle(self.tenant)
        self.fix.refresh_from_db()
        assert self.fix.state == "settled", f"{self.crash}: not settled by the cycle"
        if written == wanted:
            assert self.fix.settled_how == "cleared"
        assert not SyncError.objects.of(self.tenant).filter(fixes__state__in=HOLDING).exists()


def _killed(case: Case, nursery: Nursery, pid: int, server: Server | None) -> None:
    os.kill(pid, signal.SIGKILL)
    nursery.wait(pid)
    case.rescue()


def _killed_twice(case: Case, nursery: Nursery, pid: int, server: Server | None) -> None:
    """The worker that takes over is killed too, where it comes to the same or the next step."""
    os.kill(pid, signal.SIGKILL)
    nursery.wait(pid)
    while case.fix.pk not in sweeping.left_alone():
        time.sleep(0.02)
    steps = len(case.fix.plan["steps"])
    again = Crash("killed", min(case.crash.step + 1, steps), "journalled")
    second = nursery.worker(case.fix, again) if again.step > case.crash.step else None
    if second:
        os.kill(second, signal.SIGKILL)
        nursery.wait(second)
    case.rescue()


def _frozen(case: Case, nursery: Nursery, pid: int, server: Server | None) -> None:
    """Another worker goes on; then the frozen one wakes up, and may write nothing."""
    case.rescue()
    before = [line.number for line in simulator(case.tenant).log() if line.what != "fix refused"]
    os.kill(pid, signal.SIGCONT)
    nursery.wait(pid)
    after = [line.number for line in simulator(case.tenant).log() if line.what != "fix refused"]
    assert before == after, f"{case.crash}: the woken worker wrote"


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
}
