"""What the API tells of tenants: to whom, with which right, in pages; nothing of it to anybody else."""

import pytest

from portal.accounts import tokens
from portal.accounts.models import Membership, Person, Tenant
from portal.accounts.rights import Right, Role
from portal.sync.models import Cycle, SyncError
from tests.diagnosis.conftest import office, open_office
from tests.pages.tenants.rows import made
from tests.pages.tenants.visitors import browser

__all__ = ["office", "open_office"]
pytestmark = pytest.mark.django_db

BASE = "/api/v1/tenants"


@pytest.fixture(autouse=True)
def demo_is_on(settings):
    settings.DEMO = True


def token_of(office, person=None, rights=(Right.SEE, Right.SEE_RECORD)) -> str:
    return tokens.make(office.tenant, person or office.ada, name="t", rights=rights, days=7)[1]


def get(office, rest="", *, secret=None, status=200, client=None, **parameters):
    client = client or browser()
    headers = {"authorization": f"Bearer {secret}"} if secret else {}
    response = client.get(f"{BASE}{rest}", parameters, headers=headers)
    assert response.status_code == status, response.content
    return response.json()


def test_a_token_sees_its_tenant(office):
    (told,) = get(office, secret=token_of(office))["tenants"]
    assert (told["tenant"], told["cycle"], told["errors"]) == ("contoso", office.state.cycle, len(office.errors()))
    assert told["rights"] == ["see", "see-record"]
    assert told["url"].endswith("/en-us/public/tenants/contoso/errors/")


def test_a_session_sees_all_tenants_of_its_person(office):
    other = Tenant.objects.create(slug="other", name="Other", cloud="fairfax", directory="memory")
    Membership.objects.create(tenant=other, person=office.ada, role=Role.READER)
    told = get(office, client=browser(office.ada))["tenants"]
    assert [(one["tenant"], one["cycle"]) for one in told] == [("contoso", office.state.cycle), ("other", None)]
    assert get(office, "/other/errors", client=browser(office.ada))["errors"] == []
    assert [one["tenant"] for one in get(office, secret=token_of(office))["tenants"]] == ["contoso"]
    get(office, "/other/errors", secret=token_of(office), status=404)


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer shp_nothing", "Basic YTpi", "Bearer \u00e5", "nonsense"])
def test_nobody_is_told_how_to_sign_in(office, given):
    response = browser().get(BASE, headers={"authorization": given} if given else {})
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert response.headers["Content-Type"] == "application/problem+json"
    assert "API tokens" in response.json()["detail"]


def test_a_wrong_token_is_not_mended_by_a_session(office):
    get(office, secret="shp_wrong", client=browser(office.ada), status=401)


def test_a_person_of_the_demo_asks_from_this_machine_only(office):
    secret = token_of(office)
    get(office, secret=secret)
    response = browser().get(BASE, headers={"authorization": f"Bearer {secret}"}, REMOTE_ADDR="203.0.113.5")
    assert response.status_code == 401


@pytest.mark.parametrize("rest", ["/errors", "/errors/1", "/errors/1/diagnosis", "/cycles", "/record"])
def test_another_tenant_answers_as_a_missing_one(office, rest):
    Tenant.objects.create(slug="other", name="Other", cloud="public", directory="memory")
    secret = token_of(office)
    there = get(office, f"/other{rest}", secret=secret, status=404)
    missing = get(office, f"/nowhere{rest}", secret=secret, status=404)
    assert there == missing


def test_an_error_of_another_tenant_is_not_there(office, open_office):
    other = open_office(slug="fabrikam")
    number = other.error().pk
    told = get(office, f"/contoso/errors/{number}", secret=token_of(office), status=404)
    assert "has no error" in told["detail"]


def test_errors_come_in_pages_without_gap_or_double(office):
    for _number in range(7):
        made(office)
    secret, seen, after = token_of(office), [], ""
    while after is not None:
        told = get(office, "/contoso/errors", secret=secret, limit=3, after=after)
        seen += [one["id"] for one in told["errors"]]
        assert len(told["errors"]) <= 3
        after = told["next"]
    assert seen == sorted(SyncError.objects.of(office.tenant).open().values_list("pk", flat=True), reverse=True)


