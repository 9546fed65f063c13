"""What support staff paste, and where it leads."""

import pytest

from tests.factories import make_text

pytestmark = pytest.mark.django_db


def leads(client, address, **headers):
    response = client.get(address, headers=headers)
    assert response.status_code == 302, response.content[:300]
    return response.headers["Location"]


def shown(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_a_pasted_topic_leads_to_the_cloud_and_language_given(client):
    assert leads(client, "/topics/111?cloud=mooncake&locale=sv-se") == "/sv-se/mooncake/topics/111/"
    assert leads(client, "/topics/111/?cloud=Mooncake&locale=sv") == "/sv-se/mooncake/topics/111/"


def test_what_is_not_given_is_remembered_or_asked_for(client):
    assert leads(client, "/topics/111") == "/en-us/public/topics/111/"
    assert leads(client, "/topics/111", **{"accept-language": "fr, de;q=0.5"}) == "/de-de/public/topics/111/"
    client.cookies["portal_locale"], client.cookies["portal_cloud"] = "sv-se", "fairfax"
    assert leads(client, "/topics/111", **{"accept-language": "de"}) == "/sv-se/fairfax/topics/111/"


def test_the_redirect_is_kept_by_nobody(client):
    assert client.get("/topics/111").headers["Cache-Control"] == "no-store"


def test_what_is_known_of_the_case_goes_along(client):
    address = "/topics/111?product=14&resource=a/b&tags=one,two&utm=x"
    assert leads(client, address) == "/en-us/public/topics/111/?product=14&resource=a%2Fb&tags=one%2Ctwo"


def test_a_bad_cloud_or_language_is_said(client):
    assert "fairfax" in shown(client, "/topics/111?cloud=nimbus", 400)
    assert "sv-se" in shown(client, "/topics/111?locale=klingon", 400)


def test_a_pasted_article_leads_to_the_cloud_given(client):
    assert leads(client, "/articles/native/x/?cloud=mooncake&locale=sv") == "/sv-se/mooncake/articles/native/x/"
    assert "fairfax" in shown(client, "/articles/native/x/?cloud=nimbus", 400)


def test_one_article_is_led_to(client):
    make_text(path="a b", topics=["111"])
    assert leads(client, "/en-us/public/topics/111/") == "/en-us/public/articles/selfhelp/a%20b/"


def test_several_are_a_choice(client):
    make_text(path="one", topics=["111"], title="First way", products=["14"])
    make_text(path="two", topics=["111"], title="Second way", products=["15"])
    make_text(path="form", kind="problemscopingquestions", topics=["111"], title="The form")
    found = shown(client, "/en-us/public/topics/111/")
    assert "First way" in found
    assert "Second way" in found
    assert "The form" in found
    assert leads(client, "/en-us/public/topics/111/?product=15").endswith("/two/")


def test_a_form_alone_is_led_to(client):
    make_text(path="form", kind="problemscopingquestions", topics=["111"])
    assert leads(client, "/en-us/public/topics/111/").endswith("/form/")


def test_a_topic_of_other_clouds_names_them(client):
    make_text(topics=["111"], clouds=["public"])
    found = shown(client, "/en-us/mooncake/topics/111/", 404)
    assert "Azure public cloud" in found
    assert "/en-us/public/topics/111/" in found


def test_an_unknown_topic_says_what_to_do(client):
    found = shown(client, "/en-us/public/topics/999/", 404)
    assert "999" in found
    assert 'action="/topics/"' in found or "/search/" in found


@pytest.mark.parametrize(
    "topic", ["abc", "1234567890123", "12-34", "%D9%A1%D9%A2", "1%0A2", "%3Cscript%3E", "-1", "1e5"]
)
def test_a_malformed_topic_is_400(client, topic):
    assert "<script>" not in shown(client, f"/en-us/public/topics/{topic}/", 400)


def test_the_small_form_finds_a_topic(client):
    assert leads(client, "/topics/?id=+111+&cloud=mooncake") == "/en-us/mooncake/topics/111/"
    assert leads(client, "/topics/?id=") == "/en-us/public/topics/"
    assert leads(client, "/topics/?id=/") == "/en-us/public/topics/"


@pytest.mark.parametrize("typed", ["..", ".", "//evil.example", "%5C%5Cevil.example", "\u200b", "a?b#c", "%0d%0aX: y"])
def test_whatever_is_typed_stays_in_this_portal(client, typed):
    location = leads(client, "/topics/?id=" + typed.replace("#", "%23"))
    assert location.startswith("/en-us/public/topics/")
    assert "\n" not in location
    assert "/../" not in location


def test_an_article_id_is_permanent(client):
    make_text(path="a", article_id="some-id")
    assert leads(client, "/articles/Some-ID?cloud=fairfax") == "/en-us/fairfax/article-ids/Some-ID/"
    assert leads(client, "/en-us/fairfax/article-ids/Some-ID/") == "/en-us/fairfax/articles/selfhelp/a/"
    shown(client, "/en-us/public/article-ids/none/", 404)


def test_a_product_lists_its_articles(client):
    make_text(path="a", products=["14"], title="First")
    make_text(path="b", products=["14"], title="Second", clouds=["mooncake"])
    assert leads(client, "/products/14?cloud=mooncake") == "/en-us/mooncake/products/14/"
    assert "Second" in shown(client, "/en-us/mooncake/products/14/")
    assert "Second" not in shown(client, "/en-us/public/products/14/")
    shown(client, "/en-us/public/products/15/", 404)


def test_a_product_of_other_clouds_names_them(client):
    make_text(products=["14"], clouds=["mooncake"])
    assert "Azure operated by 21Vianet" in shown(client, "/en-us/public/products/14/", 404)


def test_a_resource_lists_its_articles_in_display_order(client):
    for title, order, tags in (("Second", 2, []), ("First", 1, ["one"]), ("Third", None, ["one", "two"])):
        make_text(title=title, kind="resource", service="s.x", resource="r/t", display_order=order, tags=tags)
    assert leads(client, "/resources/S.X/r/t?tags=one") == "/en-us/public/resources/S.X/r/t/?tags=one"
    found = shown(client, "/en-us/public/resources/S.X/r/t/")
    assert found.index("First") < found.index("Second") < found.index("Third")
    narrowed = shown(client, "/en-us/public/resources/s.x/r/t/?tags=one")
    assert "Second" not in narrowed
    assert leads(client, "/en-us/public/resources/s.x/r/t/?tags=TWO").startswith("/en-us/public/articles/")
    shown(client, "/en-us/public/resources/s.x/none/", 404)


def test_the_list_of_topics_goes_on_after_a_page(client, monkeypatch):
    monkeypatch.setattr("portal.pages.topics.TOPICS_ON_A_PAGE", 3)
    for number in range(100, 107):
        make_text(topics=[str(number)], title=f"Title of {number}")
    first = shown(client, "/en-us/public/topics/")
    assert "Title of 102" in first
    assert "Title of 103" not in first
    assert "?after=102" in first
    assert "Title of 105" in shown(client, "/en-us/public/topics/?after=102")
    assert "Title of 106" in shown(client, "/en-us/public/topics/?after=105")
    shown(client, "/en-us/public/topics/?after=nonsense", 400)
