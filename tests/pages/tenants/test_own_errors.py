"""An article that carries a diagnosis offers the errors of the reader's own tenants beside it."""

from __future__ import annotations

from portal.sync.models import SyncError, SyncState
from tests.pages.tenants.visitors import HTMX, address, browser, of_error, words

PART = "/en-us/public/your-errors/duplicated-attribute/"


def test_it_offers_the_errors_that_the_diagnosis_is_for(office):
    said = words(browser(office.ada).get(PART, headers=HTMX))
    assert f'href="{of_error(office)}"' in said
    assert "Not Started" in said


def test_it_is_kept_in_no_cache(office):
    assert browser(office.ada).get(PART, headers=HTMX).headers["Cache-Control"] == "no-store"


def test_signed_out_it_says_what_signing_in_adds(office):
    headers = {**HTMX, "HX-Current-URL": "http://localhost/en-us/public/articles/native/duplicated-attributes/"}
    said = words(browser().get(PART, headers=headers))
    assert "Apply Fix" in said
    assert "/sign-in?next=%2Fen-us%2Fpublic%2Farticles%2Fnative%2Fduplicated-attributes%2F" in said
    assert office.tenant.name not in said


def test_people_without_a_tenant_see_no_errors(office):
    assert of_error(office) not in words(browser(office.sam).get(PART, headers=HTMX))


def test_without_scripts_it_is_a_page_of_its_own(office):
    page = browser(office.ada).get(PART)
    assert page.status_code == 200
    assert "<html" in words(page)


def test_a_diagnosis_that_keeps_no_state_has_no_errors_of_its_own(office):
    assert browser(office.ada).get("/en-us/public/your-errors/which-error/").status_code == 404


def test_a_tenant_that_was_never_read_has_none_yet(office):
    SyncState.objects.filter(tenant=office.tenant).delete()
    SyncError.objects.of(office.tenant).delete()
    for part in (PART, address(office), address(office, "standing/"), "/en-us/public/your-errors/"):
        assert browser(office.ada).get(part, headers=HTMX).status_code == 200
