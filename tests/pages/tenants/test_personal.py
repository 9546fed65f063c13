"""What is personal stays out of the pages that everybody shares."""

from __future__ import annotations

import pytest

from tests.pages.tenants.visitors import HTMX, address, browser, words

HOME = "/en-us/public/"


def test_a_shared_page_is_the_same_for_everybody(office):
    anonymous, signed_in = browser().get(HOME), browser(office.ada).get(HOME)
    assert anonymous.content == signed_in.content
    assert "Set-Cookie" not in signed_in.headers
    assert not signed_in.cookies


def test_it_has_a_plain_link_to_sign_in_for_those_without_scripts(office):
    assert 'href="/sign-in?next=/en-us/public/"' in words(browser().get(HOME))


def test_the_corner_says_name_role_and_tenant_and_is_stored_nowhere(office):
    corner = browser(office.rosa).get(f"{HOME}you/", headers=HTMX)
    assert corner.headers["Cache-Control"] == "no-store"
    for one in (office.rosa.name, "Reader", office.tenant.name, "Sign out"):
        assert one in words(corner)


def test_the_corner_leads_back_to_its_page(office):
    headers = {**HTMX, "HX-Current-URL": "http://localhost/en-us/public/topics/"}
    assert "/sign-in?next=%2Fen-us%2Fpublic%2Ftopics%2F" in words(browser().get(f"{HOME}you/", headers=headers))


@pytest.mark.parametrize(
    "url", ["http://[", "//evil.example/x", "http://localhost//evil.example", "javascript:x", "%00"]
)
def test_the_corner_leads_nowhere_else(office, url):
    for part in ("you/", "your-errors/duplicated-attribute/"):
        answer = browser().get(HOME + part, headers={**HTMX, "HX-Current-URL": url})
        assert answer.status_code == 200
        assert 'href="/sign-in"' in words(answer)


def test_the_corner_is_no_page_of_its_own(office):
    for part in ("you/", "your-errors/"):
        assert browser(office.ada).get(HOME + part).url == "/sign-in"


def test_home_counts_the_errors_of_her_tenants(office):
    part = browser(office.ada).get(f"{HOME}your-errors/", headers=HTMX)
    assert f"{len(office.errors())} sync error" in words(part)
    assert address(office) in words(part)


def test_home_has_nothing_for_those_without_a_tenant(office):
    for visitor in (browser(), browser(office.sam)):
        assert office.tenant.name not in words(visitor.get(f"{HOME}your-errors/", headers=HTMX))
