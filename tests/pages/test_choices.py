"""The choice of language and cloud: remembered, and taken from our own pages only."""

import pytest

pytestmark = pytest.mark.django_db

OURS = {"sec-fetch-site": "same-origin", "origin": "http://testserver"}


def choose(client, headers=OURS, **form):
    return client.post("/choices/", form, headers=headers)


def test_a_choice_is_remembered_and_shown(client):
    response = choose(client, here="/en-us/public/articles/selfhelp/a b/", locale="sv-se")
    assert (response.status_code, response.headers["Location"]) == (303, "/sv-se/public/articles/selfhelp/a%20b/")
    assert response.headers["Cache-Control"] == "no-store"
    cookie = response.cookies["portal_locale"]
    assert cookie.value == "sv-se"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert client.get("/").headers["Location"] == "/sv-se/public/"


def test_a_cloud_is_remembered_beside_it(client):
    choose(client, here="/sv-se/public/", locale="sv-se")
    response = choose(client, here="/sv-se/public/", cloud="mooncake")
    assert response.headers["Location"] == "/sv-se/mooncake/"
    assert client.get("/").headers["Location"] == "/sv-se/mooncake/"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"sec-fetch-site": "same-site", "origin": "http://testserver"},
        {"sec-fetch-site": "none"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://testserver.evil.example"},
        {"origin": "http://testserver:81"},
        {"origin": "http://["},
        {"sec-fetch-site": "same-origin", "origin": "http://evil.example"},
    ],
)
def test_a_form_from_elsewhere_is_refused(client, headers):
    response = choose(client, headers, here="/en-us/public/", locale="sv-se")
    assert response.status_code == 403
    assert not response.cookies


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "same-origin"}, {"origin": "http://testserver"}, OURS])
def test_either_header_will_do(client, headers):
    assert choose(client, headers, here="/en-us/public/", cloud="fairfax").status_code == 303


@pytest.mark.parametrize(
    "form", [{"locale": "klingon"}, {"cloud": "nimbus"}, {"cloud": "<b>"}, {"locale": "sv-se", "cloud": "x"}]
)
def test_a_choice_there_is_not_is_said(client, form):
    response = choose(client, here="/en-us/public/", **form)
    assert response.status_code == 400
    assert not response.cookies
    assert b"<b>" not in response.content.partition(b"<main")[2].partition(b"<h1")[0]


@pytest.mark.parametrize(
    "here",
    [
        "",
        "nonsense",
        "http://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/xx-xx/public/a/",
        "/en-us/nimbus/a/",
        "\x00",
        "x" * 9000,
    ],
)
def test_a_page_that_makes_no_sense_leads_home(client, here):
    assert choose(client, here=here, cloud="fairfax").headers["Location"] == "/en-us/fairfax/"


@pytest.mark.parametrize("rest", ["a%20b/", "å/", "a\nSet-Cookie: x=1/", "\u200b/", "?read=both", "../../x"])
def test_the_rest_of_the_address_is_written_safely(client, rest):
    location = choose(client, here=f"/en-us/public/{rest}", cloud="fairfax").headers["Location"]
    assert location.startswith("/en-us/fairfax/")
    assert location.isascii()
    assert "\n" not in location


def test_only_a_form_can_choose(client):
    assert client.get("/choices/").status_code == 405
