"""The article page: her text, in her cloud, read the way she asks for, and what is said about it."""

import re

import pytest

from tests.factories import make_text, page

pytestmark = pytest.mark.django_db


def shown(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, response.content[:500]
    return response.content.decode()


def head(page):
    return page.partition("<body")[0]


def bilingual(**fields):
    return make_text(
        **{
            "path": "a",
            "locale": "sv-se",
            "source_path": "s.md",
            "title": "Titel",
            "original_title": "Title",
            "html": "<p>Ord.</p>",
            "original_html": "<p>Words.</p>",
            "both_html": "<p>Ord. Words.</p>",
            "translation": "machine",
            **fields,
        }
    )


def test_it_shows_title_body_and_description(client):
    found = shown(client, page(make_text(title="A & B", html="<p>Body.</p>", description="What it is.")))
    assert "<h1" in found
    assert "A &amp; B" in found
    assert "<p>Body.</p>" in found
    assert "What it is." in found


def test_the_page_speaks_the_language_of_its_address(client):
    text = make_text(path="a")
    assert '<html lang="en-US" dir="ltr"' in shown(client, page(text))
    assert '<html lang="sv-SE" dir="ltr"' in shown(client, page(text, locale="sv-se"))
    assert '<html lang="ar-SA" dir="rtl"' in shown(client, page(text, locale="ar-sa"))


def test_the_body_speaks_its_own(client):
    text = make_text(path="a", locale="ar-sa", source_path="x.md")
    assert re.search(r'class="body" lang="ar-SA" dir="rtl"', shown(client, page(text)))


def test_a_missing_language_is_said_and_points_to_the_one_there_is(client):
    found = shown(client, page(make_text(path="a"), locale="sv-se"))
    assert "Svenska" in found
    assert 'rel="canonical" href="http://testserver/en-us/public/articles/selfhelp/a/"' in head(found)
    assert '<div class="body" lang="en-US" dir="ltr">' in found


def test_a_last_resort_is_said(client):
    text = make_text(path="a", locale="ja-jp", source_path="x.md")
    found = shown(client, page(text, locale="de-de"))
    assert "日本語" in found
    assert 'lang="ja-JP"' in found


def test_alternates_are_the_texts_that_exist(client):
    text = make_text(path="a")
    make_text(path="a", locale="sv-se", source_path="s.md")
    tags = re.findall(r'rel="alternate" hreflang="([^"]+)" href="([^"]+)"', head(shown(client, page(text))))
    base = "http://testserver/{}/public/articles/selfhelp/a/"
    assert set(tags) == {("en-US", base.format("en-us")), ("sv-SE", base.format("sv-se"))}


def test_a_bilingual_text_is_read_in_three_ways(client):
    text = bilingual()
    address = page(text, locale="sv-se")
    assert "<p>Ord.</p>" in shown(client, address)
    assert "<p>Ord.</p>" in shown(client, f"{address}?read=translated")
    original = shown(client, f"{address}?read=original")
    assert '<div class="body" lang="en-US" dir="ltr"><p>Words.</p>' in original
    assert "Title" in original
    assert "<p>Ord. Words.</p>" in shown(client, f"{address}?read=both")


def test_the_ways_are_links_that_need_no_script(client):
    found = shown(client, page(bilingual(), locale="sv-se"))
    for way in ("translated", "original", "both"):
        assert f"?read={way}" in found


def test_its_original_serves_as_the_english_text(client):
    found = shown(client, page(bilingual()))
    assert "<p>Words.</p>" in found
    assert "<p>Ord.</p>" not in found


@pytest.mark.parametrize("read", ["", "nonsense", "Both", "both ", "original%20", "%F0%9F%92%A9", "both&read=x"])
def test_another_way_makes_no_sense(client, read):
    for text in (make_text(path="plain"), bilingual(path="b")):
        found = shown(client, f"{page(text, locale='sv-se')}?read={read}", status=400)
        assert "both" in found


def test_machine_translation_and_its_day_are_said(client):
    found = shown(client, page(bilingual(translated_on="2020-10-28"), locale="sv-se"))
    assert "2020" in found
    assert "maskin" in found or "machine" in found


def test_robots_are_honoured(client):
    assert 'name="robots" content="noindex, nofollow"' in shown(client, page(make_text(robots="noindex, nofollow")))
    assert 'name="robots"' not in shown(client, page(make_text()))


def test_links_follow_the_cloud(client):
    text = make_text(path="a", html='<p><a href="https://portal.azure.com/#home">Portal</a></p>')
    assert 'href="https://portal.azure.com/#home"' in shown(client, page(text))
    assert 'href="https://portal.azure.us/#home"' in shown(client, page(text, cloud="fairfax"))
    assert 'href="https://portal.azure.cn/#home"' in shown(client, page(text, cloud="mooncake"))


def test_an_air_gapped_cloud_shows_addresses_as_text(client):
    text = make_text(path="a", html='<p><a href="https://example.com/x">There</a></p>')
    found = shown(client, page(text, cloud="usnat"))
    assert 'href="https://example.com/x"' not in found
    assert "https://example.com/x" in found
    assert "has no way to the internet" in found


def test_links_between_articles_stay_inside(client):
    link = '<p><a href="https://learn.example/b" data-article="deep/b&amp;c#part">Next</a></p>'
    text = make_text(path="a", html=link)
    assert 'href="https://learn.example/b"' in shown(client, page(text))
    make_text(path="deep/b&c", clouds=["public"])
    text = make_text(path="a2", html=link)
    assert 'href="/en-us/public/articles/selfhelp/deep/b&amp;c/#part"' in shown(client, page(text))
    assert "/articles/selfhelp/deep/b" not in shown(client, page(text, cloud="fairfax"))


def test_an_article_for_other_clouds_is_404_and_names_them(client):
    text = make_text(title="Only there", clouds=["mooncake", "fairfax"])
    found = shown(client, page(text), status=404)
    assert "Only there" in found
    for name in ("Azure operated by 21Vianet", "Azure US Government"):
        assert name in found
    assert "/en-us/mooncake/articles/" in found


def test_the_clouds_that_have_it_are_marked_in_the_switcher(client):
    found = shown(client, page(make_text(clouds=["public", "fairfax"])))
    switcher = found.partition('class="switchers"')[2]
    assert re.search(r'value="mooncake"[^>]*>.*?not for this page', switcher)
    assert not re.search(r'value="fairfax"[^>]*><bdi>[^<]*</bdi> <small>', switcher)


def test_kinds_for_staff_have_no_page_for_readers(client):
    shown(client, page(make_text(kind="rca", for_readers=False)), status=404)


def test_a_form_shows_its_questions_in_order(client):
    elements = [
        {"order": 2, "displayLabel": "Second?", "required": False},
        {
            "order": 1,
            "displayLabel": "First?",
            "required": True,
            "dropdownOptions": [{"value": "x", "text": "One way"}],
        },
        {"order": "nonsense", "displayLabel": "Last?"},
        "nonsense",
        {"order": 3},
    ]
    text = make_text(kind="problemscopingquestions", html="", data={"formElements": elements})
    found = shown(client, page(text))
    assert found.index("First?") < found.index("One way") < found.index("Second?") < found.index("Last?")


@pytest.mark.parametrize(
    "data", [None, {}, {"formElements": "x"}, {"formElements": [{"order": 1, "displayLabel": {"a": 1}}]}]
)
def test_a_form_of_any_shape_has_a_page(client, data):
    shown(client, page(make_text(kind="problemscopingquestions", html="", data=data)))


def test_ours_and_the_forms_stand_beside(client):
    text = make_text(path="a", topics=["111"])
    make_text(path="ours", collection="native", kind="native", topics=["111"], title="Our own")
    make_text(path="form", kind="problemscopingquestions", topics=["111"], title="The form")
    make_text(path="stranger", collection="native", kind="native", topics=["222"], title="A stranger")
    found = shown(client, page(text))
    assert "Our own" in found
    assert "The form" in found
    assert "A stranger" not in found


def test_long_articles_have_contents(client):
    headings = [[2, f"part-{number}", f"Part {number}"] for number in range(4)]
    assert 'href="#part-3"' in shown(client, page(make_text(headings=headings)))
    assert "contents-title" not in shown(client, page(make_text(headings=headings[:2])))


def test_a_neutral_address_leads_to_the_remembered_place(client):
    client.cookies["portal_locale"], client.cookies["portal_cloud"] = "sv-se", "fairfax"
    response = client.get("/articles/selfhelp/a%20b/c/")
    assert response.status_code == 302
    assert response.headers["Location"] == "/sv-se/fairfax/articles/selfhelp/a%20b/c/"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("/EN-us/public/articles/selfhelp/a/?read=x&y=%20", "/en-us/public/articles/selfhelp/a/?read=x&y=%20"),
        ("/en-us/Public/", "/en-us/public/"),
        ("/SV-SE/FAIRFAX/topics/111/?product=14", "/sv-se/fairfax/topics/111/?product=14"),
        ("/EN-US/public/articles/selfhelp/%C3%A5%20b/", "/en-us/public/articles/selfhelp/%C3%A5%20b/"),
        ("/%C5%BFv-%C5%BFe/public/topics/", "/sv-se/public/topics/"),
        ("/en-us/public%20/topics/", "/en-us/public/topics/"),
    ],
)
def test_other_spellings_lead_to_the_one_address(client, asked, leads):
    response = client.get(asked)
    assert response.status_code == 301
    assert response.headers["Location"] == leads


@pytest.mark.parametrize("start", ["xx-xx/public", "klingon/public", "en/public"])
def test_an_unknown_language_names_the_known_ones(client, start):
    found = shown(client, f"/{start}/articles/selfhelp/a/", status=404)
    assert "Svenska (sv-se)" in found


def test_an_unknown_cloud_names_the_known_ones(client):
    assert "Azure US Government (fairfax)" in shown(client, "/en-us/nimbus/articles/selfhelp/a/", status=404)
