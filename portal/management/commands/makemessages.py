"""Gathers the portal's own words for translators, those of the layers without Django included."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.commands import makemessages

from portal.pages.vocabulary import sentences

# What changes with the day or the machine, so that a second run over unchanged words changes nothing.
NOISE = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Report-Msgid-Bugs-To")
# Calls in the layers without Django whose first argument is a sentence for people.
SAYING = ("said", "ActionRefused")
NOT_OURS = (".venv", ".data", "tests")


class Command(makemessages.Command):
    # A guess would only have to be found and thrown away.
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]
    xgettext_options = [*makemessages.Command.xgettext_options, *(f"--keyword={name}" for name in SAYING)]

    def handle(self, *args: Any, **options: Any) -> None:
        ignored = [*options["ignore_patterns"], *NOT_OURS]
        super().handle(*args, **{**options, "no_location": True, "no_wrap": True, "ignore_patterns": ignored})
        for folder in map(Path, settings.LOCALE_PATHS):
            for file in sorted(folder.glob(f"*/LC_MESSAGES/{self.domain}.po")):
                rewrite(file, tidy)

    def build_potfiles(self) -> list[str]:
        files = super().build_potfiles()
        for file in files:
            rewrite(Path(file), add_vocabulary)
        return files


def rewrite(file: Path, change: Callable[[polib.POFile], None]) -> None:
    messages = polib.pofile(str(file), wrapwidth=0)
    change(messages)
    messages.save()


def add_vocabulary(messages: polib.POFile) -> None:
    known = {message.msgid for message in messages}
    messages.extend(polib.POEntry(msgid=words) for words in dict.fromkeys(sentences()) if words not in known)


def tidy(messages: polib.POFile) -> None:
    """Keep what is in use, and a header that says nothing of machines, people and days."""
    for message in messages.obsolete_entries():
        messages.remove(message)
    messages.metadata = {key: value for key, value in messages.metadata.items() if key not in NOISE}
