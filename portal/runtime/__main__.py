"""`python -m portal.runtime`, which `make run` starts: checks what can be checked, then hands over to the supervisor."""

from __future__ import annotations

import os
import signal
import socket
import sys

from django.core.exceptions import ImproperlyConfigured

from portal.runtime import cluster, database, web
from portal.runtime.cures import CannotRun
from portal.runtime.lifeline import die_with_parent
from portal.runtime.locks import Lock
from portal.runtime.places import data_folder, place
from portal.runtime.supervisor import Supervisor

# Given by `make run`: when make is killed, nobody is left who could stop us.
TIED = "--tied"
ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}


def main() -> None:
    if TIED in sys.argv:
        die_with_parent(signal.SIGTERM)
    host, port = web.address()
    database.connection_parameters()
    where = place(data_folder())
    cluster.prepare(where)
    with Lock(where.run_lock) as lock:
        if not lock.try_own():
            raise CannotRun(
                f"A portal already runs on {where.data}: {lock.read()}. Stop it first, "
                "or give this one a folder and a port of its own: PORTAL_DATA=.data-2 PORT=8001 make run"
            )
        check_address(host, port)
        lock.write(f"process {os.getpid()}, {url_of(host, port)}")
        supervisor = Supervisor(where, url_of(host, port))
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, supervisor.stop)
        supervisor.run()


def url_of(host: str, port: int) -> str:
    """What a browser on this machine opens."""
    host = ANY_ADDRESS.get(host, host)
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def check_address(host: str, port: int) -> None:
    """Raise CannotRun when nothing can listen there, before anything is started."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except socket.gaierror:
        raise CannotRun(
            f'HOST="{host}" is no address of this machine. Unset it, or set it to 127.0.0.1 or 0.0.0.0.'
        ) from None
    except PermissionError:
        raise CannotRun(f"Port {port} is for root alone. Choose one from 1024 on: PORT=8000 make run") from None
    except OSError as error:
        raise CannotRun(
            f"Nothing can listen at {host} port {port}: {error.strerror}. "
            f"Stop the program that does, or choose another port: PORT={port + 1} make run"
        ) from None


if __name__ == "__main__":
    try:
        main()
    except (CannotRun, ImproperlyConfigured) as refusal:
        sys.exit(f"portal  {refusal}")
