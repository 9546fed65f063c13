"""A scoping form beside an error: its answers and the diagnosis become one case summary, with or without names."""

import pytest

from tests.factories import make_text
from tests.forms.made import element
from tests.pages.tenants.visitors import browser, of_error, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def form():
    data = {"title": "Connect", "formElements": [element("story", "multilinetextbox", required=True)]}
    return make_text(path="f", kind="problemscopingquestions", html="", topics=["32629786"], data=data)


def address(office) -> str:
    return of_error(office, "forms/selfhelp/f/")


def test_the_case_summary_offers_the_forms_on_its_topics(office, form):
    make_text(path="other", kind="problemscopingquestions", topics=["1"])
    shown = words(browser(office.rosa).get(of_error(office, "summary/")))
    assert f'href="{address(office)}"' in shown
    assert "forms/selfhelp/other/" not in shown


def test_the_answers_and_the_diagnosis_are_one_summary(office, form):
    office.answered("yes")
    shown = words(browser(office.ada).post(address(office), {"do": "summary", "a.story": "Since Monday."}))
    told = shown.partition('id="told-text"')[2].partition("</pre>")[0]
    assert "Incoming object" in told
    assert "Story: Since Monday." in told
    assert told.index("Incoming object") < told.index("Since Monday.")


def test_without_names_the_answers_name_nobody_the_diagnosis_knows(office, form):
    name = office.error().incoming_name
    client = browser(office.ada)
    sent = {"do": "summary", "a.story": f"{name} cannot sign in."}
    assert f"{name} cannot" in words(client.post(address(office), sent))
    redacted = words(client.post(address(office) + "?redacted=1", sent))
    told = redacted.partition('id="told-text"')[2].partition("</pre>")[0]
    assert name not in told
    assert "cannot sign in." in told
    file = client.post(address(office), {**sent, "do": "text", "redacted": "1"})
    assert name not in words(file)
    assert "redacted.txt" in file.headers["Content-Disposition"]


def test_faults_are_told_here_too(office, form):
    response = browser(office.ada).post(address(office), {"do": "check"})
    assert "needs a look" in words(response)
    assert response.headers["Cache-Control"] == "no-store"


def test_an_error_that_is_not_diagnosed_says_why(office, form):
    error = office.error()
    error.is_eligible, error.eligibility = False, "attribute-not-diagnosed"
    error.save()
    assert browser(office.ada).get(address(office)).status_code == 409
