"""Every address of the API below a tenant, by every method, with a session and with a token, for whoever asks."""

from __future__ import annotations

import pytest

from portal.accounts import tokens
from portal.accounts.models import Person
from portal.accounts.rights import RIGHTS, Right
from portal.diagnosis import questions
from portal.sync.models import SyncError
from tests.pages.matrix_rows import TENANTS_API
from tests.pages.test_matrix import METHODS, ROLES, STRANGERS, ask, body, committed_demo, contoso, visitor

__all__ = ["committed_demo", "contoso"]
pytestmark = pytest.mark.django_db

BASE = "/api/v1/tenants"
MISSING = 999_999_999


@pytest.fixture
def numbers(contoso) -> dict[str, int]:
    """Two errors of Contoso, about one of which a diagnosis was begun."""
    error, answered = SyncError.objects.of(contoso).open().filter(is_eligible=True).order_by("pk")[:2]
    questions.diagnosis_now(answered, Person.objects.get(subject="local:ada"))
    return {"error": error.pk, "answered": answered.pk}


def expected(method: str, right: Right, rights: frozenset[Right] | None, *, is_known: bool) -> int:
    if method not in ("GET", "HEAD"):
        return 405
    if not is_known:
        return 401
    if rights is None:
        return 404
    return 200 if right in rights else 403


@pytest.mark.parametrize("subject", ROLES)
@pytest.mark.parametrize(("rest", "right"), TENANTS_API.values(), ids=TENANTS_API)
def test_it_answers_a_session_by_role(contoso, numbers, rest, right, subject):
    rights = RIGHTS[ROLES[subject]] if ROLES[subject] else None
    for method in METHODS:
        answer = ask(visitor(subject), method, f"{BASE}/contoso/{rest.format(**numbers)}", {})
        assert answer.status_code == expected(method, right, rights, is_known=bool(subject)), method


@pytest.mark.parametrize("given", [(Right.SEE, Right.SEE_RECORD), (Right.SEE,)], ids=["both", "see"])
@pytest.mark.parametrize(("rest", "right"), TENANTS_API.values(), ids=TENANTS_API)
def test_it_answers_a_token_by_its_rights(contoso, numbers, rest, right, given):
    ada = Person.objects.get(subject="local:ada")
    secret = tokens.make(contoso, ada, name="matrix", rights=given, days=7)[1]
    for method in METHODS:
        client = visitor("", authorization=f"Bearer {secret}")
        answer = ask(client, method, f"{BASE}/contoso/{rest.format(**numbers)}", {})
        assert answer.status_code == expected(method, right, frozenset(given), is_known=True), method


@pytest.mark.parametrize("subject", STRANGERS)
@pytest.mark.parametrize("rest", [rest for rest, _ in TENANTS_API.values()])
def test_another_tenant_answers_as_a_missing_one_does(contoso, numbers, rest, subject):
    theirs = visitor(subject).get(f"{BASE}/contoso/{rest.format(**numbers)}")
    nobodys = visitor(subject).get(f"{BASE}/nobodys/{rest.format(**numbers)}")
    assert (theirs.status_code, body(theirs).replace("contoso", "nobodys")) == (404, body(nobodys))


@pytest.mark.parametrize("rest", [rest for rest, _ in TENANTS_API.values() if "{" in rest])
def test_another_tenants_number_answers_as_a_missing_one_does(contoso, numbers, rest):
    number = numbers["error" if "{error}" in rest else "answered"]
    ways = [rest.format(error=one, answered=one) for one in (number, MISSING)]
    first, second = (visitor("local:grace").get(f"{BASE}/fabrikam/{one}") for one in ways)
    assert (first.status_code, body(first).replace(f"error {number}", f"error {MISSING}")) == (404, body(second))


@pytest.mark.parametrize("subject", ROLES)
def test_the_list_of_tenants_names_ones_own(contoso, subject):
    answer = visitor(subject).get(BASE)
    assert answer.status_code == (200 if subject else 401)
    assert ("contoso" in body(answer)) == bool(ROLES[subject])
