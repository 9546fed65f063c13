"""Was this article helpful: asked under each article, taken without JavaScript and sign-in, and from our own pages only."""

import pytest

from portal.articles.feedback.giving import MOST_A_DAY
from portal.articles.feedback.models import Feedback
from tests.factories import make_text, page

pytestmark = pytest.mark.django_db

OURS = {"sec-fetch-site": "same-origin", "origin": "http://testserver"}
HTMX = {**OURS, "hx-request": "true"}
ADDRESS = "/en-us/public/feedback/selfhelp/a/b/"


@pytest.fixture
def text():
    return make_text(path="a/b", title="A fault")


def send(client, headers=OURS, address=ADDRESS, **form):
    return client.post(address, {"text": "en-us", "revision": "1" * 64, **form}, headers=headers)


def test_the_shared_page_asks_without_a_token_or_cookie(client, text):
    answer = client.get(page(text))
    body = answer.content.decode()
    assert f'action="{ADDRESS}"' in body
    assert "csrf" not in body
    assert not answer.cookies
    assert f'name="revision" value="{text.digest}"' in body
    assert "nothing about you" in body


def test_a_scoping_form_does_not_ask(client):
    form = make_text(path="form", kind="problemscopingquestions")
    assert 'id="feedback"' not in client.get(page(form)).content.decode()


def test_the_reason_of_translations_is_offered_for_translations_alone(client, text):
    translated = make_text(path="t", locale="sv-se", translation="machine")
    assert 'value="translation"' not in client.get(page(text)).content.decode()
    assert 'value="translation"' in client.get(page(translated, locale="sv-se")).content.decode()


def test_a_yes_is_thanked_and_kept(client, text):
    answer = send(client, helpful="yes")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert "Thank you" in answer.content.decode()
    kept = Feedback.objects.get()
    assert (kept.helpful, kept.collection, kept.path, kept.locale, kept.cloud) == (
        True, "selfhelp", "a/b", "en-us", "public",
    )  # fmt: skip
    assert kept.revision == "1" * 64


def test_a_no_brings_its_reason_and_redacted_comment(client, text):
    send(client, helpful="no", reason="missing", comment="Ask ada@contoso.com\r\nabout 8344")
    kept = Feedback.objects.get()
    assert (kept.reason, kept.comment) == ("missing", "Ask […]\nabout 8344")


def test_htmx_gets_the_thanks_alone(client, text):
    body = send(client, HTMX, helpful="yes").content.decode()
    assert "<html" not in body
    assert 'id="feedback"' in body


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}])
def test_a_form_from_elsewhere_is_refused(client, text, headers):
    assert send(client, headers, helpful="yes").status_code == 403
    assert not Feedback.objects.exists()


def test_a_script_that_fills_every_field_is_thanked_and_not_heard(client, text):
    assert "Thank you" in send(client, helpful="yes", website="http://spam.example").content.decode()
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({}, "Choose yes or no."),
        ({"helpful": "maybe"}, "Choose yes or no."),
        ({"helpful": "no", "reason": "boring"}, "Choose one of the reasons, or none."),
        ({"helpful": "no", "comment": "x" * 1001}, "Shorten your comment to 1000 characters."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, text, form, says):
    answer = send(client, **{"comment": "My long story", **form})
    body = answer.content.decode()
    assert answer.status_code == 400
    assert says in body
    assert form.get("comment", "My long story") in body
    assert not Feedback.objects.exists()


def test_one_client_cannot_speak_of_everything(client, text, settings):
    settings.PROXIES = 1
    for number in range(MOST_A_DAY):
        make_text(path=f"n{number}")
        send(client, address=f"/en-us/public/feedback/selfhelp/n{number}/", helpful="yes")
    assert send(client, helpful="no", comment="Kept").status_code == 429
    other = {**OURS, "x-forwarded-for": "6.6.6.6, 192.0.2.9"}
    assert send(client, other, helpful="no").status_code == 200


def test_a_forged_forwarding_header_makes_nobody_another_client(client, text):
    send(client, {**OURS, "x-forwarded-for": "1.1.1.1"}, helpful="yes")
    send(client, {**OURS, "x-forwarded-for": "2.2.2.2"}, helpful="yes")
    assert Feedback.objects.count() == 1


@pytest.mark.parametrize("form", [{"text": "sv-se"}, {"text": "klingon"}, {"text": ""}])
def test_a_text_there_is_none_of_is_not_found(client, text, form):
    assert send(client, **{"helpful": "yes", **form}).status_code == 404


def test_a_text_hidden_in_this_cloud_takes_no_word_from_it(client):
    make_text(path="a/b", clouds=["fairfax"])
    assert send(client, helpful="yes").status_code == 404
    assert send(client, address=ADDRESS.replace("public", "fairfax"), helpful="yes").status_code == 200


def test_opening_the_forms_address_leads_to_the_article(client, text):
    answer = client.get(ADDRESS)
    assert answer.headers["Location"] == "/en-us/public/articles/selfhelp/a/b/#feedback"
