"""Every refusal: Microsoft's sentence as it is in every language, who may act, and the status it leaves."""

import pytest

from portal.directories import refusals as doors
from portal.flows import Role
from portal.flows.refusals import About, Leaves

VERBATIM = {
    "soft-deleted": "User with conflicting attribute is soft deleted in the Microsoft Entra ID. "
    "Ensure the user is hard deleted before retry.",
    "cloud-based": "Updating source anchor to cloud-based user in your tenant is not supported.",
    "user-writeback": "The fix process failed to update the values.",
    "role-holder": "The cloud user with privileged roles is not allowed to be taken over.",
    "identifier-set": "Hard match operation blocked due to security hardening. "
    "Review OnPremisesObjectIdentifier mapping.",
    "on-premises-mastered": "Unable to update the specified properties for on-premises mastered Directory Sync objects "
    "or objects currently undergoing migration.",
    "anchor-in-use": "Another object with the same value for property onPremisesImmutableId already exists.",
    "external-service": "Unable to update the specified properties for objects that have originated within "
    "an external service.",
    "read-only-property": "Property 'onPremisesSyncEnabled' is read-only and cannot be set.",
    "privilege-missing": "Insufficient privileges to complete the operation.",
}


@pytest.mark.parametrize(("name", "sentence"), VERBATIM.items())
def test_the_sentence_is_microsofts_in_every_language(library, name, sentence):
    for table in library.refusals.values():
        assert table[name].sentence == sentence


@pytest.mark.parametrize(
    ("name", "about", "leaves", "retry"),
    [
        ("soft-deleted", About.OTHER, Leaves.NOT_STARTED, True),
        ("cloud-based", About.EXISTING, Leaves.MANUAL_FIX_REQUIRED, False),
        ("restored-from-bin", About.EXISTING, Leaves.MANUAL_FIX_REQUIRED, False),
        ("user-writeback", About.TENANT, Leaves.NOT_STARTED, True),
        ("export-under-way", About.SERVICE, Leaves.NOT_STARTED, True),
        ("timed-out", About.SERVICE, Leaves.NOT_STARTED, True),
        ("two-existing", About.BOTH, Leaves.MANUAL_FIX_REQUIRED, False),
    ],
)
def test_a_refusal_leaves_the_status_of_the_design(library, name, about, leaves, retry):
    row = library.refusals_in("en-us")[name]
    assert (row.about, row.status, row.retry) == (about, leaves, retry)


def test_a_setting_that_is_in_the_way_is_named(library):
    table = library.refusals_in("en-us")
    assert table["user-writeback"].setting == "userWritebackEnabled"
    assert table["takeover-blocked"].setting == "blockCloudObjectTakeoverThroughHardMatchEnabled"


def test_the_hardening_rules_say_from_when_they_apply(library):
    table = library.refusals_in("en-us")
    assert table["role-holder"].applies_from.isoformat() == "2026-06-01"
    assert table["identifier-set"].applies_from.isoformat() == "2026-07-01"


def test_every_code_of_a_door_has_its_row(library):
    table = library.refusals_in("en-us")
    for code, words in doors.REFUSALS.items():
        assert table[code].status == words.leaves.value, code
        assert table[code].sentence in ("", words.sentence), code


def test_the_table_is_the_same_in_every_language_but_for_the_words(library):
    english = library.refusals_in("en-us")
    for table in library.refusals.values():
        for name, row in table.rows.items():
            assert row.codes == english[name].codes
            assert len(row.steps) == len(english[name].steps)
            assert table is english or row.title != english[name].title


def test_who_may_act_is_always_said(library):
    assert all(set(row.roles) <= set(Role) for row in library.refusals_in("sv-se").rows.values())


def test_an_unknown_message_is_not_recognised(library):
    assert library.refusals_in("en-us").recognise("The moon is full.") is None
