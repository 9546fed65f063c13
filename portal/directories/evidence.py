"""What a directory says that helps a person to answer a question; it suggests, a person answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portal.directories.objects import DirectoryObject, Side


class Question(StrEnum):
    """What a door can be asked about one sync error; OBJECTS only shows both objects as they are now."""

    OBJECTS = "objects"
    STILL_ON_PREMISES = "still-on-premises"
    SAME_USER = "same-user"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"


class Confidence(StrEnum):
    """How sure a suggestion is; DECISIVE only where an identifier settles it."""

    NONE = "none"
    WEAK = "weak"
    STRONG = "strong"
    DECISIVE = "decisive"


class Result(StrEnum):
    """What a look-up or a comparison came to."""

    FOUND = "found"
    NOT_FOUND = "not-found"
    INCOMING = "incoming"
    EXISTING = "existing"
    DELETED = "deleted"
    SEVERAL = "several"
    NOTHING_TO_LOOK_FOR = "nothing-to-look-for"
    SAME = "same"
    SIMILAR = "similar"
    DIFFERENT = "different"
    MISSING = "missing"


# What each piece of evidence means, in the portal's own words (English; the key is what is translated and stored).
MEANINGS = {
    "cloud-holder": "This is the object that holds the value in the cloud directory now.",
    "cloud-none": "No object in the cloud directory holds this name any more.",
    "cloud-deleted": "The object is in the recycle bin of the cloud directory.",
    "is-incoming": "This is the incoming object itself, not the source of the existing user.",
    "source-lives": "The source of the existing user is still in Active Directory and is synchronized.",
    "source-filtered": "The source is still in Active Directory, but outside what is synchronized.",
    "source-pending": "The source was found, but waits as Pending Add: it is not connected to the existing user.",
    "source-deleted": "The source was deleted from Active Directory.",
    "source-migrated": "An object with this security identifier exists under another object GUID: it was migrated or recreated.",
    "not-found": "Active Directory has no such object.",
    "name-reused": "Another object stands at this place now.",
    "other-name": "Another object has this sign-in name. It is not the source of the existing user.",
    "other-account": "Another object has this account name. It is not the source of the existing user.",
    "other-address": "Another object has one of these addresses. It is not the source of the existing user.",
    "other-object": "This is another object, not the source of the existing user.",
    "other-pending": "This is another object, and it waits as Pending Add: it is not connected to the existing user.",
    "no-value": "The existing object carries no such value, so there is nothing to look for.",
    "several": "Several objects answer. Look at each before you answer.",
    "sid-same": "The same security identifier: both accounts come from one account in Active Directory.",
    "sid-different": "Different security identifiers. A recreated or migrated account has a new one, so this decides nothing.",
    "sid-history": "The security identifier of the existing user is in the history of the incoming one: it was migrated.",
    "same": "Both objects have the same value.",
    "similar": "The values are alike, but not the same.",
    "different": "The values differ.",
    "one-missing": "Only one of the two objects has a value.",
    "both-missing": "Neither object has a value.",
    "ids-differ": "Two objects, so two object IDs. This is always so in a conflict.",
    "both-names-on-premises": "Active Directory has an object for both sign-in names: these are two people.",
    "one-name-on-premises": "Active Directory has an object for only one of the two sign-in names.",
}


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One look-up or comparison: what was sought, where, and what it means.

    `lookup` names it (`by-anchor`, `by-sid`, `employee-id` …); `sought` is the value looked for; `server` the machine
    that answered. A comparison fills `incoming_value` and `existing_value`.
    """

    lookup: str
    where: Side
    sought: str
    result: Result
    meaning: str
    at: datetime
    suggests: Answer | None = None
    confidence: Confidence = Confidence.NONE
    objects: tuple[DirectoryObject, ...] = ()
    server: str = ""
    incoming_value: str = ""
    existing_value: str = ""

    @property
    def sentence(self) -> str:
        return MEANINGS[self.meaning]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Everything found for one question about one error, with what it suggests, if anything.

    `fingerprint` is of both objects as they were read: hand it to `plan`, which refuses when they changed since.
    """

    question: Question
    evidence: tuple[Evidence, ...]
    incoming: tuple[DirectoryObject, ...]
    existing: tuple[DirectoryObject, ...]
    fingerprint: str
    read_at: datetime
    suggests: Answer | None = None
    confidence: Confidence = Confidence.NONE
