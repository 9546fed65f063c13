"""The web server: granian with two worker processes that end with it, listening at `HOST` and `PORT`."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from portal import environment
from portal.runtime.lifeline import die_with_parent

# Each thread keeps a database connection of its own: workers times threads must stay well below the server's 100.
THREADS = 4
# As long as granian allows: a thread that ends takes its connection with it.
IDLE_SECONDS = 600


def address() -> tuple[str, int]:
    """Where the portal listens: `HOST` (127.0.0.1) and `PORT` (8000)."""
    return environment.text("HOST") or "127.0.0.1", environment.integer("PORT", default=8000, least=1, most=65_535)


def load() -> Callable[..., Any]:
    """Runs in each worker, which granian alone would leave alive and answering when its parent is killed."""
    die_with_parent(signal.SIGKILL)
    from portal.wsgi import application

    return application


def main() -> None:
    host, port = address()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    Granian(
        "portal.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=environment.integer("PORTAL_WEB_WORKERS", default=2, least=1, most=64),
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=IDLE_SECONDS,
        respawn_failed_workers=True,
        workers_kill_timeout=3,
        log_level=LogLevels.warning,
    ).serve(target_loader=load, wrap_loader=False)


if __name__ == "__main__":
    main()
