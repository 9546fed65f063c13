"""Every address of the URLconf, by every method, as nobody, as each role, as portal staff and as another tenant's admin."""

from __future__ import annotations

import pytest
from django.db.models import Value
from django.db.models.functions import Concat

from portal.accounts.models import Person
from portal.accounts.rights import RIGHTS
from portal.sync.models import SyncError
from tests.pages.matrix import (
    METHODS,
    ROLES,
    ROUTES,
    STRANGERS,
    ask,
    body,
    committed_demo,
    contoso,
    numbers,
    token_of,
    visitor,
)
from tests.pages.matrix_rows import API, APIS, PUBLIC, SHARED, STAFF, STAFF_PAGES, TENANTS, OfStaff, OfTenant, Public
from tests.pages.tenants.visitors import HTMX

__all__ = ["committed_demo", "contoso", "numbers"]
pytestmark = pytest.mark.django_db
IDS = ("error", "fix", "token")


def test_every_address_has_a_row_and_every_row_an_address():
    rows = {*PUBLIC, *TENANTS, *STAFF_PAGES, *APIS, API}
    missing = [route for route in ROUTES if route not in rows]
    assert not missing, f"add a row to tests/pages/matrix_rows.py for: {missing}"
    assert not rows - set(ROUTES)


def test_everything_below_a_tenant_is_a_row_of_a_tenant():
    assert not [route for route in (*PUBLIC, *STAFF_PAGES) if "<slug:tenant>" in route]


def test_everything_below_the_staff_is_a_row_of_staff():
    assert not [route for route in PUBLIC if route.startswith(STAFF)]


@pytest.mark.parametrize("subject", ROLES)
@pytest.mark.parametrize("row", PUBLIC.values(), ids=PUBLIC)
def test_shared_addresses_answer_everybody_alike(contoso, row: Public, subject):
    client = visitor(subject, **{"sec-fetch-site": "same-origin"})
    for method in METHODS:
        answer = ask(client, method, row.address, row.form)
        asked = "GET" if method == "HEAD" else method
        assert answer.status_code in row.methods.get(asked, (row.others,)), (method, row.address)


def expected(row: OfTenant, method: str, subject: str) -> tuple[int, ...]:
    asked = "GET" if method == "HEAD" else method
    if asked not in row.methods:
        return (405,)
    if not subject:
        return (302,) if asked == "GET" else (403,)
    role = ROLES[subject]
    if role is None:
        return (404,)
    return row.methods[asked] if row.right in RIGHTS[role] else (403,)


@pytest.mark.parametrize("subject", ROLES)
@pytest.mark.parametrize("row", TENANTS.values(), ids=TENANTS)
def test_a_tenants_address_answers_by_role(contoso, numbers, row: OfTenant, subject):
    owner = subject if ROLES[subject] else "local:ada"
    own = token_of(contoso, owner)[0] if "{token}" in row.rest else None
    address = f"/en-us/public/tenants/contoso/{row.rest.format(**numbers, token=own and own.pk)}"
    client = visitor(subject)
    for method in METHODS:
        answer = ask(client, method, address, row.form)
        assert answer.status_code in expected(row, method, subject), (method, address)
        assert answer.headers["Cache-Control"] == "no-store"
        if method != "HEAD" and answer.status_code >= 400:
            assert "<h1>" in body(answer), "a refusal without a page"


@pytest.mark.parametrize("subject", ROLES)
@pytest.mark.parametrize("row", STAFF_PAGES.values(), ids=STAFF_PAGES)
def test_a_staff_page_answers_staff_alone(contoso, row: OfStaff, subject):
    client = visitor(subject)
    for method in METHODS:
        answer = ask(client, method, f"{SHARED}/staff/{row.rest}", row.form)
        asked = "GET" if method == "HEAD" else method
        if asked not in row.methods:
            allowed: tuple[int, ...] = (405,)
        elif not subject:
            allowed = (302,) if asked == "GET" else (403,)
        else:
            allowed = row.methods[asked] if subject == "local:sam" else (403,)
        assert answer.status_code in allowed, (method, row.rest)
        assert answer.headers["Cache-Control"] == "no-store"
        if method != "HEAD" and answer.status_code >= 400:
            assert "<h1>" in body(answer), "a refusal without a page"


@pytest.fixture
def secrets(contoso, numbers) -> list[str]:
    """What nobody outside the tenant may read. Fabrikam has people of the same names, so Contoso's are marked here."""
    marked = {name: Concat(name, Value(" of-contoso-only")) for name in ("incoming_name", "existing_name", "value")}
    SyncError.objects.of(contoso).update(**marked)
    people = Person.objects.filter(memberships__tenant=contoso).values_list("name", flat=True)
    return ["of-contoso-only", *people]


def test_what_others_may_not_read_is_there_for_those_who_may(contoso, secrets):
    assert "of-contoso-only" in body(visitor("local:rosa").get("/en-us/public/tenants/contoso/errors/"))


@pytest.mark.parametrize("subject", [*STRANGERS, ""])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_nothing_of_a_tenant_leaks_to_others(contoso, numbers, secrets, subject, headers):
    client = visitor(subject, **{"sec-fetch-site": "same-origin"})
    addresses = [
        (f"/en-us/public/tenants/contoso/{row.rest.format(**numbers, token=1)}", row.form) for row in TENANTS.values()
    ]
    addresses += [(f"{SHARED}/staff/{row.rest}", row.form) for row in STAFF_PAGES.values()]
    addresses += [(row.address, row.form) for name, row in PUBLIC.items() if name not in ("sign-in", "sign-out")]
    for address, form in addresses:
        for method in ("GET", "POST"):
            method_of = getattr(client, method.lower())
            answer = method_of(address, form, headers=headers)
            text = f"{body(answer)} {dict(answer.headers)}"
            assert not [one for one in secrets if one in text], (method, address)


@pytest.mark.parametrize("subject", STRANGERS)
@pytest.mark.parametrize("row", TENANTS.values(), ids=TENANTS)
def test_another_tenant_answers_as_a_missing_one_does(contoso, numbers, row: OfTenant, subject):
    rest = row.rest.format(**numbers, token=token_of(contoso, "local:ada")[0].pk)
    client = visitor(subject)
    for method in METHODS:
        theirs = ask(client, method, f"/en-us/public/tenants/contoso/{rest}", row.form)
        nobodys = ask(client, method, f"/en-us/public/tenants/nobodys/{rest}", row.form)
        assert theirs.status_code == nobodys.status_code
        assert body(theirs).replace("contoso", "nobodys") == body(nobodys)


@pytest.mark.parametrize("row", [row for row in TENANTS.values() if "{" in row.rest], ids=lambda row: row.rest)
def test_another_tenants_number_answers_as_a_missing_one_does(contoso, numbers, row: OfTenant):
    """Grace is Global Administrator of Fabrikam: she may everything there, and finds nothing of Contoso."""
    client, token = visitor("local:grace"), token_of(contoso, "local:ada")[0].pk
    for method in METHODS:
        theirs, missing = row.rest.format(**numbers, token=token), row.rest.format(**dict.fromkeys(IDS, 999_999_999))
        first = ask(client, method, f"/en-us/fairfax/tenants/fabrikam/{theirs}", row.form)
        second = ask(client, method, f"/en-us/fairfax/tenants/fabrikam/{missing}", row.form)
        assert first.status_code == second.status_code
        assert body(first).replace(theirs, missing) == body(second)
