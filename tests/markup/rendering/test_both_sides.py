"""Bilingual files: translation, original, and the two side by side, with no sentence lost."""

import re

import pytest

from portal.markup.dialects.pairs import both as beside
from portal.markup.dialects.tree import parse, write
from portal.markup.reading import read
from portal.markup.rendering import Rendered, render
from tests.shared import SHARED, needs_shared

HEADER = "---\ntitle: Titel\nms.contentlocale: sv-SE\nms.custom: '1'\n---\n"
UNIT = re.compile(r'data-unit="([^"]+)"')


def pair(number: int, local: str, original: str) -> str:
    name = f"abcde-{number}"
    return (
        f'<span data-ttu-id="{name}">{local}</span>'
        f'<span class="sxs-lookup"><span data-stu-id="{name}">{original}</span></span>'
    )


def both(body: str) -> Rendered:
    path = "sv-SE/AlchemyInsights/one.md"
    return render(read((HEADER + body).encode(), path), path=path)


def pairs(html: str) -> list[tuple[str, str]]:
    """The words of each pair."""
    found = re.findall(
        r'<div class="pair-local">(.*?)</div>\s*<div class="pair-original" lang="en" dir="ltr">(.*?)</div>', html, re.S
    )
    return [tuple(re.sub(r"<[^>]+>", "", side).strip() for side in one) for one in found]


def test_it_pairs_paragraphs_and_items():
    one = both(
        f'# <a name="slug"></a>{pair(1, "Titel", "Title")}\n\n{pair(2, "Ett.", "One.")} {pair(3, "Två.", "Two.")}\n\n'
        f"- {pair(4, 'Punkt', 'Item')}\n  - {pair(5, 'Under', 'Below')}"
    )
    assert pairs(one.both_html) == [("Ett. Två.", "One. Two."), ("Punkt", "Item"), ("Under", "Below")]
    assert one.both_html.count("<li>") == one.html.count("<li>") == 2
    assert (one.title, one.original_title) == ("Titel", "Title")
    assert '<p class="pair-title" lang="en" dir="ltr">' in one.both_html


def test_it_keeps_a_table_a_table():
    one = both(f"{pair(1, 'Text.', 'Text.')}\n\n|A|B|\n|-|-|\n|{pair(2, 'ett', 'one')}|{pair(3, 'två', 'two')}|")
    assert one.both_html.count("<table") == 1
    assert one.both_html.count("<td><div") == 2
    assert pairs(one.both_html)[1:] == [("ett", "one"), ("två", "two")]


def test_it_shows_once_what_is_the_same():
    one = both(f"{pair(1, 'Kör:', 'Run:')}\n\n```\nGet-Item\n```\n\n![x](https://example.com/x.png)")
    assert one.both_html.count("Get-Item") == 1
    assert one.both_html.count("<img") == 1


def test_it_sets_whole_blocks_side_by_side_where_the_shapes_differ():
    local, original = parse("<p>Ett.</p><ul><li>a</li></ul>"), parse("<h2>One.</h2><p>Two.</p><p>a</p>")
    assert write(beside(local, original)) == (
        '<div class="pair">\n<div class="pair-local"><p>Ett.</p><ul><li>a</li></ul></div>\n'
        '<div class="pair-original" lang="en" dir="ltr"><p class="pair-heading">One.</p><p>Two.</p><p>a</p></div>\n</div>'
    )


def test_it_keeps_a_list_a_list_where_one_side_has_more_items():
    local, original = parse("<ul><li>ett</li></ul>"), parse("<ul><li>one</li><li>two</li></ul>")
    original_item = '<li class="pair-original" lang="en" dir="ltr">'
    assert write(beside(local, original)) == f"<ul><li>ett</li>\n{original_item}one</li>{original_item}two</li></ul>"


def test_it_labels_each_side_in_its_own_language_and_once_side_by_side():
    one = both(f"> [!IMPORTANT]\n> {pair(1, 'Obs.', 'Mind.')}")
    assert ">Viktigt</p>" in one.html
    assert ">Important</p>" in one.original_html
    assert one.both_html.count("alert-label") == 1


def test_it_gives_every_anchor_once():
    one = both(f"## {pair(1, 'Del', 'Part')}\n\n{pair(2, 'Text.', 'Words.')}\n\n## {pair(3, 'Del', 'Part')}")
    ids = re.findall(r' id="([^"]+)"', one.both_html)
    assert ids == ["del", "del-1"]


def test_it_tells_problems_once():
    one = both(pair(1, "[](https://example.com/)", "[](https://example.com/)"))
    assert [problem.code for problem in one.problems] == ["empty-link-text"]


@needs_shared
@pytest.mark.parametrize("locale", ["ar-SA", "de-DE", "ja-JP", "sv-SE"])
def test_it_loses_no_sentence_of_real_articles(locale):
    root = SHARED / "corpus" / "alchemy-sxs"
    lost = 0
    for file in sorted((root / locale).rglob("*.md"))[:60]:
        path = file.relative_to(root).as_posix()
        source = read(file.read_bytes(), path)
        one = render(source, path=path)
        units = {one.unit for one in source.pairs}
        assert len(UNIT.findall(one.both_html)) == len(UNIT.findall(one.html)) + len(UNIT.findall(one.original_html))
        lost += len(units - set(UNIT.findall(one.html))) + len(units - set(UNIT.findall(one.original_html)))
    assert lost == 0


@needs_shared
def test_it_shows_the_swedish_document_of_the_spec_in_three_ways():
    file = next(file for file in (SHARED / "spec").iterdir() if b"sxs-lookup" in file.read_bytes())
    one = render(read(file.read_bytes(), file.name), path=file.name)
    for html, words in ((one.html, "Om du vill veta mer"), (one.original_html, "To learn more")):
        assert len(set(UNIT.findall(html))) == 4
        assert words in html
        assert words in one.both_html
