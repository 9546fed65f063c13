"""Translations are compiled without gettext."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from portal.runtime.cures import CannotRun
from portal.runtime.messages import compile_messages

HEADER = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)


def compiled(folder: Path, words: str) -> gettext.GNUTranslations:
    source, target = folder / "django.po", folder / "django.mo"
    source.write_text(HEADER + words, encoding="utf-8")
    compile_messages(source, target)
    with target.open("rb") as file:
        return gettext.GNUTranslations(file)


def test_words_and_plurals_are_translated(tmp_path: Path) -> None:
    words = 'msgid "Search"\nmsgstr "Sök"\n\nmsgid "%d error"\nmsgid_plural "%d errors"\nmsgstr[0] "%d fel"\nmsgstr[1] "%d fel"\n'
    swedish = compiled(tmp_path, words)
    assert swedish.gettext("Search") == "Sök"
    assert swedish.ngettext("%d error", "%d errors", 3) == "%d fel"


def test_doubtful_and_missing_words_stay_english(tmp_path: Path) -> None:
    words = '#, fuzzy\nmsgid "Close"\nmsgstr "Öppna"\n\nmsgid "Topics"\nmsgstr ""\n'
    swedish = compiled(tmp_path, words)
    assert (swedish.gettext("Close"), swedish.gettext("Topics")) == ("Close", "Topics")


def test_a_broken_file_is_refused_with_its_name_and_leaves_nothing(tmp_path: Path) -> None:
    source = tmp_path / "django.po"
    source.write_text('msgid "Search"\nmsgstr "S"ök"\n', encoding="utf-8")
    with pytest.raises(CannotRun, match=r"django\.po .*Correct that line"):
        compile_messages(source, tmp_path / "django.mo")
    assert list(tmp_path.iterdir()) == [source]
