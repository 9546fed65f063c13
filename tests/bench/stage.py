"""A portal of its own for a benchmark: a throw-away PostgreSQL in a temporary folder, commands and a server on it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from portal.runtime import postgres
from portal.runtime.lifeline import spawn
from portal.runtime.places import CHECKOUT, Place, place
from tests.bench.line import Target, answers, get

LOOPBACK = "127.0.0.1"
WORKERS, WHO_ANSWERS = 2, "/bench/worker/"
COMMAND_SECONDS, START_SECONDS, STOP_SECONDS = 600, 60, 10
MIGRATED = "migrated"


class BenchFailed(Exception):
    """Something that is measured did not do its work; its figures would be worth nothing."""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One portal in `folder`; its database is empty, migrated, and may be emptied again."""

    folder: Path
    place: Place

    def environment(self, **more: str) -> dict[str, str]:
        """Ours without what the caller's shell says of a portal, so that every run measures the default settings."""
        foreign = ("DATABASE_URL", "HOST", "PORT", "DJANGO_SETTINGS_MODULE")
        kept = {
            name: value for name, value in os.environ.items() if name not in foreign and not name.startswith("PORTAL_")
        }
        return {**kept, "PORTAL_DATA": str(self.place.data), **more}

    def run(self, *words: str) -> str:
        """Run a Python program in the checkout to its end; its standard output. Raises BenchFailed with its last words."""
        done = self._finish(*words)
        if done.returncode:
            raise BenchFailed(f"{' '.join(words[:2])} ended with {done.returncode}: {_last_words(done.stderr)}")
        return done.stdout

    def import_articles(self, path: Path, *options: str) -> dict[str, int]:
        """The counts of the real command. A rejected file, which a corpus may have, makes it end with 1: the counts decide."""
        done = self._finish("manage.py", "import_articles", str(path), "--json", *options)
        try:
            return json.loads(done.stdout)["counts"]
        except ValueError:
            raise BenchFailed(f"import_articles ended with {done.returncode}: {_last_words(done.stderr)}") from None

    def _finish(self, *words: str) -> subprocess.CompletedProcess[str]:
        options = {"cwd": CHECKOUT, "env": self.environment(), "timeout": COMMAND_SECONDS}
        return subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False, **options)

    @contextmanager
    def starting(self, *words: str) -> Iterator[None]:
        """A Python program that runs beside the block; afterwards it must have ended well."""
        options = {
            "cwd": CHECKOUT,
            "env": self.environment(),
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.DEVNULL,
        }
        program = spawn([sys.executable, *words], death_signal=signal.SIGKILL, **options)
        try:
            yield
            if program.wait(COMMAND_SECONDS):
                raise BenchFailed(f"{' '.join(words[:2])} ended with exit code {program.returncode}.")
        finally:
            program.kill()
            program.wait()

    def connect(self, database: str = postgres.NAME) -> psycopg.Connection[Any]:
        return psycopg.connect(
            host=str(self.place.sockets), port=postgres.PORT, user=postgres.NAME, dbname=database, autocommit=True
        )

    def empty(self) -> None:
        """Make the database anew as the migrations left it, with fresh files and no dead rows."""
        name, template = sql.Identifier(postgres.NAME), sql.Identifier(MIGRATED)
        with self.connect("postgres") as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, template))

    @contextmanager
    def serving(self, **more: str) -> Iterator[Target]:
        """The portal's own server with the bench's addresses added, listening on loopback."""
        target = Target(host=LOOPBACK, port=_free_port())
        settings = {
            "DJANGO_SETTINGS_MODULE": "tests.bench.site.settings",
            "HOST": target.host,
            "PORTAL_WEB_WORKERS": str(WORKERS),
        }
        log = self.folder / "web.log"
        with log.open("w") as said:
            server = spawn(
                [sys.executable, "-m", "portal.runtime.web"],
                death_signal=signal.SIGTERM,
                cwd=CHECKOUT,
                env=self.environment(**settings, PORT=str(target.port), **more),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )
        try:
            _wait_for(target, server, log)
            yield target
        finally:
            _stop(server)


@contextmanager
def set_up() -> Iterator[Stage]:
    """Durable, as `make run` has it, with the moment of each commit kept for the freshness benchmark."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # the user who runs PostgreSQL for root must pass
        stage = Stage(folder=Path(folder), place=place(Path(folder) / "data"))
        with postgres.running(stage.place), stage.connect() as connection:
            connection.execute("ALTER SYSTEM SET track_commit_timestamp = on")
        with postgres.running(stage.place):
            stage.run("manage.py", "migrate", "--no-input", "--verbosity", "0")
            with stage.connect("postgres") as connection:
                connection.execute(f"ALTER DATABASE {postgres.NAME} RENAME TO {MIGRATED}")
            stage.empty()
            yield stage


def _last_words(said: str) -> str:
    """The last line: those above it name paths of this machine."""
    return said.strip().rpartition("\n")[2]


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind((LOOPBACK, 0))
        return trial.getsockname()[1]


def _wait_for(target: Target, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return when every worker answers: the first one is up well before the others."""
    deadline, workers = time.monotonic() + START_SECONDS, set()
    while len(workers) < WORKERS:
        if server.poll() is not None or time.monotonic() > deadline:
            raise BenchFailed(f"The web server did not come up: {_last_words(log.read_text())}")
        if answers(target, "/readyz"):
            workers.add(get(target, WHO_ANSWERS).body)
        time.sleep(0.05)


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
