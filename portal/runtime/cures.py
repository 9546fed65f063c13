"""What can keep the portal from running, each in words that end with the cure."""

from __future__ import annotations


class CannotRun(Exception):
    """The portal cannot run as it was asked to; the message is for the person at the terminal and says what to do."""


NO_SPACE = "The disk is full. Free some space (200 MB will do), then run the same command again."
OTHER_DATABASE = "Set DATABASE_URL=postgresql://user:password@host/name to use a PostgreSQL 15 or later of your own."

# What PostgreSQL's own tools say, and what a person can do about it; the first that fits is shown.
CURES: tuple[tuple[str, str], ...] = (
    ("No space left on device", NO_SPACE),
    ("Disk quota exceeded", NO_SPACE),
    ("GLIBC", f"The PostgreSQL of the wheel needs a newer C library than this system has. {OTHER_DATABASE}"),
    ("error while loading shared libraries", f"The PostgreSQL of the wheel does not fit this system. {OTHER_DATABASE}"),
    ("Exec format error", f"The PostgreSQL of the wheel is for another processor. {OTHER_DATABASE}"),
    ("could not look up effective user ID", "This user id has no name on this machine. Run as a user that has one. "
     f"Or: {OTHER_DATABASE}"),
    ("Read-only file system", "The data folder is on a read-only file system. Set PORTAL_DATA to a folder that can be written."),
    ("Permission denied", "The data folder may not be read or written by the user the database runs as. "
     "Set PORTAL_DATA to a folder of your own, or give this one back to the user who made it."),
    ("could not create shared memory", "The system has no shared memory left. Stop other databases, or allow this container more."),
    ("Cannot allocate memory", "The system has no memory left. Stop other programs, or allow this container more (512 MB)."),
    ("invalid checkpoint record", "The stored data was damaged, most likely by a copy made while it was in use. "
     "Restore a backup of the data folder, or move it away to begin anew."),
)  # fmt: skip


def explain(what: str, output: str) -> CannotRun:
    """The refusal for a failed tool: `what` failed, its cure if we know one, and the last lines it printed."""
    said = [line.strip() for line in output.splitlines() if line.strip()]
    cure = next((cure for sign, cure in CURES if sign in output), f"If these words do not help: {OTHER_DATABASE}")
    return CannotRun("\n".join([f"{what} failed. {cure}", *(f"  {line}" for line in said[-5:])]))
