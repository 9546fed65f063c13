"""`make run`'s supervisor on a real portal: up, kept up, taken down, and nothing left behind however it ends."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.runtime.places import CHECKOUT
from tests.runtime import processes
from tests.runtime.conftest import environment_for
from tests.runtime.test_sharing import USE

START_SECONDS = 60


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


class Running:
    """A supervisor, and what it printed until it was ready."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.data, self.port = Path(environment["PORTAL_DATA"]), free_port()
        self.environment = {**environment, "PORT": str(self.port)}
        self.process = self.begin(self.port)

    def begin(self, port: int) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "portal.runtime"],
            cwd=CHECKOUT,
            env={**self.environment, "PORT": str(port)},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def printed_until_ready(self) -> list[str]:
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if "ready at" in line:
                return lines
        raise AssertionError("".join([*lines, self.process.stderr.read()]))

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def web(self) -> list:
        """The server first, then its workers."""
        return processes.named(self.data, "portal.runtime.web")


def servers(data: Path) -> list:
    return processes.named(data, "bin/postgres")


@pytest.fixture(scope="module")
def portal(made_once: Path) -> Iterator[Running]:
    """One portal for the tests that leave it as well as they found it."""
    data = made_once.with_name("supervised")
    subprocess.run(["cp", "-a", made_once, data], check=True)
    running = Running(environment_for(data))
    running.lines = running.printed_until_ready()
    yield running
    running.process.send_signal(signal.SIGINT)
    running.process.communicate(timeout=20)
    assert not processes.of(running.data)


def test_it_says_where_it_is_and_answers_there(portal: Running) -> None:
    assert f"ready at http://127.0.0.1:{portal.port}/" in portal.lines[-1]
    assert portal.answers()


def test_it_prints_no_secret(portal: Running) -> None:
    secret = (portal.data / "secret-key").read_text()
    assert len(secret) >= 32
    assert secret not in "".join(portal.lines)
    assert (portal.data / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_second_one_on_the_same_data_is_refused_and_told_who_holds_it(portal: Running) -> None:
    second = portal.begin(free_port())
    _, complaint = second.communicate(timeout=20)
    assert second.returncode == 1
    assert f"process {portal.process.pid}, http://127.0.0.1:{portal.port}/. Stop it first" in complaint
    assert portal.answers()


def test_a_port_in_use_is_refused_before_anything_starts(portal: Running, environment: dict[str, str]) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "portal.runtime"],
        cwd=CHECKOUT, env={**environment, "PORT": str(portal.port)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert second.returncode == 1
    assert f"choose another port: PORT={portal.port + 1} make run" in second.stderr
    assert not (Path(environment["PORTAL_DATA"]) / "postgres").exists()


@pytest.mark.parametrize(("name", "value"), [("PORT", "eighty"), ("PORT", "70000"), ("HOST", "no such host")])
def test_a_bad_address_is_refused_by_name(environment: dict[str, str], name: str, value: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "portal.runtime"],
        cwd=CHECKOUT, env={**environment, name: value}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert f'{name}="{value}"' in done.stderr
    assert "Traceback" not in done.stderr


def test_a_command_uses_its_server(portal: Running) -> None:
    command = [sys.executable, "manage.py", "migrate", "--check"]
    done = subprocess.run(command, cwd=CHECKOUT, env=portal.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(servers(portal.data)) == 1
    assert not processes.named(portal.data, "portal.runtime.keeper")


def test_a_killed_web_worker_is_replaced(portal: Running) -> None:
    server, *workers = portal.web()
    assert len(workers) == 2
    workers[0].kill()
    assert processes.within(10, lambda: len(portal.web()) == 3 and workers[0] not in portal.web())
    assert portal.web()[0] == server
    assert portal.answers()


def test_a_killed_web_server_is_started_again_and_its_workers_are_gone(portal: Running) -> None:
    before = portal.web()
    before[0].kill()
    assert processes.within(15, lambda: portal.answers() and len(portal.web()) == 3)
    assert not set(before) & set(portal.web())


def test_a_killed_database_is_started_again_and_the_portal_answers(portal: Running) -> None:
    before = servers(portal.data)
    before[0].kill()
    assert processes.within(15, lambda: servers(portal.data) not in ([], before))
    assert processes.within(15, portal.answers)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_behind(laid_out: Path, environment: dict[str, str], number: signal.Signals) -> None:
    running = Running(environment)
    running.printed_until_ready()
    assert len(running.web()) == 3
    running.process.send_signal(number)
    assert processes.within(5, lambda: not processes.of(laid_out)), processes.of(laid_out)
    running.process.communicate(timeout=5)
    assert running.process.returncode == (-number if number is signal.SIGKILL else 0)


def test_it_uses_the_server_of_a_running_command_and_takes_over_when_that_ends(
    laid_out: Path, environment: dict[str, str]
) -> None:
    command = processes.python(USE, environment)
    assert command.stdout.readline() == "up\n"
    running = Running(environment)
    running.printed_until_ready()
    assert processes.named(laid_out, "portal.runtime.keeper")
    command.communicate("\n")
    assert running.answers()
    processes.named(laid_out, "portal.runtime.keeper")[0].kill()
    assert processes.within(15, lambda: [p.ppid() for p in servers(laid_out)] == [running.process.pid])
    assert processes.within(15, running.answers)
    running.process.send_signal(signal.SIGTERM)
    assert processes.within(5, lambda: not processes.of(laid_out))
    running.process.communicate(timeout=5)


def test_it_stops_at_once_while_it_is_still_starting(laid_out: Path, environment: dict[str, str]) -> None:
    running = Running(environment)
    assert "starting the database" in running.process.stdout.readline()
    running.process.send_signal(signal.SIGTERM)
    assert processes.within(5, lambda: not processes.of(laid_out))
    running.process.communicate(timeout=5)
