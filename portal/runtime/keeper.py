"""Keeps the embedded server for `manage.py` commands: one process that outlives each of them and stops after the last.

Everyone who uses the server holds `users.lock` shared, and the kernel lets go of it when they end, however they end. The
keeper tries to hold the same lock alone, which succeeds exactly when nobody is left. It holds it while the server goes down, so
that whoever comes meanwhile waits and then starts a new one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import AbstractContextManager
from pathlib import Path

from portal.runtime import cluster, postgres
from portal.runtime.cures import CannotRun
from portal.runtime.locks import Lock
from portal.runtime.places import CHECKOUT, Place, place

READY, BUSY = "ready", "busy"
PATIENCE_SECONDS = 60


class Use(AbstractContextManager["Use"]):
    """Holds the server up while it is open; starts one if none is there."""

    def __init__(self, where: Place) -> None:
        self._place = where
        self._keeper: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Use:
        cluster.prepare(self._place)
        self._lock = Lock(self._place.users_lock)
        self._lock.share()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not postgres.answers(self._place):
            if self._start_keeper() == BUSY:  # somebody else is starting it
                time.sleep(0.1)
            if time.monotonic() > deadline:
                raise CannotRun(
                    f"The database of {self._place.data} does not answer. Its log may say why: {self._place.log}"
                )
        return self

    def _start_keeper(self) -> str:
        """Its words; its standard error goes to the log, because it outlives us and must hold no pipe of ours open."""
        command = [sys.executable, "-m", "portal.runtime.keeper", str(self._place.data)]
        with postgres.open_log(self._place) as log:
            options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": log}
            self._keeper = subprocess.Popen(command, cwd=CHECKOUT, start_new_session=True, **options)
        with self._keeper.stdout as words:
            said = words.read().decode()
        if said not in (READY, BUSY):
            raise CannotRun(
                said or f"The keeper of the database ended without a word. Its log may say why: {self._place.log}"
            )
        return said

    def __exit__(self, *exception: object) -> None:
        """Let go; when we started the keeper and are the last user, see it end, so that nothing is left behind."""
        self._lock.let_go()
        while self._keeper is not None and self._keeper.poll() is None:
            if self._lock.try_share() and not self._lock.try_own():
                break  # others use the server
            self._lock.let_go()  # nobody does: let the keeper have the lock, and wait for it
            time.sleep(0.01)
        self._lock.close()


def keep(where: Place) -> None:
    """Own the server until nobody uses it. Says on standard output, which it then closes, how the start went."""
    with Lock(where.owner_lock) as owner, Lock(where.users_lock) as users:
        if not owner.try_own():
            _say(BUSY)
            return
        try:
            server = postgres.start(where)
            postgres.wait_until_ready(where, server)
        except CannotRun as refusal:
            _say(str(refusal))
            return
        _say(READY)
        while server.poll() is None and not users.try_own():
            time.sleep(0.05)
        postgres.stop(server)
        owner.let_go()  # before the users' lock: whoever waits for that one may start the next server


def _say(words: str) -> None:
    """Tell who started us, and close the pipe that they read to its end."""
    os.write(1, words.encode())
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


if __name__ == "__main__":
    keep(place(Path(sys.argv[1])))
