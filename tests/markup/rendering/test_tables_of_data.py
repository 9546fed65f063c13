"""The tables beside the code hold together: every language has every label, every moved address is whole."""

import string

import pytest

from portal import locales
from portal.markup.dialects.context import table
from portal.markup.dialects.retired import current

LABELS = table("labels")


@pytest.mark.parametrize("locale", list(locales.KNOWN.values()), ids=lambda locale: locale.code)
def test_every_language_has_every_label_with_the_same_places_to_fill(locale):
    for name, words in LABELS["en"].items():
        ours = LABELS[locale.language][name]
        assert _places(ours) == _places(words), f"{locale.code} {name}"


def test_every_note_is_written_in_every_language():
    for note in table("notes")["note"]:
        assert {locale.language for locale in locales.KNOWN.values()} <= set(note)


def test_no_moved_address_leads_to_one_that_moved_again():
    moved = table("retired")
    for target in (*moved["prefixes"].values(), *moved["pages"].values()):
        address = f"https://learn.microsoft.com{target}x"
        assert current(address) == address


def test_every_prefix_is_a_folder():
    assert all(
        path.startswith("/") and path.endswith("/") for pair in table("retired")["prefixes"].items() for path in pair
    )


def test_every_drawing_that_stands_in_is_below_the_articles():
    for target in table("pictures").values():
        slug, folder, name = target.split("/")
        assert slug
        assert folder == "media"
        assert name.endswith(".svg")


def _places(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}
