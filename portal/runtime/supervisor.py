"""Brings up database, articles, web and worker, keeps them up, and takes them down together."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

from portal.runtime import database, postgres
from portal.runtime.children import Child, Process, say
from portal.runtime.cures import CannotRun
from portal.runtime.lifeline import spawn
from portal.runtime.locks import Lock
from portal.runtime.places import CHECKOUT, Place

TICK_SECONDS, PROBE_SECONDS, PATIENCE_SECONDS = 0.05, 0.25, 8.0
MANAGE = (sys.executable, "manage.py")


@dataclass(frozen=True, kw_only=True)
class Step:
    """A command that runs to its end before the web starts; without a `vital` one the portal cannot run."""

    doing: str
    command: tuple[str, ...]
    vital: bool = True


STEPS = (
    Step(doing="bringing the database up to date", command=(*MANAGE, "migrate", "--no-input", "--verbosity", "0")),
    Step(
        doing="reading our own articles",
        command=(*MANAGE, "import_articles", "articles", "--collection", "native", "--prune"),
        vital=False,
    ),
    Step(doing="seeing that the search knows every text", command=(*MANAGE, "index_search"), vital=False),
    Step(doing="setting up the demo tenants", command=(*MANAGE, "make_demo"), vital=False),
)
# Name, command, and the signal it gets when we are killed outright (a worker without its database hangs: SIGKILL for it).
PROGRAMS = (
    ("web", (sys.executable, "-m", "portal.runtime.web"), signal.SIGTERM),
    ("worker", (*MANAGE, "procrastinate", "worker"), signal.SIGKILL),
)


class Supervisor:
    """Holds one data folder and its children until `stop` is called, which a signal handler may do."""

    def __init__(self, where: Place, url: str) -> None:
        self._place, self._url = where, url
        self._stopping = False
        self._environment = {**os.environ, "PORTAL_DATA": str(where.data), "PYTHONUNBUFFERED": "1"}

    def stop(self, *_: object) -> None:
        self._stopping = True

    def run(self) -> None:
        """Return when stopped; raise CannotRun when something vital fails. Either way no child is left."""
        programs = [Child(name=name, start=partial(self._spawn, *rest)) for name, *rest in PROGRAMS]
        with ExitStack() as held:
            servers = self._database(held)
            held.callback(_take_down, programs)
            for step in STEPS:
                self._take(step)
            self._keep_up([*servers, *programs])

    def _database(self, held: ExitStack) -> list[Child]:
        """The server as our own child; as long as a running command's keeper owns it, we use that one and wait our turn."""
        if database.given_url():
            held.enter_context(database.available())
            return []
        say(f"starting the database in {self._place.data}")
        held.enter_context(Lock(self._place.users_lock)).share()
        owner = held.enter_context(Lock(self._place.owner_lock))
        server = Child(name="database", start=lambda: postgres.start(self._place) if owner.try_own() else None)
        held.callback(lambda: server.process and postgres.stop(server.process))
        while server.process is None and not self._stopping and not postgres.answers(self._place):
            server.begin()
            if server.process:
                postgres.wait_until_ready(self._place, server.process)
            time.sleep(TICK_SECONDS)
        return [server]

    def _take(self, step: Step) -> None:
        if self._stopping:
            return
        say(step.doing)
        process = self._spawn(step.command, signal.SIGKILL)
        while process.poll() is None and not self._stopping:
            time.sleep(TICK_SECONDS)
        if self._stopping:
            process.kill()
            process.wait()
        elif process.returncode and step.vital:
            raise CannotRun(f"The portal cannot run: {step.doing} failed. The lines above say why; then run it again.")
        elif process.returncode:
            say(f"{step.doing} failed; the portal runs with what it has. Try: {' '.join(step.command)}")

    def _spawn(self, command: tuple[str, ...], death_signal: signal.Signals) -> Process:
        return spawn(
            [*command], death_signal=death_signal, cwd=CHECKOUT, env=self._environment, stdin=subprocess.DEVNULL
        )

    def _keep_up(self, children: list[Child]) -> None:
        announced, probe_due = False, 0.0
        while not self._stopping:
            for child in children:
                child.tend()
            if not announced and time.monotonic() > probe_due:
                announced = self._announce()
                probe_due = time.monotonic() + PROBE_SECONDS
            time.sleep(TICK_SECONDS)

    def _announce(self) -> bool:
        """Say where the portal is, once it answers there; whether that was said."""
        if not _ready(self._url):
            return False
        say(f"ready at {self._url}  (Ctrl-C stops it, the data stays in {self._place.data})")
        return True


def _ready(url: str) -> bool:
    connection = http.client.HTTPConnection(url.removeprefix("http://").rstrip("/"), timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def _take_down(children: list[Child]) -> None:
    for child in children:
        child.ask_to_end()
    for child in children:
        child.end(patience=PATIENCE_SECONDS)
