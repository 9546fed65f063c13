"""Quotes that open with `[!WORD]` become alerts, labelled in the language of the text."""

import pytest

from tests.markup.rendering.shown import codes, shown

LABEL = '<p class="alert-label" data-added="">{}</p>'


@pytest.mark.parametrize("kind", ["note", "tip", "important", "caution", "warning"])
@pytest.mark.parametrize("written", [str.upper, str.lower, str.capitalize])
def test_it_knows_the_five_kinds_in_any_case(kind, written):
    html = shown(f"> [!{written(kind)}]\n> Mind the step.")
    label = LABEL.format(kind.capitalize())
    assert html == f'<div class="alert alert-{kind}" role="note">{label}<p>Mind the step.</p></div>'


@pytest.mark.parametrize(
    ("locale", "label"),
    [("sv-se", "Viktigt"), ("de-de", "Wichtig"), ("ja-jp", "重要"), ("ar-sa", "هام"), ("fr-fr", "Important")],
)
def test_it_labels_in_the_language_of_the_text(locale, label):
    assert LABEL.format(label) in shown("> [!IMPORTANT]\n> x", locale=locale)


def test_it_needs_no_blank_behind_the_quote_sign():
    assert (
        shown(">[!TIP]\n>Short.\n>")
        == f'<div class="alert alert-tip" role="note">{LABEL.format("Tip")}<p>Short.</p></div>'
    )


def test_it_reads_words_on_the_same_line():
    assert "<p>Same line.</p></div>" in shown("> [!NOTE] Same line.")


def test_it_stands_inside_a_list_item():
    html = shown("1. One\n\n   > [!NOTE]\n   > Inside.\n\n2. Two")
    assert html.startswith("<ol><li><p>One</p><div")
    assert html.count("<li>") == 2


def test_it_keeps_a_list_inside():
    assert "<ul><li>a</li><li>b</li></ul></div>" in shown("> [!NOTE]\n> * a\n> * b")


def test_it_shows_an_unknown_word_as_the_nearest_kind_and_says_so():
    assert 'class="alert alert-tip"' in shown("> [!TIPS]\n> x")
    assert 'class="alert alert-note"' in shown("> [!SOMETHING]\n> x")
    assert codes("> [!SOMETHING]\n> x") == ["alert-unknown"]


def test_it_leaves_a_plain_quote_alone():
    assert shown("> Somebody said so.") == "<blockquote><p>Somebody said so.</p></blockquote>"


def test_it_shows_a_checklist_and_a_next_step():
    assert shown('> [!div class="checklist"]\n> * a').startswith('<div class="checklist"><ul>')
    assert shown('> [!div class="nextstepaction"]\n> [Go](https://example.com/)').startswith(
        '<div class="next-step"><p><a'
    )


def test_it_shows_a_selector_as_navigation():
    assert shown("> [!SELECTOR]\n> - [A](https://example.com/a)").startswith(
        '<div class="selector" role="navigation"><ul>'
    )


def test_it_links_a_video_instead_of_embedding_it():
    html = shown("> [!VIDEO https://www.example.com/embed/one?autoplay=false]\n\nMore.")
    assert html.startswith(
        '<figure class="video"><a class="video-link" data-added="" href="https://www.example.com/embed/one'
    )
    assert html.endswith("</figure><p>More.</p>")
