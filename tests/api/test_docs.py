"""The OpenAPI document and its page: complete, true, and needing nothing from elsewhere that the policy forbids."""

import os
import re
import shlex
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.accounts import tokens
from portal.accounts.rights import Right
from portal.api.describing import examples, table
from portal.api.problems import TYPE
from tests.diagnosis.conftest import office, open_office
from tests.factories import make_text
from tests.forms.made import element
from tests.pages.tenants.visitors import browser

__all__ = ["office", "open_office"]
pytestmark = pytest.mark.django_db


def document(client) -> dict:
    return client.get("/api/v1/openapi.json").json()


def calls(found: dict):
    """Every call: its method, its address, and what the document says of it."""
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def test_the_document_names_every_address(client):
    paths = document(client)["paths"]
    assert {"/api/v1/topics/{topic}", "/api/v1/articles", "/api/v1/tenants/{tenant}/errors"} <= paths.keys()
    assert set(paths["/api/v1/forms/{collection}/{path}"]) == {"get", "post"}


def test_every_call_parameter_and_field_is_described(client):
    found = document(client)
    for method, path, operation in calls(found):
        assert operation["summary"], path
        assert len(operation["description"]) > 20, path
        assert operation["tags"][0] in {one["name"] for one in found["tags"]}
        for parameter in operation["parameters"]:
            assert parameter["description"], (method, path, parameter["name"])
    for name, schema in found["components"]["schemas"].items():
        assert schema.get("description") or name in ("OptionOut",), name


def test_every_parameter_that_is_described_exists_somewhere(client):
    used = {one["name"] for *_call, operation in calls(document(client)) for one in operation["parameters"]}
    assert set(table()["parameters"]) - used <= {"q"}, "q is that of search"


def test_every_failure_is_described_as_a_problem(client):
    for _method, path, operation in calls(document(client)):
        failures = {status for status in operation["responses"] if int(status) >= 400}
        assert {"400", "406", "429", "500"} <= failures
        assert ({"401", "403", "404"} <= failures) or "/tenants" not in path
        for status in failures:
            content = operation["responses"][status]["content"]
            assert list(content) == [TYPE]
            assert content[TYPE]["example"]["status"] == int(status)


def test_what_reads_may_be_unchanged(client):
    for method, _path, operation in calls(document(client)):
        assert ("304" in operation["responses"]) is (method == "get")


def test_references_lead_somewhere(client):
    found = document(client)
    text = str(found)
    names = set(re.findall(r"#/components/schemas/(\w+)", text))
    assert names
    assert names <= found["components"]["schemas"].keys()


def test_tenants_need_a_token_and_articles_none(client):
    for _method, path, operation in calls(document(client)):
        assert operation["security"] == ([{"token": []}] if "/tenants" in path else [])


def test_every_call_has_an_example_and_every_example_a_call(client):
    known = {f"{method.upper()} {path.removeprefix('/api/v1')}" for method, path, _ in calls(document(client))}
    assert {one["call"] for one in examples()} == known
    assert set(table()["failures"]) <= known


@pytest.fixture
def shown(office, settings):
    """What the examples ask for."""
    settings.DEMO = True
    for path, kind, topics in (
        ("articles/problemscopingques-aadconnect/problemscopingques-aadconnect-generic", "problemscopingquestions", []),
        ("object-not-syncing", "generic", ["32629809"]),
    ):
        data = {"formElements": [element("problem_description"), element("problem_start_time", "datetimepicker")]}
        make_text(path=path, kind=kind, topics=topics, data=data)
    error = office.error()
    office.answered("no", error=error)
    secret = tokens.make(office.tenant, office.ada, name="t", rights=list(Right), days=7)[1]
    return {"PORTAL_TOKEN": secret, "ERROR": str(error.pk)}


