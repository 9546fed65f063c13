"""Where the data of one embedded portal lies: cluster, socket, locks, log; found from `PORTAL_DATA` alone."""

from __future__ import annotations

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from portal.runtime.cures import CannotRun

CHECKOUT = Path(__file__).resolve().parents[2]
# The kernel's limit for the path of a Unix socket; PostgreSQL adds its own name to the folder.
SOCKET_PATH_LIMIT = 107
SOCKET_NAME = ".s.PGSQL.5432"
# Root may not run PostgreSQL; the first of these that exists does it for root.
UNPRIVILEGED = ("postgres", "nobody")
# Where root keeps what that user must reach when the checkout lies in a folder it may not pass (/root, say).
OPEN_GROUND = Path("/var/lib/self-help-portal")


@dataclass(frozen=True, kw_only=True)
class Place:
    """The paths of one embedded portal. `ground` holds cluster and socket: `data` itself, or a folder below OPEN_GROUND."""

    data: Path
    ground: Path
    sockets: Path

    @property
    def cluster(self) -> Path:
        return self.ground / "postgres"

    @property
    def users_lock(self) -> Path:
        """Held shared by everyone who uses the server, so that it is stopped when the last one is gone."""
        return self.data / "users.lock"

    @property
    def owner_lock(self) -> Path:
        """Held by the one process that is the parent of the server."""
        return self.data / "owner.lock"

    @property
    def run_lock(self) -> Path:
        """Held by the supervisor; its text says who that is."""
        return self.data / "run.lock"

    @property
    def log(self) -> Path:
        return self.data / "postgres.log"


def data_folder() -> Path:
    """`PORTAL_DATA`, or `.data` in the checkout; absolute."""
    return Path(os.environ.get("PORTAL_DATA", "").strip() or CHECKOUT / ".data").absolute()


def place(data: Path | None = None) -> Place:
    """The paths for a data folder. Looks at the modes of folders when root asks; makes and changes nothing."""
    data = data or data_folder()
    ground = data
    if OPEN_GROUND in (away := (data / "postgres").resolve()).parents:
        ground = away.parent
    elif (user := server_user(data)) and obstacle(data, user):
        ground = OPEN_GROUND / _digest(data)
    sockets = ground / "socket"
    if len(os.fsencode(sockets / SOCKET_NAME)) > SOCKET_PATH_LIMIT:
        sockets = Path("/tmp") / f"self-help-portal-{_digest(data)}"
    return Place(data=data, ground=ground, sockets=sockets)


def server_user(data: Path) -> pwd.struct_passwd | None:
    """The user who runs PostgreSQL for root: the owner of a cluster that is there, else an unprivileged one; None unless root."""
    if os.geteuid() != 0:
        return None
    cluster, known = data / "postgres", pwd.getpwall()
    if cluster.exists() and (owner := cluster.stat().st_uid):
        wanted = [user for user in known if user.pw_uid == owner]
    else:
        wanted = [user for name in UNPRIVILEGED for user in known if user.pw_name == name]
    if wanted:
        return wanted[0]
    raise CannotRun(
        f"PostgreSQL refuses to run as root, and no user is there to run it: neither an owner of {cluster}, "
        f"nor {' or '.join(UNPRIVILEGED)}. Run as an ordinary user, or add one: useradd --system postgres"
    )


def obstacle(path: Path, user: pwd.struct_passwd) -> Path | None:
    """The topmost existing folder on the way to `path`, itself included, that `user` may not pass."""
    groups = os.getgrouplist(user.pw_name, user.pw_gid)
    real = path.resolve()
    for folder in reversed([real, *real.parents]):
        if folder.exists() and not _may_pass(folder.stat(), user.pw_uid, groups):
            return folder
    return None


def _may_pass(found: os.stat_result, uid: int, groups: list[int]) -> bool:
    if found.st_uid == uid:
        return bool(found.st_mode & stat.S_IXUSR)
    return bool(found.st_mode & (stat.S_IXGRP if found.st_gid in groups else stat.S_IXOTH))


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
