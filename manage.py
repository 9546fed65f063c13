#!/usr/bin/env python
"""Django's command line, with the portal's database at hand for the commands that need one."""

import os
import sys
from contextlib import nullcontext

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from portal.runtime.cures import CannotRun
from portal.runtime.database import available

# Everything else gets a database: an unknown command that needs none loses half a second, one that needs it must have it.
NEEDS_NO_DATABASE = frozenset(
    {"", "help", "version", "check", "collectstatic", "compilemessages", "diffsettings", "findstatic"}
    | {"makemessages", "startapp", "startproject", "test", "testserver"}
)
ASKS_FOR_WORDS = frozenset({"--help", "-h", "--version"})


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    command = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    idle = command in NEEDS_NO_DATABASE or not ASKS_FOR_WORDS.isdisjoint(sys.argv)
    try:
        with nullcontext() if idle else available():
            execute_from_command_line(sys.argv)
    except (CannotRun, ImproperlyConfigured) as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
