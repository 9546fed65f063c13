"""Signing in to the demo: on this machine only, and out again."""

from __future__ import annotations

import pytest
from django.test import Client

from portal.accounts.models import Person
from tests.pages.tenants.visitors import HTMX, address, browser, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(db: None) -> Person:
    return Person.objects.create(subject="local:ada", name="Ada Lindgren", is_local=True)


def test_it_lists_the_people_of_the_demo(ada):
    page = browser().get("/sign-in")
    assert page.status_code == 200
    assert "Ada Lindgren" in words(page)
    assert page.headers["Cache-Control"].split(",")[0] == "no-store"


def test_it_says_how_to_make_people_when_there_are_none(db):
    assert "make_demo" in words(browser().get("/sign-in"))


def test_a_person_signs_in_and_out(ada):
    visitor = browser()
    entered = visitor.post("/sign-in", {"person": "local:ada"})
    assert (entered.status_code, entered.url) == (303, "/en-us/public/")
    assert "Ada Lindgren" in words(visitor.get("/en-us/public/you/", headers=HTMX))
    assert visitor.post("/sign-out").status_code == 303
    assert "Ada Lindgren" not in words(visitor.get("/en-us/public/you/", headers=HTMX))


def test_the_first_page_of_an_admin_is_her_tenants_errors(office):
    office.ada.subject = "local:ada"
    office.ada.save()
    assert browser().post("/sign-in", {"person": "local:ada"}).url == address(office)


def test_the_first_page_of_staff_is_the_desk(db):
    Person.objects.create(subject="local:sam", name="Sam", is_local=True, is_portal_staff=True)
    assert browser().post("/sign-in", {"person": "local:sam"}).url == "/en-us/public/staff/"


def test_nobody_signs_in_under_another_name(ada):
    Person.objects.create(subject="local:eve", name="Eve", is_local=True)
    for subject in ("local:eve", "", "local:nobody"):
        assert browser().post("/sign-in", {"person": subject}).status_code == 400


def test_an_inactive_person_does_not_sign_in(ada):
    ada.is_active = False
    ada.save()
    assert browser().post("/sign-in", {"person": "local:ada"}).status_code == 400


@pytest.mark.parametrize(
    "connection",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"headers": {"host": "portal.contoso.com"}},
        {"headers": {"host": "localhost", "x-forwarded-for": "127.0.0.1"}},
        {"headers": {"host": "localhost", "forwarded": "for=127.0.0.1"}},
        {"headers": {"host": "localhost", "x-forwarded-server": "proxy"}},
        {"headers": {"host": "localhost", "x-original-forwarded-for": "127.0.0.1"}},
        {"headers": {"host": "localhost", "cf-connecting-ip": "127.0.0.1"}},
        {"headers": {"host": "localhost", "x-real-ip": "127.0.0.1"}},
        {"headers": {"host": "localhost", "via": "1.1 proxy"}},
        {"headers": {"host": "127.0.0.1.example.com"}},
    ],
)
def test_it_is_closed_to_everybody_who_is_not_on_this_machine(ada, settings, connection):
    settings.ALLOWED_HOSTS = ["*"]
    given = {"headers": {"host": "localhost"}, "REMOTE_ADDR": "127.0.0.1", **connection}
    visitor = Client(**given)
    for page in (visitor.get("/sign-in"), visitor.post("/sign-in", {"person": "local:ada"})):
        assert page.status_code == 403
        assert "Ada Lindgren" not in words(page)
        assert "_auth_user_id" not in visitor.session


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:8000"])
def test_it_is_open_on_this_machine(ada, host):
    assert (
        Client(headers={"host": host}, REMOTE_ADDR="::1" if "[" in host else "127.0.0.1").get("/sign-in").status_code
        == 200
    )


def test_it_is_closed_while_the_demo_is_off(ada, settings):
    settings.DEMO = False
    assert browser().get("/sign-in").status_code == 403


def test_a_local_session_is_worth_nothing_from_elsewhere(office, settings):
    settings.ALLOWED_HOSTS = ["*"]
    visitor = browser(office.ada)
    assert visitor.get(address(office)).status_code == 200
    assert visitor.get(address(office), REMOTE_ADDR="192.0.2.7").status_code == 302
    assert visitor.get(address(office), headers={"x-forwarded-for": "127.0.0.1"}).status_code == 302
    settings.DEMO = False
    assert visitor.get(address(office)).status_code == 302


@pytest.mark.parametrize(
    "then", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "a"]
)
def test_it_leads_to_no_foreign_address(ada, then):
    entered = browser().post("/sign-in", {"person": "local:ada", "next": then})
    assert entered.url == "/en-us/public/"
    assert "evil" not in words(browser().get("/sign-in", {"next": then}))


def test_it_leads_back_to_where_one_came_from(ada):
    entered = browser().post("/sign-in", {"person": "local:ada", "next": "/sv-se/public/topics/"})
    assert entered.url == "/sv-se/public/topics/"


def test_it_refuses_a_form_without_the_token_with_a_page(ada):
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"}, REMOTE_ADDR="127.0.0.1")
    refused = strict.post("/sign-in", {"person": "local:ada"})
    assert refused.status_code == 403
    assert "no longer valid" in words(refused)


def test_the_session_cookie_is_out_of_reach_of_scripts(ada):
    visitor = browser()
    visitor.post("/sign-in", {"person": "local:ada"})
    cookie = visitor.cookies["portal-session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["expires"]


def test_signing_in_changes_the_session_key(ada):
    visitor = browser()
    visitor.post("/sign-in", {"person": "local:ada"})
    first = visitor.session.session_key
    visitor.post("/sign-out")
    visitor.post("/sign-in", {"person": "local:ada"})
    assert visitor.session.session_key != first


def test_a_form_of_another_session_takes_the_place_of_the_whole_page(ada):
    visitor = Client(enforce_csrf_checks=True)
    answer = visitor.post("/sign-out", headers={**HTMX, "HX-Current-URL": "http://testserver/en-us/public/"})
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (403, "body")
    assert 'href="/en-us/public/"' in words(answer)
    assert "Open the page anew" in words(answer)


def test_what_an_admin_of_another_cloud_pastes_leads_to_her_cloud(office):
    office.tenant.cloud = "fairfax"
    office.tenant.save()
    office.ada.subject = "local:ada"
    office.ada.save()
    visitor = browser()
    visitor.post("/sign-in", {"person": "local:ada"})
    assert visitor.get("/").url == "/en-us/fairfax/"


def test_a_cloud_that_was_chosen_stays_so(office):
    office.ada.subject = "local:ada"
    office.ada.save()
    visitor = browser()
    visitor.cookies["portal_cloud"] = "mooncake"
    visitor.post("/sign-in", {"person": "local:ada"})
    assert visitor.get("/").url == "/en-us/mooncake/"
