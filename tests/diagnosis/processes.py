"""Other processes on the database of the test: how they are told of it, and where workers are born that will be stopped."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlencode

from django.db import connection

from portal.diagnosis.models import Fix

CHECKOUT = Path(__file__).resolve().parents[2]
SETTINGS = "tests.diagnosis.quick_settings"


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

    def worker(self, fix: Fix, step: int, point: str) -> int:
        """A worker that has come to its point and stands still; returns its process id."""
        told = self._ask({"fix": fix.pk, "step": step, "point": point})
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
