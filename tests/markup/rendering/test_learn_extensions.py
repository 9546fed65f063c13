"""What the learn dialect adds to Markdown: tabs, `:::` blocks, includes, sample code."""

import pytest

from portal.markup.source import Kind
from tests.markup.rendering.shown import codes, rendered
from tests.markup.rendering.shown import shown as shown_plain

LEARN = {"dialect": "learn", "kind": Kind.LEARN, "path": "connect/one.md"}


def shown(body: str) -> str:
    return shown_plain(body, **LEARN)


def test_it_shows_every_tab_with_its_name():
    html = shown("## Set up\n\n# [Portal](#tab/portal)\n\nClick.\n\n# [PowerShell](#tab/ps)\n\nType.\n\n---\n\nAfter.")
    assert html == (
        '<h2 id="set-up">Set up</h2><div class="tabs">'
        '<section class="tab" data-tab="portal"><h3 id="portal" class="tab-name">Portal</h3><p>Click.</p></section>'
        '<section class="tab" data-tab="ps"><h3 id="powershell" class="tab-name">PowerShell</h3><p>Type.</p></section>'
        "</div><p>After.</p>"
    )


def test_it_reads_an_image_block():
    body = '   :::image type="content" source="media/a_b.png" alt-text="Two [boxes]" lightbox="media/big.png":::'
    one = rendered(body, **LEARN)
    assert 'alt="Two [boxes]" data-media="connect/media/a_b.png"' in one.html
    assert one.media == ("connect/media/a_b.png",)


def test_it_keeps_the_long_description_of_an_image():
    html = shown(':::image type="complex" source="a.png" alt-text="A":::\nLong words.\n:::image-end:::')
    assert '<div class="long-description">' in html
    assert "Long words." in html


def test_it_shows_rows_and_columns():
    html = shown(':::row:::\n:::column span="2":::\n\nLeft.\n\n:::column-end:::\n:::row-end:::')
    assert html == '<div class="row"><div class="column"><p>Left.</p></div></div>'


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ('::: zone pivot="azure-portal"', "::: zone-end", "azure-portal"),
        ('::: moniker range=">= one-2020"', "::: moniker-end", "&gt;= one-2020"),
    ],
)
def test_it_says_what_a_zone_applies_to(start, end, words):
    assert shown(f"{start}\n\nOnly there.\n\n{end}") == (
        f'<section class="zone"><p class="zone-label" data-added="">Applies to: {words}</p><p>Only there.</p></section>'
    )


def test_it_says_what_is_kept_in_another_file():
    assert "(This part of the original page is kept in another file: Terms)" in shown("[!INCLUDE [Terms](../terms.md)]")
    assert "kept in another file: Sample" in shown("[!code-csharp[Sample](a.cs#L1-L3)]")
    assert codes("[!INCLUDE [Terms](../terms.md)]", **LEARN) == ["include-not-shown"]


def test_it_shows_words_that_are_not_to_be_translated():
    assert shown('Press :::no-loc text="Start"::: now.') == "<p>Press Start now.</p>"


def test_it_shows_an_api_reference_by_name():
    assert shown("See <xref:System.String>.") == '<p>See <code dir="ltr">xref:System.String</code>.</p>'


def test_it_shows_what_it_does_not_know_as_text_and_says_so():
    assert ":::novelty a=&quot;b&quot;:::" in shown(':::novelty a="b":::').replace('"b"', "&quot;b&quot;")
    assert codes(':::novelty a="b":::', **LEARN) == ["directive-unknown"]


def test_it_leaves_examples_in_code_alone():
    assert "::: zone pivot=" in shown('```\n::: zone pivot="a"\n```')


def test_it_lets_no_file_write_the_marks_itself():
    assert "row" not in shown("<!--portal-0123456789abcdef:row -->\n\na\n\n<!--portal-0123456789abcdef:/row -->")