def test_errors_are_filtered_as_on_the_page(office):
    secret = token_of(office)
    office.closed()
    headers = {"authorization": f"Bearer {secret}"}
    told = browser().get(f"{BASE}/contoso/errors", {"status": "manual-fix-required"}, headers=headers).json()
    assert [one["status"] for one in told["errors"]] == ["manual-fix-required"]


@pytest.mark.parametrize(
    "parameters",
    [
        {"category": "x"},
        {"status": "x"},
        {"mark": "x"},
        {"sort": "x"},
        {"limit": "0"},
        {"limit": "201"},
        {"limit": "many"},
        {"after": "-1"},
        {"after": "9" * 30},
    ],
)
def test_a_bad_value_is_named(office, parameters):
    response = browser(office.ada).get(f"{BASE}/contoso/errors", parameters)
    assert response.status_code == 400
    assert response.json()["parameter"] in parameters


def test_one_error_has_its_report_and_history(office):
    error = office.error()
    told = get(office, f"/contoso/errors/{error.pk}", secret=token_of(office))
    assert told["report"] == error.fault
    assert told["is_diagnosed"]
    assert [one["what"] for one in told["history"]] == ["seen"]


def test_a_diagnosis_has_its_answers_and_the_summary(office):
    error, secret = office.error(), token_of(office)
    get(office, f"/contoso/errors/{error.pk}/diagnosis", secret=secret, status=404)
    office.answered("no")
    told = get(office, f"/contoso/errors/{error.pk}/diagnosis", secret=secret)
    assert [(one["question"], one["answer"]) for one in told["answers"]] == [("user-exists-on-premises", "no")]
    assert (told["open_question"], told["outcome"]) == ("same-user", None)
    assert error.incoming_name in told["summary"]
    hidden = get(office, f"/contoso/errors/{error.pk}/diagnosis", secret=secret, redacted="true")
    assert error.incoming_name not in hidden["summary"] + hidden["markdown"]
    get(office, f"/contoso/errors/{error.pk}/diagnosis", secret=secret, redacted="maybe", status=400)


def test_cycles_are_newest_first(office):
    office.cycle()
    office.cycle()
    secret = token_of(office)
    told = get(office, "/contoso/cycles", secret=secret)
    numbers = list(Cycle.objects.filter(tenant=office.tenant).order_by("-number").values_list("number", flat=True))
    assert [one["cycle"] for one in told["cycles"]] == numbers
    assert told["current"] == office.state.cycle
    first = get(office, "/contoso/cycles", secret=secret, limit=1)
    second = get(office, "/contoso/cycles", secret=secret, limit=1, after=first["next"])
    assert second["cycles"][0]["cycle"] == numbers[1]


def test_the_record_needs_its_right(office):
    assert get(office, "/contoso/record", secret=token_of(office))["lines"][0]["what"] == "token-made"
    get(office, "/contoso/record", secret=token_of(office, rights=[Right.SEE]), status=403)
    get(office, "/contoso/record", client=browser(office.rosa), status=403)


def test_a_token_without_any_right_left_sees_nothing(office):
    secret = token_of(office, office.cem)
    Membership.objects.filter(person=office.cem).delete()
    assert get(office, secret=secret)["tenants"] == []
    get(office, "/contoso/errors", secret=secret, status=404)


def test_portal_staff_see_no_tenant(office):
    staff = Person.objects.create(subject="local:staff", name="Staff", is_local=True, is_portal_staff=True)
    assert get(office, client=browser(staff))["tenants"] == []


def test_no_cache_keeps_it_and_yet_it_may_be_unchanged(office):
    client = browser(office.ada)
    first = client.get(f"{BASE}/contoso/errors")
    assert first.headers["Cache-Control"] == "no-store"
    assert client.get(f"{BASE}/contoso/errors", headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    made(office)
    assert client.get(f"{BASE}/contoso/errors", headers={"if-none-match": first.headers["ETag"]}).status_code == 200


def test_an_expired_token_is_refused(office):
    secret = token_of(office)
    office.later(days=8)
    get(office, secret=secret, status=401)


def test_a_page_costs_a_handful_of_queries(office, django_assert_max_num_queries):
    for _number in range(30):
        made(office)
    secret = token_of(office)
    get(office, "/contoso/errors", secret=secret)
    with django_assert_max_num_queries(12):
        get(office, "/contoso/errors", secret=secret)
