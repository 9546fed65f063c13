"""Locks between processes that the kernel lets go of when their holder ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from portal.runtime.cures import CannotRun


class Lock:
    """One lock file. The file stays; only the lock on it counts. Its text may say who holds it."""

    def __init__(self, path: Path) -> None:
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise CannotRun(
                f"{path} cannot be opened: {error.strerror}. "
                "Set PORTAL_DATA to a folder of your own, or give this one back to the user who made it."
            ) from None

    def share(self) -> None:
        """Wait until nobody holds it alone, then hold it with others."""
        fcntl.flock(self._file, fcntl.LOCK_SH)

    def try_share(self) -> bool:
        return self._try(fcntl.LOCK_SH)

    def try_own(self) -> bool:
        return self._try(fcntl.LOCK_EX)

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self._file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def let_go(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)

    def write(self, text: str) -> None:
        """Say who holds it, for those who find it held."""
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, text.encode(), 0)

    def read(self) -> str:
        return os.pread(self._file, 4096, 0).decode()

    def close(self) -> None:
        os.close(self._file)

    def __enter__(self) -> Lock:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()
