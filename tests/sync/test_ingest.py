from dataclasses import replace
from datetime import UTC, datetime

import pytest

from portal.accounts.models import Tenant
from portal.directories.faults import Category, ErrorType, Report, Source
from portal.sync import ingest, listing
from portal.sync.listing import Wish
from portal.sync.models import CategoryCount, SyncError
from tests.directories.factories import make_fault, make_ref

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
# One attribute as Graph's quarantine names it and as an export error does.
FAULTS = (
    make_fault(attribute="ProxyAddress", value="SMTP:joe@contoso.com", incoming=make_ref("one")),
    make_fault(
        attribute="ProxyAddresses",
        value="SMTP:ann@contoso.com",
        type=ErrorType.MUST_BE_UNIQUE,
        incoming=make_ref("two"),
    ),
)
REPORT = Report(
    faults=FAULTS, categories=frozenset(Category), sources=frozenset(Source), complete=True, read_at=NOON, cycle=1
)


@pytest.fixture
def tenant(db: None) -> Tenant:
    made = Tenant.objects.create(slug="contoso", name="Contoso", cloud="public", directory="simulator")
    ingest.store(made, 1, REPORT)
    return made


def attributes(tenant: Tenant) -> set[str]:
    return set(SyncError.objects.of(tenant).values_list("attribute", flat=True))


def test_an_attribute_has_one_name_whoever_reported_it(tenant):
    assert attributes(tenant) == {"ProxyAddresses"}
    assert listing.attributes(tenant) == ["ProxyAddresses"]
    assert listing.narrowed(tenant, 1, Wish(attribute="ProxyAddresses")).count() == 2


def test_what_the_directory_said_is_kept_as_it_said_it(tenant):
    assert {one.fault["attribute"] for one in SyncError.objects.of(tenant)} == {"ProxyAddress", "ProxyAddresses"}


@pytest.mark.parametrize("spelling", ["ProxyAddress", "ProxyAddresses", "onPremisesImmutableId", "SourceAnchor"])
def test_an_error_is_found_by_either_name_of_its_attribute(tenant, spelling):
    anchor = replace(FAULTS[0], attribute="onPremisesImmutableId", incoming=make_ref("three"))
    ingest.store(tenant, 2, replace(REPORT, faults=(*FAULTS, anchor), cycle=2))
    assert listing.narrowed(tenant, 2, Wish(text=spelling)).exists()


def test_an_error_stored_under_another_spelling_is_renamed_by_the_next_report(tenant):
    SyncError.objects.of(tenant).update(attribute="ProxyAddress")
    ingest.store(tenant, 2, replace(REPORT, cycle=2))
    assert attributes(tenant) == {"ProxyAddresses"}


def test_an_error_that_moves_to_another_category_is_counted_there(tenant):
    moved = replace(FAULTS[1], category=Category.ADMIN_ROLE)
    ingest.store(tenant, 2, replace(REPORT, faults=(FAULTS[0], moved), cycle=2))
    counts = dict(CategoryCount.objects.filter(tenant=tenant).values_list("category", "number"))
    assert counts == {Category.DUPLICATE: 1, Category.ADMIN_ROLE: 1}


@pytest.mark.parametrize("sought", ["Siobhán", "Siobha\u0301n", "SIOBHAN", "siobhan"])
def test_a_name_is_found_however_its_letters_were_typed(tenant, sought):
    named = replace(FAULTS[0], incoming=make_ref("three", display_name="Siobhán Ó Briain"))
    ingest.store(tenant, 2, replace(REPORT, faults=(named,), cycle=2))
    assert listing.narrowed(tenant, 2, Wish(text=sought)).count() == 1


def test_an_arabic_name_is_found_without_its_vowel_signs(tenant):
    named = replace(FAULTS[0], incoming=make_ref("three", display_name="ليلى حدّاد"))
    ingest.store(tenant, 2, replace(REPORT, faults=(named,), cycle=2))
    assert listing.narrowed(tenant, 2, Wish(text="حداد")).count() == 1
