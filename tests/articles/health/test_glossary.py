"""Names that a translation garbled: by spellings met in the corpus, and by the English kept beside it."""

import pytest

from portal.articles.health import glossary
from portal.articles.health.models import Finding, Kind
from tests.factories import make_tree, run_import
from tests.shared import CORPUS, needs_shared


def names(locale: str, text: str = "", *pairs: tuple[str, str]) -> list[str]:
    return [one.term for one in glossary.garbled(locale, text, [("a-1", *pair) for pair in pairs])]


@pytest.mark.parametrize(
    ("locale", "text", "name"),
    [
        ("ar-sa", "العمل مع مايكروسوفت إينتوني", "Microsoft Intune"),
        ("de-de", 'Verwalten von Gruppen in "jammern"', "Yammer"),
        ("ar-sa", "يتعارض مع سورسينتشور", "SourceAnchor"),
        ("ja-jp", "Microsoft エンドポイント マネージャー管理センター", "Microsoft Endpoint Manager"),
    ],
)
def test_a_known_garbling_is_found(locale, text, name):
    assert names(locale, text) == [name]


def test_it_is_a_garbling_in_its_own_locale_and_as_a_whole_word_alone():
    assert names("fr-fr", "jammern") == []
    assert names("de-de", "Gejammerns") == []


def test_a_name_of_the_english_that_the_translation_lost_is_found():
    assert names("sv-se", "", ("Ta bort MsolUser", "Remove-MsolUser")) == ["Remove-MsolUser"]


@pytest.mark.parametrize(
    ("target", "source"),
    [
        ("SharePoint-webbplatsen", "the SharePoint site"),
        ("Azure AD-anslutning", "Azure AD joined"),
        ("en UPN", "a UserPrincipalName"),
        ("Azure\u00a0AD Connect", "Azure AD Connect"),
        ("en sida", "a PowerShellish thing"),
    ],
)
def test_a_name_that_survived_or_was_not_there_is_no_finding(target, source):
    assert names("sv-se", "", (target, source)) == []


def test_the_words_around_it_are_kept_to_find_it_by():
    (found,) = glossary.garbled("de-de", f"{'Vorher ' * 40}jammern {'danach ' * 40}", None)
    assert "jammern" in found.words
    assert found.words.startswith("… Vorher")
    assert len(found.words) < 200


def test_every_term_says_how_english_has_it():
    assert all(term.english for term in glossary.terms())


@pytest.mark.django_db
def test_a_changed_glossary_looks_at_stored_translations_too(tmp_path, monkeypatch):
    text = "---\ntitle: T\nms.contentlocale: de-DE\nms.translationtype: MT\n---\n# T\n\nDas Quengeln.\n"
    tree = make_tree(tmp_path / "tree", {"de-DE/a.md": text})
    run_import(tree)
    assert not Finding.objects.filter(kind=Kind.TERM).exists()
    other = tmp_path / "glossary.toml"
    other.write_text('[[term]]\nname = "Viva"\nenglish = ["Viva"]\ngarbled.de-de = ["Quengeln"]\n')
    monkeypatch.setattr(glossary, "FILE", other)
    glossary.terms.cache_clear()
    glossary._spellings.cache_clear()
    try:
        make_tree(tree, {"de-DE/b.md": text.replace("Quengeln", "Wort")})
        run_import(tree)
    finally:
        glossary.terms.cache_clear()
        glossary._spellings.cache_clear()
    assert [one.code for one in Finding.objects.filter(kind=Kind.TERM)] == ["Viva"]


@needs_shared
def test_the_garblings_of_the_table_stand_in_the_corpus():
    texts = "\n".join(
        file.read_text("utf-8", "replace")
        for name in ("alchemy", "alchemy-sxs")
        for file in (CORPUS / name).rglob("*.md")
    ).casefold()
    spellings = {word for term in glossary.terms() for words in term.garbled.values() for word in words}
    assert not {word for word in spellings if word.casefold() not in texts}
