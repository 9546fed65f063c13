"""`/api/v1/forms/…`: the form as JSON, its answers as a case summary; whatever is sent, an answer that says what is wrong."""

import json

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.diagnosis.conftest import office, open_office
from tests.factories import make_text
from tests.forms import corpus
from tests.forms.made import element, options
from tests.shared import needs_shared

__all__ = ["office", "open_office"]
pytestmark = pytest.mark.django_db

ELEMENTS = [
    element("what", "dropdown", required=True, dropdownOptions=options("slow", "broken")),
    element("speed", order=2, visibility="what == slow", required=True, maxLength=5),
    element("which", "multiselectdropdown", order=3, dropdownOptions=options("one", "two")),
    element("since", "datetimepicker", order=4),
    element("note", "infoblock", order=5, content="<b>Read</b><script>x</script>"),
]
ADDRESS = "/api/v1/forms/selfhelp/a/form"


@pytest.fixture(autouse=True)
def form():
    data = {"title": "A form", "formElements": ELEMENTS}
    kept = {"clouds": ["public", "fairfax"], "topics": ["111"]}
    return make_text(path="a/form", kind="problemscopingquestions", html="", data=data, **kept)


def send(client, answers, address=ADDRESS, **more):
    return client.post(address, json.dumps({"answers": answers, **more}), content_type="application/json")


def test_the_form_has_every_element_with_what_its_answer_must_be(client):
    told = client.get(ADDRESS).json()
    assert (told["title"], told["topics"], told["clouds"]) == ("A form", ["111"], ["public", "fairfax"])
    assert [(one["id"], one["shown"]) for one in told["elements"]] == [
        ("what", True),
        ("speed", False),
        ("which", True),
        ("since", True),
        ("note", True),
    ]
    assert told["elements"][0]["options"] == [{"value": "slow", "text": "Slow"}, {"value": "broken", "text": "Broken"}]
    assert (told["elements"][1]["longest"], told["elements"][2]["several"]) == (5, True)
    assert told["elements"][4]["html"] == "<b>Read</b>"
    assert client.get(told["url"].removeprefix("http://testserver")).status_code == 200


def test_answers_become_a_summary(client):
    sent = {"what": "Slow", "speed": "50 ms", "which": ["two", "one"], "since": "2026-01-31T08:15"}
    response = send(client, sent, zone="+01:00")
    told = response.json()
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert told["answers"]["what"] == ["slow"]
    assert "What: Slow\nSpeed: 50 ms\nWhich:\n    Two\n    One\nSince: 2026-01-31 08:15 UTC+01:00" in told["text"]
    assert told["markdown"].startswith("# A form\n")


def test_an_answer_to_a_hidden_question_does_not_count(client):
    told = send(client, {"what": "broken", "speed": "far too long"}).json()
    assert told["answers"] == {"what": ["broken"]}
    assert "speed" not in told["shown"]


def test_every_answer_that_cannot_be_used_is_named(client):
    response = send(client, {"what": "slow", "since": "yesterday"})
    told = response.json()
    assert (response.status_code, response.headers["Content-Type"]) == (422, "application/problem+json")
    assert [(one["id"], one["wrong"]) for one in told["faults"]] == [("speed", "missing"), ("since", "not-a-moment")]
    assert told["faults"][0]["detail"] == "Answer “Speed”."


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ('{"answers": {"nothing": "x"}}', "nothing"),
        ('{"answers": {"note": "x"}}', "note"),
        ('{"answers": {"what": 7}}', ""),
        ('{"answers": []}', ""),
        ('{"zone": "CET"}', "CET"),
        ("{", ""),
        ("", ""),
        ("[]", ""),
        ('"x"', ""),
        ("\x00", ""),
    ],
)
def test_a_body_that_makes_no_sense_is_refused(client, body, names):
    response = client.post(ADDRESS, body, content_type="application/json")
    assert response.status_code in (400, 422)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert names in response.json()["detail"]


def test_a_form_of_another_cloud_says_which_have_it(client):
    response = client.get(ADDRESS, {"cloud": "mooncake"})
    assert response.status_code == 404
    assert "public, fairfax" in response.json()["detail"]


@pytest.mark.parametrize("path", ["selfhelp/none", "x/%00", "selfhelp/a", "../../etc/passwd"])
def test_what_is_no_form_is_not_there(client, path):
    response = client.get(f"/api/v1/forms/{path}")
    assert response.status_code in (400, 404)
    assert response.headers["Content-Type"] == "application/problem+json"


def test_an_article_is_no_form(client):
    make_text(path="b")
    assert client.get("/api/v1/forms/selfhelp/b").status_code == 404


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    answers=st.dictionaries(
        st.sampled_from([one["id"] for one in ELEMENTS]) | st.text(max_size=5),
        st.text(max_size=30) | st.lists(st.text(max_size=8) | st.sampled_from(["one", "two"]), max_size=4),
        max_size=5,
    ),
    zone=st.text(max_size=6),
)
def test_whatever_is_sent_is_answered(client, answers, zone):
    assert send(client, answers, zone=zone).status_code in (200, 400, 422)


@needs_shared
def test_every_form_of_the_corpus_is_told(client, form):
    for path, source in corpus.readable().items():
        form.data = source.data
        form.save()
        told = client.get(ADDRESS).json()
        assert len(told["elements"]) == len(source.data["formElements"]), path


def test_a_browser_that_is_signed_in_may_send_answers_without_a_token_of_ours(office):
    """Nothing is changed and nothing kept, so that there is nothing to forge."""
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    client.force_login(office.ada)
    assert send(client, {"what": "broken"}).status_code == 200
