from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.directories.faults import ErrorType
from portal.directories.identity import FAMILIES, attribute_family, claim_keys, fold_value, identity_key, spelled
from portal.directories.objects import ObjectRef
from tests.directories.factories import make_fault, make_ref

ADDRESSES = st.from_regex(r"[a-z0-9.]{1,12}@[a-z]{1,8}\.com", fullmatch=True)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)


def key(**more) -> str:
    return identity_key(make_fault(**more), tenant="contoso")


@given(ADDRESSES, st.sampled_from(["SMTP:", "smtp:", ""]), st.booleans())
def test_an_address_is_the_same_in_any_case_and_with_any_prefix(address, prefix, upper):
    spelled = prefix + (address.upper() if upper else address)
    assert key(attribute="ProxyAddresses", value=spelled) == key(attribute="ProxyAddress", value=f"SMTP:{address}")


def test_it_stays_when_the_type_turns_into_its_quarantined_form():
    assert key(type=ErrorType.MUST_BE_UNIQUE) == key(type=ErrorType.QUARANTINED)


@given(TEXTS, TEXTS, TEXTS)
def test_it_stays_when_the_object_is_renamed_or_moved(name, upn, dn):
    moved = make_ref("incoming", display_name=name, user_principal_name=upn, distinguished_name=dn)
    assert key(incoming=moved) == key(incoming=make_ref("incoming"))


@given(st.text("abc123+/=", min_size=1, max_size=24), st.text("abc123+/=", min_size=1, max_size=24))
def test_anchors_differ_by_case_too(first, second):
    same = key(incoming=ObjectRef(anchor=first)) == key(incoming=ObjectRef(anchor=second))
    assert same == (first == second)


def test_an_object_without_anchor_is_known_by_its_place_in_the_connector_space():
    first = key(incoming=ObjectRef(connector_id="one", display_name="Joe"))
    assert first == key(incoming=ObjectRef(connector_id="one", display_name="Joseph"))
    assert first != key(incoming=ObjectRef(connector_id="two", display_name="Joe"))


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_parts_never_run_into_each_other(tenant, attribute, other_tenant, other_attribute):
    first = identity_key(make_fault(attribute=attribute), tenant=tenant)
    second = identity_key(make_fault(attribute=other_attribute), tenant=other_tenant)
    same = (tenant, attribute_family(attribute)) == (other_tenant, attribute_family(other_attribute))
    assert (first == second) == (same and fold_value(attribute, "x") == fold_value(other_attribute, "x"))


def test_tenants_share_no_errors():
    fault = make_fault()
    assert identity_key(fault, tenant="contoso") != identity_key(fault, tenant="fabrikam")


def test_another_attribute_is_another_error():
    assert key(attribute="UserPrincipalName") != key(attribute="ProxyAddresses")


def test_an_x500_address_keeps_its_prefix():
    assert key(attribute="ProxyAddresses", value="X500:/o=a") != key(attribute="ProxyAddresses", value="/o=a")


def test_an_error_about_size_is_known_by_its_attribute():
    assert key(attribute="userCertificate", value="MII1") == key(attribute="userCertificate", value="MII2")


def test_a_value_that_the_report_could_not_show_counts_as_none():
    assert key(attribute="SipProxyAddress", value="System.Byte[]") == key(attribute="SipProxyAddress", value="")


def test_errors_of_one_pair_claim_the_same_two_objects():
    name, address = make_fault(attribute="UserPrincipalName"), make_fault(attribute="ProxyAddress")
    assert claim_keys(name) == claim_keys(address) == tuple(sorted(claim_keys(name)))
    assert len(claim_keys(name)) == 2


def test_an_error_without_existing_object_claims_one():
    assert len(claim_keys(replace(make_fault(), existing=None))) == 1


@pytest.mark.parametrize(
    ("reported", "shown"),
    [
        ("ProxyAddress", "ProxyAddresses"),
        ("proxyAddresses", "ProxyAddresses"),
        ("SmtpProxyAddress", "ProxyAddresses"),
        ("userPrincipalName", "UserPrincipalName"),
        ("SipProxyAddresses", "SipProxyAddress"),
        ("onPremisesSecurityIdentifier", "OnPremiseSecurityIdentifier"),
        ("onPremisesImmutableId", "SourceAnchor"),
        ("extensionAttribute1", "extensionAttribute1"),
        ("", ""),
    ],
)
def test_people_read_one_name_for_an_attribute(reported, shown):
    assert spelled(reported) == shown


@given(st.sampled_from([*FAMILIES, *FAMILIES.values()]), st.booleans())
def test_every_spelling_of_a_family_is_read_as_one(attribute, upper):
    written = attribute.upper() if upper else attribute
    assert spelled(written) == spelled(attribute_family(attribute)) != attribute_family(attribute)


@given(TEXTS)
def test_the_name_that_people_read_is_of_the_same_family(attribute):
    assert attribute_family(spelled(attribute)) == attribute_family(attribute)


def test_two_addresses_that_only_a_dictionary_takes_for_one_are_two():
    assert fold_value("ProxyAddresses", "SMTP:straße@contoso.com") != fold_value(
        "ProxyAddresses", "SMTP:strasse@contoso.com"
    )
    assert fold_value("ProxyAddresses", "SMTP:STRAẞE@contoso.com") == fold_value(
        "ProxyAddresses", "smtp:straße@contoso.com"
    )
