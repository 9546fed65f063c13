"""The page of API tokens: make one, see its secret once, revoke it; an administrator revokes anybody's."""

import re

import pytest

from portal.accounts import tokens
from portal.accounts.models import ApiToken
from portal.accounts.rights import Right
from tests.pages.tenants.visitors import address, browser, words

pytestmark = pytest.mark.django_db


def page(office) -> str:
    return address(office, "tokens/")


def make(office, person=None, **fields):
    sent = {"name": "nightly", "right": ["see"], "days": "30", **fields}
    return browser(person or office.ada).post(page(office), sent)


def test_the_secret_is_shown_once_and_works(office):
    response = make(office)
    (secret,) = re.findall(r">(shp_[\w-]+)</pre>", words(response))
    assert response.headers["Cache-Control"] == "no-store"
    assert tokens.find(secret).name == "nightly"
    again = words(browser(office.ada).get(page(office)))
    assert secret not in again
    assert secret[: tokens.HINT] in again


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": " "}, "Give the token a name"),
        ({"name": "x" * 81}, "Shorten the name"),
        ({"right": []}, "Choose what the token may read."),
        ({"right": ["apply"]}, "Choose what the token may read."),
    ],
)
def test_what_is_missing_is_said_and_what_was_entered_is_kept(office, fields, says):
    response = make(office, **fields)
    assert "No token was made" in words(response)
    assert says in words(response)
    assert not ApiToken.objects.exists()


def test_a_reader_is_offered_what_she_may_read(office):
    shown = words(browser(office.rosa).get(page(office)))
    assert 'value="see"' in shown
    assert 'value="see-record"' not in shown
    make(office, office.rosa, right=["see", "see-record"])
    assert ApiToken.objects.get().rights == ["see"]


def test_too_many_are_refused_with_the_cure(office):
    for _number in range(tokens.MOST_LIVING):
        tokens.make(office.tenant, office.ada, name="t", rights=[Right.SEE], days=7)
    response = make(office)
    assert "Revoke one" in words(response)


def test_one_is_revoked_and_stays_in_the_list(office):
    make(office)
    token = ApiToken.objects.get()
    client = browser(office.ada)
    response = client.post(address(office, f"tokens/{token.pk}/revoke/"))
    assert response.status_code == 303
    shown = words(client.get(page(office)))
    assert "is revoked" in shown
    assert "revoked" in shown.split("Tokens of this tenant")[1]


def test_another_persons_token_is_hers(office):
    make(office, office.ada, name="adas")
    token = ApiToken.objects.get()
    assert "adas" not in words(browser(office.cem).get(page(office)))
    assert browser(office.cem).post(address(office, f"tokens/{token.pk}/revoke/")).status_code == 404
    assert ApiToken.objects.get().revoked_at is None


def test_a_global_administrator_sees_and_revokes_all(office):
    make(office, office.cem, name="cems")
    token = ApiToken.objects.get()
    shown = words(browser(office.ada).get(page(office)))
    assert "cems" in shown
    assert office.cem.name in shown
    assert browser(office.ada).post(address(office, f"tokens/{token.pk}/revoke/")).status_code == 303
    assert ApiToken.objects.get().revoked_at


def test_a_token_of_another_tenant_is_not_there(office, open_office):
    other = open_office(slug="fabrikam")
    token, _secret = tokens.make(other.tenant, other.ada, name="t", rights=[Right.SEE], days=7)
    assert browser(office.ada).post(address(office, f"tokens/{token.pk}/revoke/")).status_code == 404


def test_the_record_tells_of_both(office):
    make(office)
    client = browser(office.ada)
    client.post(address(office, f"tokens/{ApiToken.objects.get().pk}/revoke/"))
    shown = words(client.get(address(office, "record/")))
    assert "made an API token" in shown
    assert "revoked an API token" in shown
