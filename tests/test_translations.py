"""The portal's own words: all of them marked, and all of them in every language that the portal speaks."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

import portal
from portal import locales
from portal.management.commands.makemessages import SAYING
from portal.pages.vocabulary import MADE_BELOW, sentences
from portal.runtime.messages import compile_messages
from tests.spoken import words_of

PORTAL = Path(portal.__file__).parent
TEMPLATES = sorted((PORTAL.parent / "templates").rglob("*.html"))
PYTHON = sorted(PORTAL.rglob("*.py"))
EXTRACT = "Run: .venv/bin/python manage.py makemessages -a (needs GNU gettext), and translate what is new."
LANGUAGES = [locales.get(code).language for code in locales.PORTAL_LANGUAGES if code != locales.ENGLISH]
# Marks of other scripts that do what these do in English.
SAME_MARK = str.maketrans("؟。：", "?.:")
FOREIGN_QUOTES = {"sv": r"[“„]", "de": r"”|“(?=\w)", "ja": r"[“”„]", "ar": r"[“”„]"}

Message = tuple[str, ...]  # the singular, and the plural where there is one
LITERAL = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
CALL = re.compile(rf"\b(?:gettext|ngettext|_)\(\s*({LITERAL}(?:\s*,\s*{LITERAL})?)")
# How many of its first arguments a function of Django translates.
TRANSLATING = {
    "gettext": 1,
    "gettext_lazy": 1,
    "gettext_noop": 1,
    "ngettext": 2,
    "ngettext_lazy": 2,
} | dict.fromkeys(SAYING, 1)


def in_template(source: str) -> Iterator[Message]:
    """What `makemessages` would take from a template."""
    for call in CALL.finditer(templatize(source)):
        yield ast.literal_eval(f"({call[1]},)")


def in_python(source: str) -> Iterator[Message]:
    """What `makemessages` would take from a module; words that are not literals come from elsewhere."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: TRANSLATING[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("django.utils.translation", "portal."))
        for alias in node.names
        if alias.name in TRANSLATING
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            given = node.args[: names[node.func.id]]
            if all(isinstance(one, ast.Constant) for one in given):
                yield tuple(one.value for one in given)


def used() -> set[Message]:
    """Every message that the portal can show."""
    words = {one for file in TEMPLATES for one in in_template(file.read_text())}
    words |= {one for file in PYTHON for one in in_python(file.read_text())}
    return words | {(one,) for one in sentences()}


def file_of(language: str) -> Path:
    return PORTAL / "locale" / language / "LC_MESSAGES" / "django.po"


@pytest.fixture(scope="module", params=LANGUAGES)
def catalogue(request) -> polib.POFile:
    return polib.pofile(str(file_of(request.param)))


def pairs(messages: polib.POFile) -> Iterator[tuple[str, str]]:
    """Each form of each message with its translation; each form after the first is one of the plural."""
    for message in messages.translated_entries():
        if not message.msgid_plural:
            yield message.msgid, message.msgstr
        for number, words in message.msgstr_plural.items():
            yield message.msgid_plural if number else message.msgid, words


def test_every_word_in_use_is_in_the_file(catalogue):
    known = {(one.msgid, one.msgid_plural) if one.msgid_plural else (one.msgid,) for one in catalogue}
    assert sorted(used() - known) == [], EXTRACT


def test_the_file_has_nothing_that_is_not_in_use(catalogue):
    known = {(one.msgid, one.msgid_plural) if one.msgid_plural else (one.msgid,) for one in catalogue}
    assert sorted(known - used()) == [], EXTRACT


def test_every_word_has_its_translation_in_all_its_forms(catalogue):
    forms = int(re.search(r"nplurals=(\d)", catalogue.metadata["Plural-Forms"])[1])
    wrong = [
        one.msgid
        for one in catalogue
        if one.fuzzy or one.obsolete or not one.translated() or (one.msgid_plural and len(one.msgstr_plural) != forms)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "mark",
    [
        pytest.param(r"%\(\w+\)\w", id="placeholders"),
        pytest.param(r"</?\w+[^>]*>", id="tags"),
        pytest.param(r"https?://\S+[\w/]", id="addresses"),
        pytest.param(
            r"Apply Fix|\bClose\b|Manual Fix Required|Pending Sync|Pending Add|Global Administrator", id="names"
        ),
        pytest.param(r"UserPrincipalName|mS-DS-\w+|BlockCloud\w+|Active Directory|Microsoft Entra \w+", id="terms"),
        pytest.param(r"^\s+|\s+$", id="space around"),
        pytest.param(r"[.:?]$", id="last character"),
    ],
)
def test_a_translation_keeps(catalogue, mark):
    wrong = [
        (english, words)
        for english, words in pairs(catalogue)
        if sorted(re.findall(mark, english)) != sorted(re.findall(mark, words.translate(SAME_MARK)))
    ]
    assert wrong == []


def test_words_made_below_are_made_there():
    constants = {
        node.value
        for file in PYTHON
        if file.stem != "vocabulary"
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert [words for words in MADE_BELOW if not constants & {words, f"{words}: "}] == []


def test_quotes_are_those_of_the_language(catalogue):
    assert [
        words for _, words in pairs(catalogue) if re.search(FOREIGN_QUOTES[catalogue.metadata["Language"]], words)
    ] == []


def test_the_header_names_no_person_machine_or_day(catalogue):
    assert {"Language", "Content-Type", "Plural-Forms"} <= catalogue.metadata.keys()
    assert not re.search(r"\d{4}-\d\d|@|YEAR|FULL NAME", f"{catalogue.header}{catalogue.metadata}")


def test_it_is_compiled_without_gnu_gettext(tmp_path, catalogue):
    compile_messages(file_of(catalogue.metadata["Language"]), tmp_path / "django.mo")
    with (tmp_path / "django.mo").open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    expected = {one.msgid: one.msgstr for one in catalogue.translated_entries() if not one.msgid_plural}
    assert {words: spoken.gettext(words) for words in expected} == expected


# Units and names, and what is said to readers of languages in which the portal has no words of its own.
SAME_EVERYWHERE = {"UTC", "Markdown"}
ENGLISH_BY_DESIGN = "The portal’s own words are not translated into yet, so they appear in English."
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
TRANSLATED = re.compile(r"\{% blocktranslate.*?\{% endblocktranslate %\}", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")
# It is an attribute, and no part of a page by itself.
PAGES = [file for file in TEMPLATES if file.parent.name != "templates" or file.name != "_words.html"]


@pytest.mark.parametrize("template", PAGES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_template_says_no_word_that_is_not_marked(template):
    plain = TAG.sub("", TRANSLATED.sub("", template.read_text()))
    said = " ".join(words_of(plain)).replace(ENGLISH_BY_DESIGN, "")
    assert set(WORD.findall(said)) - SAME_EVERYWHERE == set()
