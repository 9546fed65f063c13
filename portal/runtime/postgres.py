"""The embedded PostgreSQL server: starts it as a direct child, waits for it, stops it."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import psycopg

from portal.runtime import binaries, cluster
from portal.runtime.cures import CannotRun, explain
from portal.runtime.lifeline import spawn
from portal.runtime.places import Place, server_user

NAME, PORT = cluster.NAME, "5432"
LOG_LIMIT = 10_000_000
READY_SECONDS, STOP_SECONDS = 60, 20
# No TCP. Parallel queries want more shared memory than a container has by default, and gain nothing on two cores.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_parallel_workers_per_gather": "0",
    "log_min_messages": "warning",
    "log_timezone": "UTC",
    "timezone": "UTC",
}
# For data that nobody will miss: tests and benchmarks.
FAST_AND_LOOSE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum_naptime": "600"}


def start(place: Place, *, durable: bool = True) -> subprocess.Popen[bytes]:
    """Start the server as a direct child of this process; call `wait_until_ready` next. Needs the owner lock."""
    user = server_user(place.data)
    programs = binaries.folder(user)
    cluster.make(place, programs, user)
    cluster.make_socket_folder(place, user)
    cluster.forget_gone_server(place)
    settings = {**SETTINGS, "unix_socket_directories": str(place.sockets), **({} if durable else FAST_AND_LOOSE)}
    command = [str(programs / "postgres"), "-D", str(place.cluster), "-p", PORT]
    with open_log(place) as log:
        return spawn(
            command + [f"--{name}={value}" for name, value in settings.items()],
            death_signal=signal.SIGINT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            **cluster.process_of(user),
        )


def wait_until_ready(place: Place, server: subprocess.Popen[bytes]) -> None:
    """Return when the server answers and holds our database; raise CannotRun with the cure when it ends instead."""
    deadline = time.monotonic() + READY_SECONDS
    while not answers(place, database="postgres"):
        if server.poll() is not None:
            raise explain(f"The start of PostgreSQL (log: {place.log})", _log_tail(place))
        if time.monotonic() > deadline:
            stop(server)
            raise CannotRun(f"PostgreSQL did not answer for {READY_SECONDS} s. Its log may say why: {place.log}")
        time.sleep(0.02)
    with _connect(place, "postgres") as connection:
        if not connection.execute("select 1 from pg_database where datname = %s", [NAME]).fetchone():
            connection.execute(f"create database {NAME}")


def answers(place: Place, *, database: str = NAME) -> bool:
    """Whether a server is up here and lets us into `database`."""
    try:
        _connect(place, database).close()
    except psycopg.OperationalError:
        return False
    return True


def stop(server: subprocess.Popen[bytes]) -> None:
    """A fast shutdown: sessions are ended, transactions under way are rolled back, the data is left clean."""
    for ask in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if server.poll() is None:
            server.send_signal(ask)
        try:
            server.wait(STOP_SECONDS)
            return
        except subprocess.TimeoutExpired:
            continue


@contextmanager
def running(place: Place, *, durable: bool = True) -> Iterator[None]:
    """A server for the length of a block; the caller alone knows of `place`."""
    cluster.prepare(place)
    server = start(place, durable=durable)
    try:
        wait_until_ready(place, server)
        yield
    finally:
        stop(server)


def _connect(place: Place, database: str) -> psycopg.Connection[Any]:
    return psycopg.connect(
        host=str(place.sockets), port=PORT, user=NAME, dbname=database, connect_timeout=5, autocommit=True
    )


def open_log(place: Place) -> IO[bytes]:
    """The server's log, for appending; begun anew when it has grown large."""
    if place.log.exists() and place.log.stat().st_size > LOG_LIMIT:
        place.log.replace(place.log.with_suffix(".log.1"))
    try:
        return place.log.open("ab")
    except OSError as error:
        raise CannotRun(
            f"{place.log} cannot be written: {error.strerror}. Set PORTAL_DATA to a folder of your own."
        ) from None


def _log_tail(place: Place) -> str:
    return place.log.read_bytes()[-2000:].decode(errors="replace")
