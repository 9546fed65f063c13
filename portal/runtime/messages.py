"""Compiles translations (`.po` to `.mo`) with polib, because a bare machine has no GNU gettext. `make setup` calls it."""

from __future__ import annotations

import sys
from pathlib import Path

import polib

from portal.runtime.cures import CannotRun


def compile_messages(source: Path, target: Path) -> None:
    """Write `target` whole or not at all. Untranslated and fuzzy entries are left out, so that English shows instead."""
    try:
        messages = polib.pofile(str(source))
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRun(f"{source} cannot be read: {error}. Correct that line, then run `make setup` again.") from None
    making = target.with_suffix(".mo.making")
    messages.save_as_mofile(str(making))
    making.replace(target)


if __name__ == "__main__":
    try:
        compile_messages(Path(sys.argv[1]), Path(sys.argv[2]))
    except CannotRun as refusal:
        sys.exit(str(refusal))
