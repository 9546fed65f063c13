"""Which text serves a reader, and the reason she is told when it is not in her language."""

import pytest

from portal.articles.languages import Reason, choose
from tests.factories import make_text

pytestmark = pytest.mark.django_db


def texts(*codes, **fields):
    return [make_text(path="a", source_path=f"{code}.md", locale=code, **fields) for code in codes]


def served(found, asked):
    choice = choose(found, asked)
    return choice.text.locale, choice.locale, choice.reason


def test_her_own_language_needs_no_reason():
    assert served(texts("en-us", "sv-se"), "sv-se") == ("sv-se", "sv-se", Reason.NONE)


def test_english_stands_in():
    assert served(texts("en-us", "sv-se"), "de-de") == ("en-us", "en-us", Reason.FALLBACK)


def test_the_original_of_a_bilingual_file_serves_as_english():
    found = texts("sv-se", both_html="<p>Both.</p>", original_html="<p>Words.</p>")
    assert served(found, "en-us") == ("sv-se", "en-us", Reason.ORIGINAL)
    assert served(found, "de-de") == ("sv-se", "en-us", Reason.ORIGINAL)


def test_a_bilingual_file_is_no_reason_to_hide_the_english_text():
    found = texts("en-us") + texts("sv-se", both_html="<p>Both.</p>")
    assert served(found, "en-us") == ("en-us", "en-us", Reason.NONE)


def test_at_last_any_language_human_translations_first():
    found = texts("ar-sa", translation="machine") + texts("sv-se", translation="human")
    assert served(found, "de-de") == ("sv-se", "sv-se", Reason.LAST_RESORT)


def test_a_language_the_portal_does_not_speak_is_served_too():
    assert served(texts("fr-fr"), "sv-se") == ("fr-fr", "fr-fr", Reason.LAST_RESORT)


def test_no_text_is_no_choice():
    assert choose([], "en-us") is None


def test_existing_languages_are_named():
    assert choose(texts("sv-se", "en-us"), "en-us").existing == ("en-us", "sv-se")
