"""A data folder of its own for each test of the runtime, and proof that nothing outlives the test."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from portal.runtime import postgres
from portal.runtime.places import place
from tests.runtime import processes


@pytest.fixture
def data() -> Iterator[Path]:
    """An absent data folder below a folder that everyone may pass (pytest's own are for their owner alone)."""
    with tempfile.TemporaryDirectory(prefix="portal-run-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "data"
        for process in processes.of(Path(folder)):  # only after a failure
            try:
                process.send_signal(signal.SIGKILL)
            except psutil.NoSuchProcess:
                continue


@pytest.fixture(scope="session")
def made_once() -> Iterator[Path]:
    """A data folder with an empty database, to copy: making one takes a second."""
    with tempfile.TemporaryDirectory(prefix="portal-made-") as folder:
        Path(folder).chmod(0o755)
        with postgres.running(place(Path(folder) / "data"), durable=False):
            pass
        yield Path(folder) / "data"


@pytest.fixture
def laid_out(data: Path, made_once: Path) -> Path:
    """The data folder of this test, with a database in it that nobody runs."""
    subprocess.run(["cp", "-a", made_once, data], check=True)
    return data


@pytest.fixture
def environment(data: Path) -> dict[str, str]:
    return environment_for(data)


def environment_for(data: Path) -> dict[str, str]:
    """The environment of a program that works on `data` with an embedded database."""
    inherited = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "HOST", "PORT"}}
    return {**inherited, "PORTAL_DATA": str(data)}
