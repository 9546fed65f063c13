"""Whole messages, as people paste them from mails, from the sync server and from this portal, lead to the right end."""

import pytest

from portal.flows import guess, read, walk
from tests.flows.conftest import FLOWS

FLOW = read(FLOWS).flow("which-error")

NOT_VALID = """\
Unable to update this object in Azure Active Directory, because the attribute [FederatedUser.UserPrincipalName], is not
valid. Update the value in your local directory services.
Tracking Id: 09fb1e9b-3ff7-4163-9731-581785e347e5
ExtraErrorDetails:
[{"Key":"ObjectId","Value":["aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb"]}]
"""
IN_USE = """\
Unable to update this object because the following attributes associated with this object have values that may already
be associated with another object in your local directory services: [UserPrincipalName joe@contoso.com;]. Correct or
remove the duplicate values in your local directory. Please refer to http://support.microsoft.com/kb/2647098 for more
information on identifying objects with duplicate attribute values.
"""
DELETE = """\
TimeOccurred (UTC) 2026-10-20 23:51:28
Connector Name CONTOSO.onmicrosoft.com - AAD
ErrorType 114
ErrorCode 0x8023134a
ErrorLiteral This synchronization operation, Delete, is not valid. Contact Technical Support.
ServerErrorDetail N/A
Dn CN={783456306961654236304B58786A66746377643748773D3D}
"""
# What is pasted, and the end it leads to.
MESSAGES = [
    (f"{NOT_VALID}Error Code: 0x8023134a\nDataValidationFailed", "validation"),
    (f"{NOT_VALID}IdentityDataValidationFailed", "validation"),
    ("DataValidationFailed", "validation"),
    ("Data Validation Failure", "validation"),
    (NOT_VALID, "validation"),
    (NOT_VALID.replace("Azure Active Directory", "Microsoft Entra ID"), "validation"),
    (NOT_VALID.replace("Azure Active Directory", "Azure AD").replace("is not", "isn’t"), "validation"),
    ("Because the attribute [userPrincipalName], isn't valid. Update the value in your local directory services.",
     "validation"),
    ("Invalid value specified for property 'userPrincipalName' of resource 'User'.", "validation"),
    (f"FederatedDomainChangeError\n{NOT_VALID}", "federated-domain"),
    ("UserPrincipalName zoe@adatum.com\nThe domain changed from fabrikam.com to adatum.com, and both are federated.",
     "federated-domain"),
    ("The provisioned object is too large. Trim the number of attribute values on this object. The operation will be "
     "retried in the next\r\nsynchronization cycle…", "large"),
    ("Unable to communicate with the Windows Azure Active Directory service. LargeObject", "large"),
    ("ExceededAllowedLength\nextensionAttribute1", "large"),
    (IN_USE, "duplicate"),
    (f"AttributeValueMustBeUnique\n{IN_USE}", "duplicate"),
    (f"QuarantinedAttributeValueMustBeUnique\n{IN_USE}", "quarantined"),
    (f"{IN_USE}\nError: InvalidSoftMatch (0x8023134a)", "soft-match"),
    (f"{IN_USE}\nObjectTypeMismatch", "type-mismatch"),
    ("A synchronized object with the same proxy address already exists in your Microsoft Online Services directory.",
     "duplicate"),
    ("Set-MsolUser : Uniqueness violation. Property: ProxyAddresses.", "duplicate"),
    ("“userPrincipalName”: the value is in use by another object\nand was quarantined.", "quarantined"),
    ("InvalidHardMatch\nTaking over a cloud object by hard match is blocked in this tenant.", "hard-match"),
    ("InvalidHardMatch / 103: The cloud user with privileged roles is not allowed to be taken over.", "role-holder"),
    ("InvalidHardMatch. The cloud is the source of this user. Make on-premises its source again.", "cloud-managed"),
    ("AttributeUpdateNotAllowed SourceAnchor\nThe sourceAnchor attribute has changed. Set it back.", "anchor-changed"),
    ("AdminRoleConflict", "admin-role"),
    (DELETE, "deletion-violation"),
    (DELETE.replace("ErrorType 114\n", ""), "deletion-violation"),
    ("114\n0x8023134A", "deletion-violation"),
    ("DeletingCloudOnlyObjectNotAllowed", "deletion-violation"),
    ("Export, 0x8023134a, deletion of CN=Joe", "deletion-violation"),
    ("dn-attributes-failure\nmember\nThe referenced object Yusuf Demir could not be exported.", "reference"),
    ("The number of deletions exceeded the configured deletion threshold for contoso.onmicrosoft.com.", "stopped"),
    ("Unable to communicate with the Windows Azure Active Directory service. Tracking id: 1", "stopped"),
    ("contoso.onmicrosoft.com - AAD  Export  completed-export-errors", "completed"),
    ("completed-transient-objects", "completed"),
]  # fmt: skip

NEAR_MISSES = [
    "0x80231349",
    "The password must be longer than 8 characters and is not allowed to hold the name.",
    "We keep large objects in a bucket.",
    "Update the value in your local directory services.",
    "Joe holds roles and moved from fabrikam.com to adatum.com.",
    "The domain changed hands.",
    "18 values are allowed, at most.",
    "The sourceAnchor attribute is mS-DS-ConsistencyGuid.",
    "Deletion of 114 users",
    "A synchronized object",
    "Is it valid to update a value? The attribute is mail.",
    "quarantined mail from another object store",
    "The cloud is the source of rain.",
    "start, stopped and completed",
]


def ends(text: str) -> list[str]:
    return [walk(FLOW, one.answers).here.name for one in guess(FLOW, text)]


@pytest.mark.parametrize(("message", "end"), MESSAGES)
def test_a_whole_message_leads_to_its_end(message, end):
    assert ends(message)[0] == end


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_a_near_miss_is_not_recognised(text):
    assert ends(text) == []


def test_the_code_of_every_export_error_does_not_speak_against_its_type():
    assert ends(f"{NOT_VALID}0x8023134a DataValidationFailed") == ["validation"]


def test_the_code_of_every_export_error_alone_leads_to_the_list_of_errors():
    assert ends("Error 0x8023134a") == ["completed"]


def test_a_sentence_that_fits_two_errors_offers_both():
    assert ends(NOT_VALID) == ["validation", "federated-domain"]


def test_an_end_is_named_once():
    assert ends("InvalidHardMatch/103 The cloud user with privileged roles is not allowed to be taken over.") == [
        "role-holder"
    ]


def test_a_gap_is_shown_as_one():
    (found,) = guess(FLOW, "18 values, at most 15 are allowed.")
    assert found.by == "… values, at most … are allowed"
