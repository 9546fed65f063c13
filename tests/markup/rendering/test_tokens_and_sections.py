"""What is written as pairs of comments: tokens show their default, sections become sections, the rest is hidden."""

import pytest

from tests.markup.rendering.shown import codes, shown

TOKEN = '<span class="token" data-token="Name">{}</span>'


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("See <!--$Name-->[Name]<!--/$Name-->.", f"<p>See {TOKEN.format('[Name]')}.</p>"),
        ("See <!--$ Name-->it<!--/$ Name-->.", f"<p>See {TOKEN.format('it')}.</p>"),
        ("See <!--$Name-->it<!--/$name-->.", f"<p>See {TOKEN.format('it')}.</p>"),
        ("**<!--$Name-->it<!--/$Name-->**", f"<p><strong>{TOKEN.format('it')}</strong></p>"),
        ("`<!--$Name-->it<!--/$Name-->`", f"<p><code>{TOKEN.format('it')}</code></p>"),
        ("See <!--$Name--><!--/$Name-->.", "<p>See " + TOKEN.format('<span data-added="">[Name]</span>') + ".</p>"),
    ],
)
def test_it_shows_the_default_of_a_token(body, html):
    assert shown(body) == html


def test_it_shows_tokens_in_headings_and_cells():
    assert TOKEN.format("it") + "</h2>" in shown("## About <!--$Name-->it<!--/$Name-->")
    assert f"<td>{TOKEN.format('it')}</td>" in shown("|a|b|\n|-|-|\n|<!--$Name-->it<!--/$Name-->|x|")


def test_it_shows_tokens_in_blocks_of_code():
    html = shown("```bash\nrun <!--$Name-->it<!--/$Name-->\n```")
    assert f"run {TOKEN.format('it')}" in html


def test_it_reports_a_token_without_its_twin_and_keeps_the_words():
    assert shown("See <!--$Name-->it.") == "<p>See it.</p>"
    assert codes("See <!--$Name-->it.") == ["token-unbalanced"]


def test_it_wraps_a_balanced_section():
    assert shown("<!--issueDescription-->\n\nSomething broke.\n\n<!--/issueDescription-->") == (
        '<section class="part part-issue-description" data-part="issueDescription"><p>Something broke.</p></section>'
    )


def test_it_nests_sections():
    html = shown(
        "<!--rcaDescription-->\n\na\n\n<!--resolutionDetails-->\n\nb\n\n<!--/resolutionDetails-->\n\n<!--/rcaDescription-->"
    )
    assert html.endswith('data-part="resolutionDetails"><p>b</p></section></section>')


@pytest.mark.parametrize("body", ["<!--issueDescription-->\n\na", "a\n\n<!--/issueDescription-->"])
def test_it_drops_the_mark_of_an_unbalanced_section(body):
    assert shown(body) == "<p>a</p>"
    assert codes(body) == ["section-unbalanced"]


def test_it_hides_every_other_comment():
    assert shown("a <!-- for writers --> b").replace("  ", " ") == "<p>a b</p>"
    assert shown("<!--\nseveral\n\nlines\n-->\n\na") == "<p>a</p>"
