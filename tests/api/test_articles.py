"""`GET /api/v1/articles` and `GET /api/v1/topics/{id}`: the shapes of design section 5, and an answer to every bad value."""

import base64
import json

import pytest

from tests.factories import make_text

pytestmark = pytest.mark.django_db

BASE = "http://testserver"
ARTICLE = {"collection", "path", "source_path", "kind", "title", "url", "locale", "clouds", "why"}


def get(client, address, **parameters):
    return client.get(f"/api/v1/{address}", parameters)


def problem(response, status=400):
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    told = response.json()
    assert told["status"] == status
    assert told["title"]
    return told


def test_a_topic_is_answered_best_first_with_the_reason(client):
    make_text(path="ours", collection="native", kind="native", topics=["111"], title="Ours")
    make_text(path="theirs", topics=["111"], title="Theirs", clouds=["public", "mooncake"])
    make_text(path="form", kind="problemscopingquestions", topics=["111"], clouds=["public"], title="Form")
    told = get(client, "topics/111", cloud="public", locale="sv-se").json()
    assert told.keys() == {"topic", "cloud", "locale", "articles", "forms", "elsewhere"}
    assert (told["topic"], told["cloud"], told["locale"]) == ("111", "public", "sv-se")
    assert [one["title"] for one in told["articles"]] == ["Theirs", "Ours"]
    assert [one["why"] for one in told["articles"]] == ["collection", "beside"]
    assert told["articles"][0].keys() == ARTICLE
    assert told["articles"][0]["url"] == f"{BASE}/sv-se/public/articles/selfhelp/theirs/"
    assert told["articles"][0]["clouds"] == ["public", "mooncake"]
    assert told["forms"] == [
        {
            "source_path": "form.md",
            "title": "Form",
            "url": f"{BASE}/sv-se/public/forms/selfhelp/form/",
            "clouds": ["public"],
        }
    ]
    assert told["elsewhere"] == ["fairfax", "mooncake", "blackforest", "usnat", "ussec"]


def test_every_address_it_gives_has_a_page(client):
    make_text(path="a b/ç", topics=["111"])
    make_text(path="form", kind="problemscopingquestions", topics=["111"], data={"formElements": []})
    told = get(client, "topics/111").json()
    for one in [*told["articles"], *told["forms"]]:
        assert client.get(one["url"].removeprefix(BASE)).status_code == 200


def test_a_topic_hidden_in_this_cloud_names_the_others(client):
    make_text(topics=["111"], clouds=["fairfax", "public"])
    response = get(client, "topics/111", cloud="mooncake")
    assert response.status_code == 200
    assert response.json()["articles"] == []
    assert response.json()["elsewhere"] == ["public", "fairfax"]


def test_what_is_known_of_the_case_counts(client):
    make_text(path="one", topics=["111"], products=["14"])
    make_text(path="two", topics=["111"], products=["15"])
    told = get(client, "topics/111", product="15").json()
    assert [(one["path"], one["why"]) for one in told["articles"]] == [("two", "product"), ("one", "product")]


def test_a_guid_is_a_topic_in_any_case(client):
    guid = "a1b2c3d4-0000-1111-2222-333344445555"
    make_text(topics=[guid])
    assert get(client, f"topics/{guid.upper()}").json()["topic"] == guid


def test_an_unknown_topic_is_404(client):
    assert "111" in problem(get(client, "topics/111"), 404)["detail"]


@pytest.mark.parametrize(
    ("address", "parameters", "parameter"),
    [
        ("topics/nonsense", {}, "topic"),
        ("topics/1234567890123", {}, "topic"),
        ("topics/111", {"cloud": "nimbus"}, "cloud"),
        ("topics/111", {"cloud": "public,fairfax"}, "cloud"),
        ("topics/111", {"locale": "klingon"}, "locale"),
        ("topics/111", {"product": "azure"}, "product"),
        ("articles", {"topic": "x"}, "topic"),
        ("articles", {"product": "-1"}, "product"),
        ("articles", {"cloud": "nimbus"}, "cloud"),
        ("articles", {"locale": "xx"}, "locale"),
        ("articles", {"collection": "No Good"}, "collection"),
        ("articles", {"after": "nonsense"}, "after"),
    ],
)
def test_a_bad_value_is_named(client, address, parameters, parameter):
    make_text(topics=["111"])
    assert problem(get(client, address, **parameters))["parameter"] == parameter


def marks():
    for value in (5, None, "x", [], ["a"], ["a", 5], ["a", "b", "c"], ["a", "\x00"], ["a", "\ud800"], {"a": "b"}):
        yield base64.urlsafe_b64encode(json.dumps(value).encode()).decode()
    yield base64.urlsafe_b64encode(b"[" * 3000).decode()
    yield base64.urlsafe_b64encode(b"[" * 300_000).decode()
    yield "\xff\ud7ff"


