"""Headings with anchors, code and tables in frames of their own, pictures that exist or do not."""

import pytest

from portal.markup.rendering import Heading, with_media
from portal.markup.source import Kind
from tests.markup.rendering.shown import codes, rendered, shown

NATIVE = {"dialect": "native", "kind": Kind.NATIVE, "path": "one-slug/sv-se.md", "locale": "sv-se"}


def test_it_takes_the_title_out_and_keeps_its_anchor():
    one = rendered("# A *plain* title\n\nText.")
    assert one.title == "A plain title"
    assert one.html.startswith('<span class="anchor" id="a-plain-title"></span>')
    assert one.title_html == "A <em>plain</em> title"


def test_it_takes_the_title_from_the_header_where_the_body_has_none():
    assert rendered("Text.", title="From above").title == "From above"
    assert rendered("Text.", path="folder/a-name.md").title == "a-name"


def test_it_shows_the_second_heading_of_apollo_as_title():
    assert rendered("# Internal\n\n## Shown\n\nText.", kind=Kind.APOLLO).title == "Shown"
    assert '<h2 id="shown" class="title-repeat">' in shown("# Internal\n\n## Shown\n\n## Next", kind=Kind.APOLLO)


def test_it_keeps_a_title_that_comes_late_in_its_place():
    assert shown("Text.\n\n# Late") == '<p>Text.</p><h1 id="late">Late</h1>'


def test_it_lists_the_contents_without_markdown():
    headings = rendered("# T\n\n## **One** `x`\n\n### Two\n\n#### Deep").headings
    assert headings == (Heading(level=2, id="one-x", text="One x"), Heading(level=3, id="two", text="Two"))


def test_it_gives_equal_headings_anchors_of_their_own():
    assert [heading.id for heading in rendered("## A\n\n## A\n\n## A").headings] == ["a", "a-1", "a-2"]


def test_it_writes_anchors_in_every_script():
    assert [heading.id for heading in rendered("## 手順 1\n\n## Lösning: så här").headings] == [
        "手順-1",
        "lösning-så-här",
    ]


def test_it_keeps_old_anchors_in_every_locale():
    one = rendered('# <a name="english-slug"></a>Svensk titel\n\n## <a name="part"></a>Del\n\n<a name="spot"></a>Här.')
    assert '<span class="anchor" id="english-slug"></span>' in one.html
    assert one.headings == (Heading(level=2, id="part", text="Del"),)
    assert '<span class="anchor" id="spot"></span>' in one.html


def test_it_frames_code_and_names_its_language():
    assert shown("```powershell\nGet-Item x\n```") == (
        '<div class="code" data-language="powershell"><p class="code-language" data-added="">PowerShell</p>'
        '<pre tabindex="0"><code class="language-powershell">Get-Item x\n</code></pre></div>'
    )


def test_it_names_no_language_where_none_is_given():
    assert shown("```\nx\n```") == '<div class="code"><pre tabindex="0"><code>x\n</code></pre></div>'


def test_it_keeps_code_left_to_right_in_arabic():
    assert '<code dir="ltr">x</code>' in shown("`x`", locale="ar-sa")
    assert '<pre tabindex="0" dir="ltr">' in shown("```\nx\n```", locale="ar-sa")


def test_it_frames_a_table_with_scoped_headers():
    html = shown("|a|b|\n|:-:|-|\n|1|2|")
    assert html.startswith('<div class="table-scroll" tabindex="0" role="region" aria-label="Table"><table>')
    assert '<th class="align-center" scope="col">a</th>' in html
    assert '<td class="align-center">1</td><td>2</td>' in html


def test_it_shows_the_words_of_a_picture_that_is_missing():
    one = rendered("![A box](media/a.png)", path="folder/one.md")
    assert one.html == (
        '<p><img class="missing" alt="A box" data-media="folder/media/a.png">'
        '<span class="missing-text" data-added="">Picture missing: A box</span></p>'
    )
    assert one.media == ("folder/media/a.png",)


@pytest.mark.parametrize("address", ["", "../../../secret.png", "/etc/x.png", "C:/x.png", "//example.com/x.png"])
def test_it_looks_for_no_picture_outside_the_root(address):
    one = rendered(f"![A box](<{address}>)", path="folder/one.md")
    assert one.media == ()
    assert "src=" not in one.html
    assert [problem.code for problem in one.problems] == ["picture-missing"]


def test_it_shows_a_picture_that_turned_up():
    stored = rendered("![A box](media/a.png) ![B](b.png)", path="folder/one.md").html
    html = with_media(stored, {"folder/media/a.png": "/media/x/a.png"})
    assert '<img src="/media/x/a.png" alt="A box" data-media="folder/media/a.png" loading="lazy">' in html
    assert html.count('class="missing"') == 1


def test_it_shows_a_picture_of_the_web_without_telling_who_reads():
    assert shown("![A](http://example.com/a.png)") == (
        '<p><img class="external" src="https://example.com/a.png" alt="A" loading="lazy" referrerpolicy="no-referrer"></p>'
    )


def test_it_shows_our_drawings_in_the_language_and_for_the_dark():
    html = shown("![Flow](media/flow.svg)", **NATIVE)
    assert 'srcset="/media/native/one-slug/media/flow.dark.sv-se.svg"' in html
    assert 'src="/media/native/one-slug/media/flow.light.sv-se.svg" alt="Flow"' in html
    assert "/media/native/other/media/x.light.sv-se.svg" in shown("![X](../other/media/x.svg)", **NATIVE)


def test_it_lets_a_drawing_stand_in_for_a_picture_that_nobody_has():
    html = shown("![Case](./media/how-to-connect-health-diagnose-sync-errors/IIdFixCommonCase.png)", locale="de-de")
    assert "/media/native/duplicated-attributes/media/common-scenario.light.de-de.svg" in html
    assert '<span class="stand-in-note" data-added="">Zeichnung dieses Portals; das Originalbild fehlt.</span>' in html


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif", "webp"])
def test_it_shows_pictures_written_into_their_address(kind):
    assert f'src="data:image/{kind};base64,AAAA"' in shown(f"<img src='data:image/{kind};base64,AAAA'>")


def test_it_notes_what_is_known_to_be_wrong():
    body = "# Attribute not syncing\n\n* Objects are brought into MV."
    html = shown(body, title="Attribute not syncing", topics=("32629808",))
    assert '<span class="note" data-added="" role="note">Note by this portal' in html
    assert 'role="note"' not in shown(body.replace("Attribute", "Other"), topics=("1",))


def test_it_finds_the_words_a_reader_would_search_for():
    one = rendered("# Title\n\n> [!NOTE]\n> Mind **it**.\n\n|a|b|\n|-|-|\n|1|2|")
    assert one.text == "Mind it.\na\nb\n1\n2"


def test_it_says_the_line_of_a_problem():
    assert [problem.line for problem in rendered("# T\n\na\n\n[](https://example.com/)").problems] == [5]
    assert codes("# T") == []
