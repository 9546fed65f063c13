"""The door to a tenant's pages: whose tenant, which cloud, which role."""

from __future__ import annotations

from portal.accounts.models import Membership
from portal.accounts.rights import Role
from tests.pages.tenants.visitors import HERE, HTMX, address, browser, of_error, words


def test_it_sends_those_who_are_not_signed_in_to_sign_in_and_back(office):
    sent = browser().get(address(office))
    assert (sent.status_code, sent.url) == (302, f"/sign-in?next={address(office).replace('/', '%2F')}")


def test_it_does_not_carry_a_query_along(office):
    assert "joe" not in browser().get(f"{address(office)}?q=joe").url


def test_it_refuses_an_act_of_those_who_are_not_signed_in(office):
    refused = browser().post(of_error(office, "answer/"))
    assert refused.status_code == 403
    assert "/sign-in" in words(refused)


def test_another_tenants_page_answers_as_one_that_does_not_exist(office, open_office):
    other = open_office(slug="northwind")
    visitor = browser(office.ada)
    theirs, missing = visitor.get(address(other)), visitor.get(f"{HERE}/nobodys/errors/")
    assert theirs.status_code == missing.status_code == 404
    assert words(theirs).replace("northwind", "nobodys") == words(missing)


def test_another_tenants_error_answers_as_one_that_does_not_exist(office, open_office):
    other = open_office(slug="northwind")
    visitor = browser(office.ada)
    theirs = visitor.get(of_error(office, error=other.error()))
    missing = visitor.get(address(office, "errors/999999999/"))
    assert theirs.status_code == missing.status_code == 404
    assert words(theirs).replace(f"/{other.error().pk}/", "/999999999/") == words(missing)


def test_a_number_that_no_database_holds_is_missing(office):
    assert browser(office.ada).get(address(office, f"errors/{10**30}/")).status_code == 404


def test_another_cloud_leads_to_the_tenants_own(office):
    visitor = browser(office.ada)
    moved = visitor.get(f"/en-us/fairfax/tenants/{office.tenant.slug}/errors/?category=other")
    assert (moved.status_code, moved.url) == (302, f"{address(office)}?category=other")
    kept = visitor.post(f"/en-us/mooncake/tenants/{office.tenant.slug}/cycle/")
    assert (kept.status_code, kept.url) == (307, address(office, "cycle/"))


def test_another_cloud_tells_a_stranger_nothing(office, open_office):
    other = open_office(slug="northwind")
    assert browser(office.ada).get(f"/en-us/fairfax/tenants/{other.tenant.slug}/errors/").status_code == 404


def test_a_role_that_is_not_enough_is_told_which_is_and_who_has_it(office):
    page = browser(office.rosa).get(address(office, "record/"))
    assert page.status_code == 403
    for one in ("Global Administrator", "Contributor", office.ada.name, office.cem.name, "You are Reader"):
        assert one in words(page)


def test_who_is_signed_in_stands_on_the_page_itself(office):
    page = browser(office.rosa).get(address(office))
    assert office.rosa.name in words(page)
    assert "Sign out" in words(page)


def test_a_refusal_leads_back_to_the_errors_of_the_tenant(office):
    page = browser(office.rosa).get(address(office, "record/"))
    assert f'href="{address(office)}"' in page.content.decode()


def test_a_role_taken_away_is_gone_with_the_next_act(office):
    visitor = browser(office.cem)
    assert visitor.get(address(office, "record/")).status_code == 200
    Membership.objects.filter(person=office.cem).update(role=Role.READER)
    assert visitor.get(address(office, "record/")).status_code == 403
    Membership.objects.filter(person=office.cem).delete()
    assert visitor.get(address(office)).status_code == 404


def test_a_person_made_inactive_is_nobody(office):
    visitor = browser(office.ada)
    office.ada.is_active = False
    office.ada.save()
    assert visitor.get(address(office)).status_code == 302


def test_everything_behind_the_door_is_stored_nowhere(office):
    for visitor in (browser(), browser(office.ada), browser(office.rosa), browser(office.sam)):
        for rest in ("errors/", "record/", "errors.csv"):
            assert visitor.get(address(office, rest)).headers["Cache-Control"] == "no-store"


def test_an_address_asked_in_the_wrong_way_has_a_page_too(office):
    page = browser(office.ada).get(of_error(office, "answer/"))
    assert (page.status_code, page.headers["Allow"]) == (405, "POST")
    assert "Nothing was changed" in words(page)


def test_a_part_asked_for_after_the_session_ended_gives_a_page_in_place_of_all(office):
    answer = browser().get(address(office, "standing/"), headers=HTMX)
    assert answer.status_code == 403
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == ("body", "innerHTML")
    assert "HX-Retarget" not in browser(office.ada).get(address(office, "standing/"), headers=HTMX).headers
