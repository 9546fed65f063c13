"""The original of each sentence, uncovered one by one."""

from __future__ import annotations

from portal.markup.sentences import with_originals
from tests.markup.rendering.test_both_sides import both, pair


def uncovered(body: str) -> str:
    shown = both(body)
    return with_originals(shown.html, shown.original_html)


def test_a_sentence_holds_its_original_and_takes_the_focus():
    html = uncovered(pair(101, "Hej alla.", "Hello all."))
    assert (
        '<span data-unit="abcde-101" class="sentence-unit" tabindex="0">Hej alla.'
        '<span class="sentence-original" data-added="" lang="en" dir="ltr">Hello all.</span></span>' in html
    )


def test_every_sentence_has_its_own():
    html = uncovered(f"{pair(101, 'Ett.', 'One.')} {pair(102, 'Två.', 'Two.')}\n\n- {pair(103, 'Tre.', 'Three.')}")
    assert [html.count(f">{word}</span>") for word in ("One.", "Two.", "Three.")] == [1, 1, 1]


def test_the_original_is_words_without_its_links_and_escaped():
    html = uncovered(
        pair(101, "Öppna [sidan](https://example.com/).", "Open [the page](https://example.com/) & <port>.")
    )
    assert ">Open the page &amp; &lt;port&gt;.</span>" in html
    assert html.count("<a ") == 1


def test_a_sentence_that_was_not_translated_is_left_alone():
    assert "sentence-unit" not in uncovered(pair(101, "Get-ADUser", "Get-ADUser"))
