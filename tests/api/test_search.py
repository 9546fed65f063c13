"""The API's search, by its contract (design section 5)."""

import pytest

from portal.articles.searching.wishes import MOST_LIMIT
from tests.factories import make_tree, native, run_import, selfhelp

pytestmark = pytest.mark.django_db

FIELDS = {"collection", "source_path", "title", "url", "snippet", "score"}


@pytest.fixture(autouse=True)
def library(tmp_path):
    files = {
        "anchors.md": selfhelp("Source anchors", "An anchor <ties> objects."),
        "licences.md": selfhelp("Licences", "No anchors here.", cloudEnvironments="fairfax"),
        "our/sv-se.md": native("Källankare", "Om ankare."),
    }
    run_import(make_tree(tmp_path, files))


def search(client, **parameters):
    return client.get("/api/v1/search", parameters)


def paths(response) -> list[str]:
    return [hit["source_path"] for hit in response.json()["hits"]]


def test_it_answers_hits_best_first(client):
    answer = search(client, q="anchors").json()
    assert set(answer) == {"hits", "total", "next"}
    assert [hit["source_path"] for hit in answer["hits"]] == ["anchors.md", "licences.md"]
    assert all(set(hit) == FIELDS for hit in answer["hits"])
    assert answer["total"] == 2
    assert answer["next"] is None


def test_addresses_are_absolute_and_lead_to_the_article(client):
    hit = search(client, q="source anchors").json()["hits"][0]
    assert hit["url"].startswith("http://testserver/en-us/public/articles/selfhelp/anchors")
    assert client.get(hit["url"]).status_code == 200


def test_without_a_cloud_it_searches_all_clouds(client):
    assert paths(search(client, q="licences")) == ["licences.md"]
    assert paths(search(client, q="licences", cloud="public")) == []
    hit = search(client, q="licences", cloud="fairfax").json()["hits"][0]
    assert "/fairfax/" in hit["url"]


def test_it_searches_in_the_language_asked_for(client):
    assert paths(search(client, q="källankare", locale="sv-se")) == ["our/sv-se.md"]
    assert paths(search(client, q="anchors", locale="sv")) == ["anchors.md", "licences.md"]


def test_snippets_are_escaped_and_marked(client):
    snippet = search(client, q="anchor").json()["hits"][0]["snippet"]
    assert "<mark>anchor</mark> &lt;ties&gt;" in snippet


def test_next_leads_to_the_following_page(client):
    first = search(client, q="anchors", limit=1).json()
    second = search(client, q="anchors", limit=1, after=first["next"]).json()
    assert [first["hits"][0]["source_path"], second["hits"][0]["source_path"]] == ["anchors.md", "licences.md"]
    assert second["next"] is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cloud", "nowhere"),
        ("locale", "klingon"),
        ("limit", "0"),
        ("limit", str(MOST_LIMIT + 1)),
        ("limit", "ten"),
        ("limit", "-1"),
        ("limit", "9" * 400),
        ("limit", "000000001" + "0" * 5_000),
        ("limit", "²"),
        ("after", "nonsense"),
    ],
)
def test_a_bad_value_is_a_problem_that_names_it(client, name, value):
    answer = search(client, q="anchors", **{name: value})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["parameter"] == name


def test_unknown_parameters_are_ignored(client):
    assert paths(search(client, q="licences", colour="red")) == ["licences.md"]


@pytest.mark.parametrize("text", ["", '"' * 3_000, "-" * 3_000, "word " * 1_000, "%", "كلمة", "😀", "topic:9 -x"])
def test_any_query_is_answered(client, text):
    answer = search(client, q=text)
    assert answer.status_code == 200
    assert answer.json()["hits"] == []


def test_the_document_describes_it(client):
    document = client.get("/api/v1/openapi.json").json()
    assert "/api/v1/search" in document["paths"]
