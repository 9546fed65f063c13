"""What `manage.py check --tag content` prints: every problem in one go, each with a path of the checkout, line and cure."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ARTICLE = """\
---
title: "Tea"
description: "How to make tea."
clouds: [public]
---

# Tea

![A cup](media/no-such-picture.png)
"""
LINE = re.compile(r"^\?: \((portal\.[a-z0-9-]+)\) (\S+?)(?::(\d+))?  (.+)$", re.MULTILINE)


@pytest.fixture
def articles(folder, settings) -> Path:
    """A checkout with one sound flow and no article."""
    settings.ARTICLES_DIR = folder.parent
    return folder.parent


def printed() -> list[tuple[str, ...]]:
    """Code, path, line and message of each printed problem."""
    said = StringIO()
    try:
        call_command("check", tags=["content"], stdout=said, stderr=said)
    except CommandError as error:
        said.write(str(error))
    return LINE.findall(said.getvalue())


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_sound_checkout_has_nothing_to_say(articles):
    assert printed() == []


def test_a_broken_flow_is_named_from_the_checkout_with_line_and_cure(articles):
    change(articles / "flows" / "tea.toml", 'then = "sweet"', 'then = "sour"')
    assert (
        "portal.unknown-target",
        "articles/flows/tea.toml",
        "14",
        'Answer "yes" of "warm" leads to "sour", which does not exist; correct it.',
    ) in printed()


def test_a_broken_translation_is_named_too(articles):
    change(articles / "flows" / "tea.sv-se.toml", 'cost = "Lite tid."', 'cost = "Lite tid."\nprice = "1 kr"')
    ((code, path, line, says),) = printed()
    assert (code, path) == ("portal.translation-extra", "articles/flows/tea.sv-se.toml")
    assert (articles / "flows" / "tea.sv-se.toml").read_text(encoding="utf-8").splitlines()[int(line) - 1] == (
        'price = "1 kr"'
    )
    assert says == '"outcome.heat.price" is no word of tea.toml; remove it, or correct its spelling.'


def test_all_problems_are_printed_at_once(articles):
    flows = articles / "flows"
    change(flows / "tea.toml", 'kind = "manual"', 'kind = "magic"')
    change(flows / "tea.toml", 'reversible = "no"', 'reversible = "maybe"')
    change(flows / "tea.sv-se.toml", 'cost = "Lite tid."', "")
    change(flows / "bindings.toml", 'flow = "tea"', 'flow = "coffee"')
    (articles / "tea").mkdir()
    (articles / "tea" / "en-us.md").write_text(ARTICLE, encoding="utf-8")
    assert {(path, code) for code, path, _line, _says in printed()} == {
        ("articles/flows/bindings.toml", "portal.unknown-flow"),
        ("articles/flows/tea.sv-se.toml", "portal.translation-missing"),
        ("articles/flows/tea.toml", "portal.unknown-kind"),
        ("articles/flows/tea.toml", "portal.unknown-reversible"),
        ("articles/tea/en-us.md", "portal.picture-not-found"),
    }


def test_no_line_names_a_folder_of_this_machine(articles):
    change(articles / "flows" / "tea.toml", "evidence = ", 'articles = ["no-such-article"]\nevidence = ')
    change(articles / "flows" / "tea.sv-se.toml", 'title = "Te"', 'titel = "Te"')
    said = printed()
    assert len(said) >= 3
    assert not [line for line in said if str(articles.parent) in " ".join(line)]


def test_a_kind_of_errors_that_does_not_exist_is_named(articles):
    bindings = articles / "flows" / "bindings.toml"
    kind = '[kind.cups]\nflow = "coffee"\ncategories = ["broken-cup"]\n'
    bindings.write_text(bindings.read_text(encoding="utf-8") + kind, encoding="utf-8")
    assert {(code, line) for code, _path, line, _says in printed()} == {
        ("portal.unknown-flow", "5"),
        ("portal.unknown-category", "6"),
    }