@pytest.mark.parametrize("mark", marks())
def test_a_made_up_mark_is_refused(client, mark):
    assert problem(get(client, "articles", after=mark))["parameter"] == "after"


@pytest.mark.parametrize(
    "address", ["nonsense", "", "topics/", "topics/1/2", "articles/", "../../etc/passwd", "docs/x"]
)
def test_an_unknown_address_is_a_problem_too(client, address):
    assert "/api/v1/docs" in problem(get(client, address), 404)["detail"]


def test_it_is_so_outside_version_1(client):
    problem(client.get("/api/"), 404)
    problem(client.get("/api/v2/articles"), 404)
    problem(client.get("/api/v2/articles/"), 404)


def test_other_methods_are_refused_with_what_is_allowed(client):
    response = client.delete("/api/v1/articles")
    problem(response, 405)
    assert response.headers["Allow"] == "GET"


def test_head_asks_what_get_may(client):
    make_text(topics=["111"])
    response = client.head("/api/v1/topics/111")
    assert (response.status_code, response.content) == (200, b"")
    assert client.head("/api/v1/topics/222").status_code == 404


def test_a_wrong_host_and_a_nul_are_problems_too(client):
    problem(client.get("/api/v1/articles", headers={"host": "evil.example"}))
    problem(client.get("/api/v1/articles?collection=%00"))


def test_unknown_parameters_are_ignored(client):
    make_text(topics=["111"])
    assert get(client, "topics/111", nonsense="1").status_code == 200


def test_articles_are_listed_with_their_details(client):
    make_text(path="a", topics=["111"], products=["14"], description="What it is about.")
    told = get(client, "articles").json()
    assert told["next"] is None
    (one,) = told["articles"]
    assert one.keys() == ARTICLE | {"description", "topics", "products", "updated"}
    assert (one["topics"], one["products"], one["updated"]) == (["111"], ["14"], None)


def test_articles_can_be_filtered(client):
    make_text(path="a", topics=["111"], article_id="x")
    make_text(path="b", products=["14"], clouds=["fairfax"])
    make_text(path="c", collection="native", kind="native")
    make_text(path="staff", kind="rca", for_readers=False)

    def found(**parameters):
        return [one["path"] for one in get(client, "articles", **parameters).json()["articles"]]

    assert found() == ["c", "a", "b"]
    assert found(collection="native") == ["c"]
    assert found(path="b") == ["b"]
    assert found(article_id="X") == ["a"]
    assert found(topic="111") == ["a"]
    assert found(product="14") == ["b"]
    assert found(cloud="public") == ["c", "a"]
    assert found(collection="none") == []


def test_an_article_comes_once_in_the_language_asked_for(client):
    make_text(path="a", title="English")
    make_text(path="a", locale="sv-se", source_path="sv-se/a.md", title="Svenska")
    (one,) = get(client, "articles", locale="sv-se").json()["articles"]
    assert (one["title"], one["locale"]) == ("Svenska", "sv-se")


def test_an_address_is_in_a_cloud_that_has_the_article(client):
    make_text(path="a", clouds=["mooncake"])
    (one,) = get(client, "articles").json()["articles"]
    assert one["url"] == f"{BASE}/en-us/mooncake/articles/selfhelp/a/"


def test_a_translation_for_staff_is_not_given_away(client):
    make_text(path="a", title="For readers")
    make_text(path="a", locale="sv-se", source_path="s.md", kind="rca", for_readers=False, title="För personalen")
    (one,) = get(client, "articles", locale="sv-se").json()["articles"]
    assert one["title"] == "For readers"


def test_pages_hold_every_article_once(client, monkeypatch):
    monkeypatch.setattr("portal.api.v1.ARTICLES_ON_A_PAGE", 3)
    for number in range(10):
        make_text(path=f"p{number}", collection="one" if number % 2 else "two")
    seen, after = [], ""
    while after is not None:
        told = get(client, "articles", after=after).json()
        seen += [(one["collection"], one["path"]) for one in told["articles"]]
        after = told["next"]
        assert len(told["articles"]) <= 3
    assert len(seen) == len(set(seen)) == 10


def test_a_page_of_articles_costs_a_handful_of_queries(client, django_assert_max_num_queries):
    for number in range(30):
        make_text(path=f"p{number}", topics=["111"])
    with django_assert_max_num_queries(3):
        get(client, "articles")
    with django_assert_max_num_queries(3):
        get(client, "topics/111", locale="sv-se")
