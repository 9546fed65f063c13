"""Home and the lists: what a reader finds in her cloud, counted and sorted, and nothing that is not for her."""

import re

import pytest

from tests.factories import make_text

pytestmark = pytest.mark.django_db


def shown(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_the_root_leads_to_the_remembered_place(client):
    response = client.get("/", headers={"accept-language": "sv"})
    assert (response.status_code, response.headers["Location"]) == (302, "/sv-se/public/")
    assert response.headers["Cache-Control"] == "no-store"
    client.cookies["portal_locale"], client.cookies["portal_cloud"] = "de-de", "usnat"
    assert client.get("/", headers={"accept-language": "sv"}).headers["Location"] == "/de-de/usnat/"


@pytest.mark.parametrize("value", ["nonsense", "<script>", "x" * 5000, "en-us; Path=/"])
def test_cookies_that_make_no_sense_count_for_nothing(client, value):
    client.cookies["portal_locale"] = client.cookies["portal_cloud"] = value
    assert client.get("/").headers["Location"] == "/en-us/public/"


def test_an_empty_portal_says_so(client):
    assert "There is no article for this cloud yet" in shown(client, "/en-us/public/")
    for address in ("services/", "products/", "topics/"):
        assert "There" in shown(client, f"/en-us/public/{address}")


def test_home_shows_only_what_her_cloud_has(client):
    make_text(collection="native", kind="native", title="Ours", clouds=["public"])
    make_text(service="s.public", clouds=["public"])
    make_text(service="s.china", clouds=["mooncake"])
    assert "Ours" in shown(client, "/en-us/public/")
    assert "s.china" not in shown(client, "/en-us/public/")
    assert "s.china" in shown(client, "/en-us/mooncake/")
    assert "Ours" not in shown(client, "/en-us/mooncake/")


def test_lists_leave_out_the_kinds_for_staff(client):
    make_text(service="s", kind="rca", for_readers=False, title="For staff", topics=["111"], products=["14"])
    for address in ("services/", "products/", "topics/"):
        found = shown(client, f"/en-us/public/{address}")
        assert "For staff" not in found
        assert "111" not in found
    shown(client, "/en-us/public/services/s/", 404)
    shown(client, "/en-us/public/collections/selfhelp/", 404)


def test_articles_are_counted_and_not_texts(client):
    for code in ("en-us", "sv-se", "ja-jp"):
        make_text(path="a", locale=code, source_path=f"{code}.md", service="s.one")
    make_text(path="b", service="s.one")
    found = shown(client, "/en-us/public/services/")
    assert '<span class="count">2</span>' in found
    assert "2 articles" in shown(client, "/en-us/public/services/s.one/")


def test_lists_are_in_her_language_and_its_order(client):
    for number, title in enumerate(["Ödla", "zebra", "Apa", "ärta"]):
        make_text(path=f"n{number}", service="s", title=f"English {number}")
        make_text(path=f"n{number}", service="s", locale="sv-se", source_path=f"s{number}.md", title=title)
    found = shown(client, "/sv-se/public/services/s/").partition("<h1")[2]
    assert sorted(["Ödla", "zebra", "Apa", "ärta"], key=found.index) == [
        "Apa",
        "zebra",
        "ärta",
        "Ödla",
    ]
    assert "English" not in found


def test_a_service_of_other_clouds_names_them(client):
    make_text(service="s", clouds=["mooncake"])
    assert "Azure operated by 21Vianet" in shown(client, "/en-us/public/services/s/", 404)


def test_long_lists_have_pages(client, monkeypatch):
    monkeypatch.setattr("portal.pages.browse.ARTICLES_ON_A_PAGE", 3)
    for number in range(7):
        make_text(service="s", title=f"Title {number}")
    assert "Title 3" not in shown(client, "/en-us/public/services/s/")
    assert "Title 3" in shown(client, "/en-us/public/services/s/?page=2")
    assert "Title 6" in shown(client, "/en-us/public/services/s/?page=3")


@pytest.mark.parametrize(
    "page", ["0", "-1", "4", "x", "", "01", "1.0", "%D9%A1", "1e1", "9" * 5000, "000000001" + "9" * 5000]
)
def test_a_page_that_is_none_is_400(client, page):
    make_text(service="s")
    shown(client, f"/en-us/public/services/s/?page={page}", 400)


@pytest.mark.parametrize(
    "address", ["services/none/", "products/none/", "collections/none/", "services/a/b/c/", "nowhere/"]
)
def test_what_is_not_there_is_404_with_a_way_on(client, address):
    assert "/en-us/public/" in shown(client, f"/en-us/public/{address}", 404)


def test_every_link_of_every_list_leads_somewhere(client):
    make_text(path="a b", service="s.one/two", products=["14"], topics=["111"], title="One & two")
    make_text(path="ours", collection="native", kind="native")
    seen, waiting = set(), ["/en-us/public/"]
    while waiting:
        address = waiting.pop()
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        for href in re.findall(r'<a [^>]*href="(/[^"#]*)', response.content.decode()):
            if href not in seen and "/static/" not in href and not href.startswith(("/sign-in", "/api")):
                seen.add(href)
                waiting.append(href.replace("&amp;", "&"))
    assert len(seen) > 8
