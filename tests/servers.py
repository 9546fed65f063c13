"""A throw-away database server that a test may stop and start again in the middle of something."""

from __future__ import annotations

from subprocess import Popen

from portal.runtime import cluster, postgres
from portal.runtime.places import Place


class Server:
    """PostgreSQL in a folder that only this process knows."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._process: Popen[bytes] | None = None

    def start(self) -> None:
        cluster.prepare(self.place)
        self._process = postgres.start(self.place, durable=False)
        postgres.wait_until_ready(self.place, self._process)

    def stop(self) -> None:
        """As an administrator does: sessions are ended, what was not committed is gone."""
        if self._process is not None:
            postgres.stop(self._process)
