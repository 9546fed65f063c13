"""The files of the embedded PostgreSQL: made once, checked before each start, never half made."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
import time
from pathlib import Path
from typing import Any

from portal.runtime import binaries
from portal.runtime.cures import OTHER_DATABASE, CannotRun, explain
from portal.runtime.places import OPEN_GROUND, SOCKET_NAME, Place, obstacle

NAME = "portal"
ENDING_SECONDS = 20
# The wheel brings no ICU; the builtin provider sorts alike on every system. Only those who may enter the socket's folder
# (mode 700) can connect, and they can read the data files too: a password would add nothing.
INITDB = (
    "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8",
    f"--username={NAME}", "--auth=trust", "--no-instructions",
)  # fmt: skip


def prepare(place: Place) -> None:
    """Make the data folder and what lies in it. Folders above it are never changed."""
    try:
        if not place.data.exists():
            place.data.mkdir(parents=True)
            place.data.chmod(0o755)
    except OSError as error:
        raise CannotRun(
            f"The data folder {place.data} cannot be made: {error.strerror}. Set PORTAL_DATA to a folder that you may write."
        ) from None


def make(place: Place, programs: Path, user: pwd.struct_passwd | None) -> None:
    """Made beside its final place and moved there whole, so that an interrupted first run leaves nothing half made."""
    if place.cluster.exists():
        _check_version(place)
        return
    _refuse_lost_cluster(place, user)
    making = place.ground / "postgres.making"
    try:
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True, mode=0o700)
        _give(making, user)
        if place.ground != place.data:
            OPEN_GROUND.chmod(0o755)
            place.ground.chmod(0o755)
    except OSError as error:
        raise CannotRun(
            f"{making} cannot be made: {error.strerror}. Set PORTAL_DATA to a folder that you may write."
        ) from None
    command = [str(programs / "initdb"), *INITDB, "-D", str(making)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, **process_of(user))
    except OSError as error:
        raise explain("Making the database", str(error)) from None
    if done.returncode:
        shutil.rmtree(making, ignore_errors=True)
        raise explain("Making the database", done.stdout + done.stderr)
    making.rename(place.cluster)
    if place.ground != place.data:
        (place.data / "postgres").symlink_to(place.cluster)


def _refuse_lost_cluster(place: Place, user: pwd.struct_passwd | None) -> None:
    """A cluster in the data folder that its user can no longer reach must not be passed over for an empty new one."""
    inside = place.data / "postgres"
    if place.ground == place.data or inside.is_symlink() or not inside.exists() or user is None:
        return
    raise CannotRun(
        f"The database lies in {inside}, but {user.pw_name}, who runs it for root, may not pass {obstacle(inside, user)}. "
        f"Let others pass (chmod o+x {obstacle(inside, user)}), or move the folder and set PORTAL_DATA."
    )


def _check_version(place: Place) -> None:
    """The data of one major version cannot be read by another."""
    begin_anew = f"Move it away to begin anew (mv {place.cluster} {place.cluster}.old)"
    try:
        found = (place.cluster / "PG_VERSION").read_text().strip()
    except PermissionError:
        raise CannotRun(
            f"The database in {place.cluster} belongs to {place.cluster.owner()}. Run as root or as the user who made it, "
            "or set PORTAL_DATA to a folder of your own."
        ) from None
    except OSError:
        raise CannotRun(f"{place.cluster} holds no PostgreSQL database. {begin_anew}.") from None
    if found != str(binaries.MAJOR):
        raise CannotRun(
            f"The database in {place.cluster} was made by PostgreSQL {found}; this portal brings PostgreSQL {binaries.MAJOR}. "
            f"{begin_anew}, or run the release of the portal that made it, dump the database, and restore it here. {OTHER_DATABASE}"
        )


def make_socket_folder(place: Place, user: pwd.struct_passwd | None) -> None:
    """For the server's user alone. One that a stranger made in /tmp before us is refused."""
    place.sockets.mkdir(mode=0o700, exist_ok=True)
    found = place.sockets.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), user.pw_uid if user else os.geteuid()}:
        raise CannotRun(f"{place.sockets} belongs to somebody else. Remove it, or set PORTAL_DATA to a shorter path.")
    _give(place.sockets, user)
    place.sockets.chmod(0o700)


def forget_gone_server(place: Place) -> None:
    """Wait for a server that lost its parent and is going down; remove the lock files of one that is long gone.

    PostgreSQL itself would refuse to start when the number in them meanwhile belongs to another program of the same
    user, as happens after a restart of a container. The owner lock tells us that no parent is left.
    """
    file = place.cluster / "postmaster.pid"
    deadline = time.monotonic() + ENDING_SECONDS
    while file.exists() and (pid := _pid_in(file)) and _is_postgres(pid):
        if time.monotonic() > deadline:
            raise CannotRun(
                f"PostgreSQL (process {pid}) still uses {place.cluster} and does not end. End it: kill -INT {pid}"
            )
        time.sleep(0.05)
    for left in (file, place.sockets / SOCKET_NAME, place.sockets / f"{SOCKET_NAME}.lock"):
        left.unlink(missing_ok=True)


def _pid_in(file: Path) -> int:
    """The process of the server, 0 when the file is absent, broken, or a copy that speaks of another folder."""
    try:
        pid, folder, *_ = file.read_text().split("\n")
        return int(pid) if Path(folder).resolve() == file.parent.resolve() else 0
    except (FileNotFoundError, ValueError):
        return 0


def _is_postgres(pid: int) -> bool:
    """Asked of `ps`, which both Linux and macOS have, or of /proc where a container has no `ps`."""
    try:
        return "postgres" in Path(f"/proc/{pid}/comm").read_text()
    except FileNotFoundError:
        pass
    if Path("/proc/self").exists() or not shutil.which("ps"):
        return False
    return (
        "postgres"
        in subprocess.run(["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    )


def _give(path: Path, user: pwd.struct_passwd | None) -> None:
    if user:
        os.chown(path, user.pw_uid, user.pw_gid)


def process_of(user: pwd.struct_passwd | None) -> dict[str, Any]:
    """Popen's options for a child of the server: its user, a folder it may be in, and no secret of ours in its environment."""
    options: dict[str, Any] = {"cwd": "/", "env": {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}}
    if user:
        options |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return options