@pytest.mark.parametrize("example", examples("http://localhost"), ids=lambda one: one["call"])
def test_every_documented_example_works(shown, monkeypatch, example):
    """Read as a shell reads it, and sent as curl sends it."""
    for name, value in shown.items():
        monkeypatch.setenv(name, value)
    program, *words = shlex.split(os.path.expandvars(example["curl"]).replace("\\\n", " "))
    assert program == "curl"
    headers, body, address = {}, None, ""
    while words:
        word = words.pop(0)
        if word == "-H":
            name, _, value = words.pop(0).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = words.pop(0)
        else:
            address = word.removeprefix("http://localhost")
    kind = headers.pop("Content-Type", None)
    client = browser()
    answer = client.get(address, headers=headers) if body is None else client.post(address, body, content_type=kind)
    assert answer.status_code == 200, answer.content
    assert answer.json()


def test_the_page_shows_every_example_with_its_own_address(client):
    page = client.get("/api/v1/docs", headers={"host": "localhost:8000"}).content.decode()
    assert page.count("<dt>") == len(examples())
    assert "http://localhost:8000/api/v1/topics/32629809" in page


def test_the_page_is_served_by_ourselves(client):
    response = client.get("/api/v1/docs")
    page = response.content.decode()
    assert response.status_code == 200
    assert "Content-Security-Policy" in response.headers
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert addresses
    assert all(address.startswith("/") for address in addresses)
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_the_page_holds_no_script_of_its_own(client):
    page = client.get("/api/v1/docs").content.decode()
    inline = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", page)
    assert inline == []
    assert not re.search(r"\sstyle=|<style|\son\w+=", page)


def test_an_unchanged_answer_is_304(client):
    make_text(topics=["111"])
    for address in ("/api/v1/topics/111", "/api/v1/articles", "/api/v1/openapi.json"):
        first = client.get(address)
        again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert client.head(address).headers["ETag"] == first.headers["ETag"]
    etag = client.get("/api/v1/articles").headers["ETag"]
    make_text(topics=["111"])
    assert client.get("/api/v1/articles", headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("text/xml", 406),
        ("text/html", 406),
        ("*/*", 200),
        ("application/json", 200),
        ("application/problem+json", 200),
        ("text/html, */*;q=0.8", 200),
    ],
)
def test_it_answers_in_json_or_says_so(client, accept, status):
    response = client.get("/api/v1/articles", headers={"accept": accept})
    assert response.status_code == status
    assert "json" in response.headers["Content-Type"]


def test_a_failure_of_ours_is_a_problem_too(client, monkeypatch):
    def broken(*_arguments, **_words):
        raise RuntimeError("secret words")

    monkeypatch.setattr("portal.api.v1.answer_topic", broken)
    client.raise_request_exception = False
    response = client.get("/api/v1/topics/111")
    assert (response.status_code, response.headers["Content-Type"]) == (500, TYPE)
    assert "secret words" not in response.content.decode()


ANYTHING = st.text(max_size=30) | st.sampled_from(
    ["1", "-1", "0", "true", "public", "contoso", "9" * 25, "\x00", "%", "é"]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_parameter_breaks_it(office, client, data):
    """Every call with whatever parameters: an answer or a problem, each with a status that the document names."""
    office_browser = browser(office.ada)
    method, path, operation = data.draw(st.sampled_from(list(islice(calls(document(client)), 50))))
    query = {}
    for parameter in operation["parameters"]:
        value = data.draw(st.sampled_from([parameter.get("example", ""), None]) | ANYTHING, label=parameter["name"])
        if parameter["in"] == "path":
            plain = (value or "1").replace("/", "").replace("\\", "") or "1"
            path = path.replace(f"{{{parameter['name']}}}", plain)
        elif value is not None:
            query[parameter["name"]] = value
    try:
        path.encode()
    except UnicodeEncodeError:
        return
    given_path = path.replace("?", "").replace("#", "").replace("%", "")
    if method == "get":
        answer = office_browser.get(given_path, query)
    else:
        answer = office_browser.post(given_path, b"{}", content_type="application/json")
    assert str(answer.status_code) in {*operation["responses"], "404"}, (given_path, query, answer.content)
    if answer.status_code >= 400:
        assert answer.headers["Content-Type"] == TYPE


def test_the_changelog_of_versions_is_the_address(client):
    assert document(client)["info"]["version"] == "1"
    assert client.get("/api/v2/articles").status_code == 404
