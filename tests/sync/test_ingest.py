from dataclasses import replace
from datetime import UTC, datetime

import pytest

from portal.accounts.models import Tenant
from portal.directories.faults import Category, ErrorType, Report, Source
from portal.sync import ingest, listing
from portal.sync.listing import Wish
from portal.sync.models import SyncError
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
