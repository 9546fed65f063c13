import uuid

from hypothesis import given
from hypothesis import strategies as st

from portal.directories.anchors import anchor_in, anchor_of, connector_dn, guid_of

GUIDS = st.uuids().map(str)


def test_the_pair_that_a_real_directory_showed():
    assert anchor_of("2aa297b1-f230-4c74-9772-2e111eea7830") == "sZeiKjDydEyXci4RHup4MA=="


@given(GUIDS)
def test_an_anchor_leads_back_to_its_guid(guid):
    assert guid_of(anchor_of(guid)) == guid
    assert uuid.UUID(guid_of(anchor_of(guid)))


@given(GUIDS)
def test_the_dn_in_the_connector_space_carries_the_anchor(guid):
    assert anchor_in(connector_dn(anchor_of(guid))) == anchor_of(guid)


@given(st.text(max_size=30))
def test_a_custom_anchor_is_no_guid_and_never_breaks(text):
    assert guid_of(text) == "" or anchor_of(guid_of(text)) == text
    assert anchor_in(text) == "" or connector_dn(anchor_in(text)) == text.upper()
