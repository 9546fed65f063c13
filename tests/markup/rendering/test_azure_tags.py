"""Azure's own elements: videos become links, checks and charts a quiet note, and no word is lost."""

from tests.markup.rendering.shown import rendered, shown


def test_it_links_a_video_with_its_title():
    html = shown("<video>\n <src>https://www.example.com/watch?v=1</src>\n <title>How it works</title>\n</video>")
    assert 'href="https://www.example.com/watch?v=1"' in html
    assert ">Watch the video: How it works</a>" in html
    assert "<figcaption>How it works</figcaption></figure>" in html


def test_it_finds_a_group_of_videos_that_is_set_in_like_code():
    body = "Watch:\n\n    <videoGroup>\n      <video>\n        <src>https://example.com/1</src>\n\n        <title>One</title>\n      </video>\n    </videoGroup>\n\nEnd."
    html = shown(body)
    assert "<pre" not in html
    assert '<div class="video-group">' in html
    assert html.endswith("<p>End.</p>")


def test_it_leaves_a_video_in_an_example_alone():
    assert "&lt;video&gt;" in shown("```\n    <video>\n```")


def test_it_says_that_a_check_runs_in_the_azure_portal():
    html = shown("<insight>\n<symptomId>One</symptomId>\n<noResultText>All is well.</noResultText>\n</insight>")
    assert html.startswith('<div class="check"><p class="check-label" data-added="">Opened from the Azure portal')
    assert '<span hidden="">One</span>' in html
    assert "All is well." in html


def test_it_keeps_what_steers_a_check_out_of_the_searchable_text():
    assert "SymptomX" not in rendered("<insight>\n<symptomId>SymptomX</symptomId>\n</insight>").text


def test_it_says_where_the_azure_portal_shows_results_and_charts():
    assert shown("<azureKB>\n<client>portal</client>\n</azureKB>").startswith('<div class="web-results">')
    assert shown("<metric>\n<name>cpu</name>\n</metric>").startswith('<div class="metric">')


def test_it_shows_placeholders_as_text():
    assert shown("Connect to <server>:<port> now") == "<p>Connect to &lt;server&gt;:&lt;port&gt; now</p>"


def test_it_names_a_section_of_apollo():
    html = shown(":::Section Next steps:::\n\nText.")
    assert html == (
        '<p class="section-title"><span hidden="">:::Section </span>Next steps<span hidden="">:::</span></p><p>Text.</p>'
    )
