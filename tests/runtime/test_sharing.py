"""Commands share one embedded server, and the last one stops it, however it ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from portal.runtime import postgres
from portal.runtime.places import CHECKOUT, place
from tests.runtime import processes

USE = "from portal.runtime.database import available\nwith available():\n    print('up', flush=True); input()"


def servers(data: Path) -> list[int]:
    return [process.pid for process in processes.named(data, "bin/postgres")]


def test_a_command_starts_a_server_and_stops_it(laid_out: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command"]
    code = "from django.db import connection as c; print(c.cursor().execute('select 6 * 7').fetchone()[0])"
    done = subprocess.run([*command, code], cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout == "42\n", done.stderr
    assert not processes.of(laid_out)


def test_two_at_once_share_one_server_that_outlives_the_first(laid_out: Path, environment: dict[str, str]) -> None:
    first, second = processes.python(USE, environment), processes.python(USE, environment)
    assert [command.stdout.readline() for command in (first, second)] == ["up\n", "up\n"]
    assert len(servers(laid_out)) == 1
    first.communicate("\n")
    assert postgres.answers(place(laid_out))
    second.communicate("\n")
    assert processes.within(5, lambda: not processes.of(laid_out))


def test_a_killed_command_does_not_leave_it_running(laid_out: Path, environment: dict[str, str]) -> None:
    command = processes.python(USE, environment)
    assert command.stdout.readline() == "up\n"
    command.kill()
    command.communicate()
    assert processes.within(5, lambda: not processes.of(laid_out))


def test_a_killed_keeper_takes_its_server_with_it_and_the_next_command_starts_anew(
    laid_out: Path, environment: dict[str, str]
) -> None:
    first = processes.python(USE, environment)
    first.stdout.readline()
    before = servers(laid_out)
    processes.named(laid_out, "portal.runtime.keeper")[0].kill()
    assert processes.within(5, lambda: not servers(laid_out))
    second = processes.python(USE, environment)
    assert second.stdout.readline() == "up\n"
    assert servers(laid_out) != before
    for command in (first, second):
        command.communicate("\n")
    assert processes.within(5, lambda: not processes.of(laid_out))


def test_a_server_that_cannot_start_is_refused_with_words_and_no_traceback(
    data: Path, environment: dict[str, str]
) -> None:
    place(data).cluster.mkdir(parents=True)
    command = [sys.executable, "manage.py", "migrate"]
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "holds no PostgreSQL database. Move it away to begin anew" in done.stderr
    assert "Traceback" not in done.stderr


def test_words_of_help_start_nothing(data: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, "manage.py", "migrate", "--help"]
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert not (data / "postgres").exists()
