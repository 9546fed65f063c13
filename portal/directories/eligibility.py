"""Who is diagnosed: which sync errors have questions and a fix, and why the others have not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portal.directories.faults import ErrorType, Fault
from portal.directories.identity import attribute_family
from portal.directories.objects import Kind


class Reason(StrEnum):
    """Why an error is, or is not, diagnosed."""

    FITS = "fits"
    ATTRIBUTE = "attribute-not-diagnosed"
    TYPE = "type-not-diagnosed"
    TYPE_FOR_ATTRIBUTE = "type-not-diagnosed-for-attribute"
    INCOMING_NOT_USER = "incoming-not-a-user"
    EXISTING_NOT_USER = "existing-not-a-user"
    EXISTING_UNKNOWN = "existing-not-known"


REASON_SENTENCES = {
    Reason.FITS: "Both objects are users and the attribute is one that can be diagnosed.",
    Reason.ATTRIBUTE: "Errors of this attribute have no diagnosis here. Follow the article for this kind of error.",
    Reason.TYPE: "Errors of this type have no diagnosis here. Follow the article for this kind of error.",
    Reason.TYPE_FOR_ATTRIBUTE: "This attribute is diagnosed only while the object is refused, not when it is quarantined.",
    Reason.INCOMING_NOT_USER: "The object being synchronized is not a user. Change one of the two objects at its source.",
    Reason.EXISTING_NOT_USER: "The object that holds the value is not a user. Change one of the two at its source.",
    Reason.EXISTING_UNKNOWN: "The report does not say which object holds the value. Search the directory for it.",
}

# The table of the spec: which attributes are diagnosed, and for which error types.
DIAGNOSED = {
    "userprincipalname": frozenset({ErrorType.MUST_BE_UNIQUE, ErrorType.QUARANTINED}),
    "proxyaddresses": frozenset({ErrorType.MUST_BE_UNIQUE, ErrorType.QUARANTINED}),
    "sipproxyaddress": frozenset({ErrorType.MUST_BE_UNIQUE}),
    "onpremisesecurityidentifier": frozenset({ErrorType.MUST_BE_UNIQUE}),
}
DIAGNOSED_TYPES = frozenset().union(*DIAGNOSED.values())


@dataclass(frozen=True, kw_only=True)
class Eligibility:
    """Whether an error is diagnosed, and why (design section 8, *Who is diagnosed*)."""

    reason: Reason

    @property
    def eligible(self) -> bool:
        return self.reason is Reason.FITS

    @property
    def sentence(self) -> str:
        return REASON_SENTENCES[self.reason]

    def __bool__(self) -> bool:
        return self.eligible


def eligibility(fault: Fault) -> Eligibility:
    """Whether `fault` is one that is diagnosed; anything else is Manual Fix Required by rule."""
    return Eligibility(reason=_reason(fault))


def _reason(fault: Fault) -> Reason:
    if fault.type not in DIAGNOSED_TYPES:
        return Reason.TYPE
    types = DIAGNOSED.get(attribute_family(fault.attribute))
    if types is None:
        return Reason.ATTRIBUTE
    if fault.type not in types:
        return Reason.TYPE_FOR_ATTRIBUTE
    if fault.incoming.kind is not Kind.USER:
        return Reason.INCOMING_NOT_USER
    if fault.existing is None or fault.existing.kind is Kind.UNKNOWN:
        return Reason.EXISTING_UNKNOWN
    if fault.existing.kind is not Kind.USER:
        return Reason.EXISTING_NOT_USER
    return Reason.FITS
