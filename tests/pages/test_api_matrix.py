"""Every address of the API below a tenant, by every method, with a session and with a token, as everybody."""

from __future__ import annotations

import pytest

from portal.accounts import tokens
from portal.accounts.models import Person, Tenant
from portal.accounts.rights import RIGHTS, Right
from tests.pages.matrix import METHODS, ROLES, STRANGERS, body, committed_demo, contoso, numbers, token_of, visitor
from tests.pages.matrix_rows import API, APIS, OfApi

__all__ = ["committed_demo", "contoso", "numbers"]
pytestmark = pytest.mark.django_db
MEMBERS = [subject for subject, role in ROLES.items() if role]
MISSING = 999_999_999


def asked(client, method: str, address: str, secret: str = ""):
    return client.generic(method, address, headers={"authorization": f"Bearer {secret}"} if secret else {})


def walk(client, address: str, expected: int, secret: str = "") -> None:
    """By every method: it is only read, and no answer is stored anywhere."""
    for method in METHODS:
        answer = asked(client, method, address, secret)
        if method not in ("GET", "HEAD"):
            assert answer.status_code == 405, (method, address)
            continue
        assert answer.status_code == expected, (method, address)
        assert answer.headers["Cache-Control"] == "no-store"
        if expected >= 400 and method == "GET":
            assert answer.headers["Content-Type"] == "application/problem+json"


def address_of(row: OfApi, numbers: dict[str, int], tenant: str = "contoso") -> str:
    return f"/{API}/{tenant}/{row.rest.format(error=numbers['diagnosed'])}"


def expected(subject: str, right: Right) -> int:
    if not subject:
        return 401
    role = ROLES[subject]
    if role is None:
        return 404
    return 200 if right in RIGHTS[role] else 403


@pytest.mark.parametrize("subject", ROLES)
@pytest.mark.parametrize("row", APIS.values(), ids=APIS)
def test_a_session_is_answered_by_its_role(contoso, numbers, row, subject):
    walk(visitor(subject), address_of(row, numbers), expected(subject, row.right))


@pytest.mark.parametrize("subject", MEMBERS)
@pytest.mark.parametrize("row", APIS.values(), ids=APIS)
def test_a_token_is_answered_by_what_it_carries_and_never_more_than_its_person_may(contoso, numbers, row, subject):
    address = address_of(row, numbers)
    walk(visitor(""), address, expected(subject, row.right), token_of(contoso, subject)[1])
    narrow = token_of(contoso, subject, Right.SEE)[1]
    walk(visitor(""), address, 200 if row.right is Right.SEE else 403, narrow)


@pytest.mark.parametrize("row", APIS.values(), ids=APIS)
def test_a_token_that_was_revoked_and_one_of_another_tenant_are_turned_away(contoso, numbers, row):
    token, secret = token_of(contoso, "local:ada")
    tokens.revoke(token, Person.objects.get(subject="local:ada"))
    walk(visitor("local:ada"), address_of(row, numbers), 401, secret)
    walk(visitor("local:ada"), address_of(row, numbers), 404, _of_fabrikam())


def _of_fabrikam() -> str:
    return token_of(Tenant.objects.get(slug="fabrikam"), "local:grace")[1]


@pytest.mark.parametrize("subject", ROLES)
def test_everybody_sees_the_tenants_she_is_in(contoso, subject):
    seen = {"local:grace": ["fabrikam"], "local:sam": []}.get(subject, ["contoso"])
    walk(visitor(subject), f"/{API}", 200 if subject else 401)
    if subject:
        assert [one["tenant"] for one in visitor(subject).get(f"/{API}").json()["tenants"]] == seen


@pytest.mark.parametrize("subject", STRANGERS)
@pytest.mark.parametrize("row", APIS.values(), ids=APIS)
def test_another_tenant_answers_as_a_missing_one_does(contoso, numbers, row, subject):
    for secret in ("", _of_fabrikam()):
        theirs = asked(visitor(subject), "GET", address_of(row, numbers), secret)
        nobodys = asked(visitor(subject), "GET", address_of(row, numbers, "nobodys"), secret)
        assert theirs.status_code == nobodys.status_code == 404
        assert body(theirs).replace("contoso", "nobodys") == body(nobodys)


@pytest.mark.parametrize("row", [row for row in APIS.values() if "{" in row.rest], ids=lambda row: row.rest)
def test_another_tenants_error_answers_as_a_missing_one_does(contoso, numbers, row):
    """Grace may see everything of Fabrikam, and finds no error of Contoso there."""
    for secret in ("", _of_fabrikam()):
        client = visitor("local:grace")
        theirs = asked(client, "GET", address_of(row, numbers, "fabrikam"), secret)
        missing = asked(client, "GET", address_of(row, {"diagnosed": MISSING}, "fabrikam"), secret)
        assert theirs.status_code == missing.status_code == 404
        assert body(theirs).replace(str(numbers["diagnosed"]), str(MISSING)) == body(missing)
