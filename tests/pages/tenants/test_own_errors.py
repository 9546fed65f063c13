"""An article that carries a diagnosis offers the errors of the reader's own tenants beside it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import Membership
from portal.accounts.rights import Role
from portal.articles.flow_files import library
from portal.directories.faults import CATEGORY_OF, Category, ErrorType
from portal.sync.models import SyncError, SyncState
from tests.diagnosis.office import Office
from tests.directories.simulator.scenes import orphan
from tests.pages.tenants.visitors import HTMX, address, browser, of_error, words

PART = "/en-us/public/your-errors/duplicated-attribute/"
LIBRARY = library()


@pytest.fixture
def crowded(open_office) -> Office:
    """Beside the orphan, a photo that is too large and six names that are not valid."""
    scene = orphan()
    scene.user("Ines Moreau", "ines", thumbnailPhoto=["204800"])
    for number in range(6):
        scene.user(f"Person {number}", f"p{number}", userPrincipalName=[f"p{number}@contoso.local"])
    scene.cycle()
    return open_office(scene)


def part(office: Office, kind: str) -> str:
    return words(browser(office.ada).get(f"/en-us/public/your-errors/{kind}/", headers=HTMX))


def shown(said: str) -> int:
    return said.count("<li>")


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/en-us/public/your-errors/which-error/", headers=HTMX).status_code == 200
    return len(captured)


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


def test_a_diagnosis_of_any_error_offers_all_of_them(crowded):
    said = part(crowded, "which-error")
    assert shown(said) == 5
    assert "Large Attribute</span> (1)" in said
    assert "Data Validation Failure</span> (6)" in said


def test_an_article_about_large_attributes_offers_the_large_attribute_errors(crowded):
    said = part(crowded, "large-attribute")
    assert f'href="{of_error(crowded, error=crowded.error("thumbnailPhoto"))}"' in said
    assert shown(said) == 1


def test_a_kind_of_one_type_leaves_out_the_rest_of_its_category(crowded):
    assert "None at the moment." in part(crowded, "object-type-mismatch")


def test_few_are_shown_and_the_list_of_the_rest_is_linked_with_its_number(crowded):
    said = part(crowded, "data-validation-failed")
    assert shown(said) == 5
    every = address(crowded, "errors/?category=data-validation-failure")
    assert f'<a href="{every}"><span lang="en-US">Data Validation Failure</span> (6)</a>' in said
    assert len(browser(crowded.ada).get(every).context["errors"]) == 6


def test_where_a_tenant_has_none_it_says_so(crowded):
    said = part(crowded, "federated-domain-change")
    assert "None at the moment." in said
    assert shown(said) == 0


def test_a_value_that_is_held_back_is_offered_where_values_are_missing_not_where_objects_are(office):
    assert of_error(office) in part(office, "attribute-not-syncing")
    assert of_error(office) not in part(office, "object-not-syncing")


def test_an_object_that_is_refused_is_offered_where_objects_are_missing(crowded):
    assert of_error(crowded, error=crowded.errors()[-1]) in part(crowded, "object-not-syncing")


def test_the_same_queries_however_many_tenants_and_errors(crowded, open_office):
    ada = browser(crowded.ada)
    few = queries(ada)
    for number in range(3):
        other = open_office(slug=f"other-{number}")
        Membership.objects.create(tenant=other.tenant, person=crowded.ada, role=Role.READER)
    assert queries(ada) == few


def test_signed_out_each_kind_says_what_signing_in_adds(office):
    said = words(browser().get("/en-us/public/your-errors/large-attribute/", headers=HTMX))
    assert "Signed in, you also see which of your tenant’s errors are of this kind" in said
    assert "/sign-in" in said
    assert "Apply Fix" not in said


def test_a_kind_that_does_not_exist_is_not_found(office):
    assert browser(office.ada).get("/en-us/public/your-errors/no-such-kind/").status_code == 404


def test_without_scripts_it_leads_on_to_the_flow_of_its_kind(office):
    said = words(browser(office.ada).get("/en-us/public/your-errors/large-attribute/"))
    assert 'href="/en-us/public/flows/which-error/"' in said


@pytest.mark.parametrize("name", LIBRARY.bindings.kinds)
def test_every_kind_names_categories_and_types_that_errors_have(name):
    kind = LIBRARY.bindings.kinds[name]
    assert set(kind.categories) <= set(Category)
    assert {CATEGORY_OF[ErrorType(one)] for one in kind.types} == (set(kind.categories) if kind.types else set())


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("native/large-attribute", "large-attribute"),
        ("native/run-status-and-stopped-runs", "which-error"),
        ("connect/tshoot-connect-largeobjecterror-usercertificate", "large-attribute"),
    ],
)
def test_an_article_has_the_kind_of_its_place_else_that_of_its_flow(path, kind):
    collection, _, rest = path.partition("/")
    assert LIBRARY.bindings.kind_for("which-error", collection=collection, path=rest).name == kind


def test_every_flow_is_about_some_errors():
    assert all(LIBRARY.bindings.kind_for(name) for name in LIBRARY.names)


def test_a_tenant_that_was_never_read_has_none_yet(office):
    SyncState.objects.filter(tenant=office.tenant).delete()
    SyncError.objects.of(office.tenant).delete()
    for one in (PART, address(office), address(office, "standing/"), "/en-us/public/your-errors/"):
        assert browser(office.ada).get(one, headers=HTMX).status_code == 200
    assert "Not read yet" in words(browser(office.ada).get(PART, headers=HTMX))
