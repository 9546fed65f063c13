import pytest

from portal.directories.eligibility import REASON_SENTENCES, Reason, eligibility
from portal.directories.faults import CATEGORY_OF, ErrorType
from portal.directories.objects import Kind
from tests.directories.factories import make_fault, make_ref

UNIQUE, QUARANTINED = ErrorType.MUST_BE_UNIQUE, ErrorType.QUARANTINED


@pytest.mark.parametrize("attribute", ["UserPrincipalName", "ProxyAddress", "ProxyAddresses"])
@pytest.mark.parametrize("type", [UNIQUE, QUARANTINED])
def test_names_and_addresses_are_diagnosed_in_both_types(attribute, type):
    assert eligibility(make_fault(attribute=attribute, type=type))


@pytest.mark.parametrize("attribute", ["SipProxyAddress", "OnPremiseSecurityIdentifier"])
def test_sip_and_sid_are_diagnosed_while_refused_only(attribute):
    assert eligibility(make_fault(attribute=attribute, type=UNIQUE))
    assert eligibility(make_fault(attribute=attribute, type=QUARANTINED)).reason is Reason.TYPE_FOR_ATTRIBUTE


@pytest.mark.parametrize("type", sorted(set(CATEGORY_OF) - {UNIQUE, QUARANTINED}))
def test_no_other_type_is_diagnosed(type):
    assert eligibility(make_fault(type=type)).reason is Reason.TYPE


def test_no_other_attribute_is_diagnosed():
    assert eligibility(make_fault(attribute="mail")).reason is Reason.ATTRIBUTE


@pytest.mark.parametrize("kind", [Kind.GROUP, Kind.CONTACT, Kind.UNKNOWN])
def test_the_incoming_object_must_be_a_user(kind):
    assert eligibility(make_fault(incoming=make_ref(kind=kind))).reason is Reason.INCOMING_NOT_USER


@pytest.mark.parametrize("kind", [Kind.GROUP, Kind.CONTACT])
def test_the_existing_object_must_be_a_user(kind):
    assert eligibility(make_fault(existing=make_ref(kind=kind))).reason is Reason.EXISTING_NOT_USER


def test_an_existing_object_that_nobody_knows_is_not_diagnosed():
    assert eligibility(make_fault(existing=None)).reason is Reason.EXISTING_UNKNOWN


def test_every_reason_has_a_sentence():
    assert set(REASON_SENTENCES) == set(Reason)
