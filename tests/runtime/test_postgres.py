"""The embedded server: made, started, stopped, and refused with words that help."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from portal.runtime import cluster, postgres
from portal.runtime.cures import CannotRun, explain
from portal.runtime.places import CHECKOUT, OPEN_GROUND, SOCKET_NAME, Place, obstacle, place
from tests.runtime import processes

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as somebody else")


def query(where: Place, words: str) -> object:
    with psycopg.connect(host=str(where.sockets), port=postgres.PORT, user="portal", dbname="portal") as connection:
        cursor = connection.execute(words)
        return cursor.fetchone()[0] if cursor.description else None


def test_it_serves_utf_8_with_the_builtin_locale_and_no_tcp(data: Path) -> None:
    where = place(data)
    with postgres.running(where, durable=False):
        assert query(where, "show server_encoding") == "UTF8"
        assert query(where, "select datlocale from pg_database where datname = 'portal'") == "C.UTF-8"
        assert query(where, "show listen_addresses") == ""
        assert query(where, "select lower('ÅÄÖ')") == "åäö"


def test_it_keeps_the_data_and_leaves_no_process(laid_out: Path) -> None:
    where = place(laid_out)
    with postgres.running(where):
        query(where, "create table kept as select 7 as number")
    assert not processes.of(laid_out)
    with postgres.running(where):
        assert query(where, "select number from kept") == 7


def test_its_data_and_socket_are_for_its_user_alone(laid_out: Path) -> None:
    where = place(laid_out)
    with postgres.running(where, durable=False):
        assert [path.stat().st_mode & 0o777 for path in (where.cluster, where.sockets)] == [0o700, 0o700]


def test_it_goes_down_when_its_parent_is_killed(laid_out: Path, environment: dict[str, str]) -> None:
    code = (
        "from portal.runtime import postgres, places\n"
        "with postgres.running(places.place()):\n    print('up', flush=True); input()"
    )
    parent = processes.python(code, environment)
    assert parent.stdout.readline() == "up\n"
    parent.kill()
    parent.communicate()
    assert processes.within(5, lambda: not processes.of(laid_out))


def test_it_starts_over_the_number_of_a_server_that_is_long_gone(laid_out: Path) -> None:
    where = place(laid_out)
    with postgres.running(where, durable=False):
        left = (where.cluster / "postmaster.pid").read_text()
    for file in (where.cluster / "postmaster.pid", where.sockets / f"{SOCKET_NAME}.lock"):
        file.write_text("\n".join([str(os.getppid()), *left.split("\n")[1:]]))
    with postgres.running(where, durable=False):
        assert query(where, "select 1") == 1


def test_a_copy_of_the_folder_of_a_running_server_does_not_wait_for_that_one(laid_out: Path) -> None:
    with postgres.running(place(laid_out), durable=False):
        copy = laid_out.with_name("copy")
        subprocess.run(["cp", "-a", laid_out, copy], check=True)
        with postgres.running(place(copy), durable=False):
            assert query(place(copy), "select 1") == 1


def test_it_waits_for_a_server_that_is_going_down(laid_out: Path) -> None:
    where = place(laid_out)
    cluster.prepare(where)
    server = postgres.start(where, durable=False)
    postgres.wait_until_ready(where, server)
    server.send_signal(signal.SIGTERM)  # waits for sessions, of which there are none
    with postgres.running(where, durable=False):
        assert query(where, "select 1") == 1
    server.wait()


def test_a_long_path_gets_a_short_socket(data: Path) -> None:
    where = place(data / ("long" * 25))
    assert len(os.fsencode(where.sockets / SOCKET_NAME)) <= 107
    try:
        with postgres.running(where, durable=False):
            assert query(where, "select 1") == 1
    finally:
        shutil.rmtree(where.sockets, ignore_errors=True)


def test_it_refuses_a_socket_folder_that_somebody_else_laid_out(data: Path, tmp_path: Path) -> None:
    where = place(data)
    cluster.prepare(where)
    where.sockets.symlink_to(tmp_path)
    with pytest.raises(CannotRun, match=r"belongs to somebody else\. Remove it"):
        cluster.make_socket_folder(where, None)


def test_it_refuses_data_of_another_version(data: Path) -> None:
    where = place(data)
    where.cluster.mkdir(parents=True)
    (where.cluster / "PG_VERSION").write_text("17\n")
    with pytest.raises(CannotRun, match=r"made by PostgreSQL 17; this portal brings PostgreSQL 18\. Move it away"):
        postgres.start(where)


def test_it_refuses_a_folder_that_is_no_database(data: Path) -> None:
    where = place(data)
    where.cluster.mkdir(parents=True)
    with pytest.raises(CannotRun, match=r"holds no PostgreSQL database\. Move it away"):
        postgres.start(where)


def test_a_first_run_that_was_cut_short_is_done_again(data: Path) -> None:
    where = place(data)
    (where.ground / "postgres.making" / "base").mkdir(parents=True)
    with postgres.running(where, durable=False):
        assert query(where, "select 1") == 1
    assert not (where.ground / "postgres.making").exists()


def test_it_refuses_a_data_folder_that_cannot_be_made(data: Path) -> None:
    data.write_text("a file in its place")
    with pytest.raises(CannotRun, match="Set PORTAL_DATA to a folder that you may write"):
        cluster.prepare(place(data / "below"))


@pytest.mark.parametrize(
    ("printed", "cure"),
    [
        ('FATAL: could not write "base/1": No space left on device', "Free some space"),
        ("initdb: /lib/libc.so.6: version `GLIBC_2.34' not found", "Set DATABASE_URL"),
        ("[Errno 8] Exec format error", "for another processor"),
        ("initdb: error: could not access directory: Permission denied", "Set PORTAL_DATA to a folder of your own"),
        ("something nobody has seen", "Set DATABASE_URL"),
    ],
)
def test_what_postgres_says_is_shown_with_its_cure(printed: str, cure: str) -> None:
    refusal = str(explain("Making the database", printed))
    assert cure in refusal
    assert printed in refusal


@pytest.fixture
def shut_away() -> Iterator[Path]:
    """A data folder that nobody but root can reach, as in a checkout below /root."""
    made = Path(subprocess.run(["mktemp", "-d"], capture_output=True, text=True, check=True).stdout.strip())
    yield made / "data"
    if OPEN_GROUND in (ground := place(made / "data").ground).parents:
        shutil.rmtree(ground, ignore_errors=True)
    shutil.rmtree(made)


@as_root
def test_below_a_closed_folder_the_data_moves_to_open_ground_and_no_mode_changes(shut_away: Path) -> None:
    where = place(shut_away)
    with postgres.running(where, durable=False):
        assert query(where, "select 1") == 1
    assert (shut_away / "postgres").resolve() == where.cluster
    assert shut_away.parent.stat().st_mode & 0o777 == 0o700


@as_root
def test_data_that_became_closed_is_not_passed_over_for_an_empty_database(laid_out: Path) -> None:
    with postgres.running(place(laid_out), durable=False):
        pass
    laid_out.parent.chmod(0o700)
    with pytest.raises(CannotRun, match=r"may not pass .* Let others pass \(chmod o\+x"):
        postgres.start(place(laid_out))


@as_root
def test_an_ordinary_user_runs_it_too(data: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    if blocked := obstacle(CHECKOUT, nobody):
        pytest.skip(f"an ordinary user cannot reach this checkout: {blocked} is closed")
    data.parent.chmod(0o777)
    # The interpreter may lie where that user may not pass, but by then it runs and has read what it needs.
    code = (
        "import os\nfrom portal.runtime import places, postgres\n"
        f"os.setgroups([]); os.setgid({nobody.pw_gid}); os.setuid({nobody.pw_uid})\n"
        "with postgres.running(places.place(), durable=False): print(places.place().cluster.owner())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=CHECKOUT, env={**os.environ, "PORTAL_DATA": str(data)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "nobody", done.stderr
