"""Why a fix will not be done, in the sentences people search for, and the ways a directory fails to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.directories.objects import ObjectRef
from portal.directories.plans import Precondition


class Leaves(StrEnum):
    """The status an error is left in."""

    NOT_STARTED = "not-started"
    MANUAL_FIX = "manual-fix-required"


@dataclass(frozen=True, kw_only=True)
class RefusalWords:
    """One kind of refusal: Microsoft's own sentence where there is one, and what to do next.

    `final`: trying again changes nothing until somebody changes the directory.
    """

    sentence: str
    next_action: str
    leaves: Leaves
    final: bool


_CLOUD_BASED = "Updating source anchor to cloud-based user in your tenant is not supported."
_BIN = (
    "User with conflicting attribute is soft deleted in the Microsoft Entra ID. "
    "Ensure the user is hard deleted before retry."
)
_NOT_STARTED, _MANUAL = Leaves.NOT_STARTED, Leaves.MANUAL_FIX


def _words(sentence: str, next_action: str, leaves: Leaves, *, final: bool) -> RefusalWords:
    return RefusalWords(sentence=sentence, next_action=next_action, leaves=leaves, final=final)


# Sentences: the spec's page on diagnosing duplicated attributes; Graph's error texts in facts/directories.md 1.3 and 1.5.
REFUSALS: dict[str, RefusalWords] = {
    "soft-deleted": _words(
        _BIN,
        "If it is the account the person worked with, restore it first. Otherwise delete it permanently, or wait until "
        "it is purged 30 days after its deletion, and try again.",
        _NOT_STARTED,
        final=True,
    ),
    "cloud-based": _words(
        _CLOUD_BASED,
        "The existing user was made in the cloud. Change the value on one of the two users at its source.",
        _MANUAL,
        final=True,
    ),
    "restored-from-bin": _words(
        _CLOUD_BASED,
        "The existing user was restored from the recycle bin and cannot take a source anchor. "
        "Change the value on one of the two users at its source.",
        _MANUAL,
        final=True,
    ),
    "user-writeback": _words(
        "The fix process failed to update the values.",
        "User writeback is on. Turn it off in the optional features of Microsoft Entra Connect, and try again.",
        _NOT_STARTED,
        final=True,
    ),
    "takeover-blocked": _words(
        "The fix process failed to update the values.",
        "The tenant blocks taking over cloud users by hard match. Lift BlockCloudObjectTakeoverThroughHardMatch for the "
        "time of the fix and one sync cycle, and try again.",
        _NOT_STARTED,
        final=True,
    ),
    "export-under-way": _words(
        "It's possible that Microsoft Entra Connect is running an export error.",
        "Refresh the page and retry after the next sync cycle.",
        _NOT_STARTED,
        final=False,
    ),
    "role-holder": _words(
        "The cloud user with privileged roles is not allowed to be taken over.",
        "The existing user holds a role, or may activate one. Take the roles away, apply the fix, let a sync cycle pass, "
        "and give the roles back. Have another administrator at hand.",
        _MANUAL,
        final=True,
    ),
    "identifier-set": _words(
        "Hard match operation blocked due to security hardening. Review OnPremisesObjectIdentifier mapping.",
        "Make sure that both accounts are the same person, then draw up the fix again and let it clear the identifier.",
        _NOT_STARTED,
        final=True,
    ),
    "anchor-in-use": _words(
        "Another object with the same value for property onPremisesImmutableId already exists.",
        "Look at the object named here: it holds the source anchor. After the next sync cycle, draw up the fix again.",
        _NOT_STARTED,
        final=False,
    ),
    "on-premises-mastered": _words(
        "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects "
        "currently undergoing migration.",
        "Somebody switched the source of the existing user meanwhile. Draw up the fix again.",
        _NOT_STARTED,
        final=False,
    ),
    "two-existing": _words(
        "The incoming object is in conflict with more than one existing object.",
        "Settle all but one of the conflicts at their source, wait for the next sync cycle, and try again.",
        _MANUAL,
        final=True,
    ),
    "changed-since": _words(
        "One of the two objects was changed since it was diagnosed.",
        "Look at both objects again and answer the questions anew.",
        _NOT_STARTED,
        final=False,
    ),
    "incoming-in-use": _words(
        "The incoming user is licensed or has signed in, and the fix would delete it.",
        "Make sure that nothing of it is needed. Take its licences away, or confirm that it may be deleted.",
        _NOT_STARTED,
        final=True,
    ),
    "existing-gone": _words(
        "The existing user is no longer in the directory.",
        "Nothing is in the way any more. Wait for the next sync cycle, which clears the error.",
        _NOT_STARTED,
        final=True,
    ),
    "incoming-gone": _words(
        "The incoming object is no longer synchronized.",
        "Wait for the next sync cycle, which clears the error, or bring the object back.",
        _NOT_STARTED,
        final=True,
    ),
    "conflict-gone": _words(
        "The two objects no longer share the value.",
        "Wait for the next sync cycle, and for a quarantined value for the hourly sweep, which clear the error.",
        _NOT_STARTED,
        final=True,
    ),
    "existing-connected": _words(
        "The existing user is synchronized from another account that is still in Active Directory.",
        "These are two live accounts. Change the value on one of them in Active Directory.",
        _MANUAL,
        final=True,
    ),
    "not-diagnosed": _words(
        "Errors of this kind have no fix here.",
        "Follow the article for this kind of error.",
        _MANUAL,
        final=True,
    ),
    "privilege-missing": _words(
        "Insufficient privileges to complete the operation.",
        "Have the permission named here granted to the portal, or ask somebody who holds the role, and try again.",
        _NOT_STARTED,
        final=True,
    ),
    "older-lease": _words(
        "Another worker has taken this fix over.",
        "Nothing to do: the fix goes on there.",
        _NOT_STARTED,
        final=True,
    ),
    "cycle-under-way": _words(
        "Sync is already running.",
        "Wait until the running cycle ends, and try again.",
        _NOT_STARTED,
        final=False,
    ),
}


class Refusal(Exception):
    """A directory, or a rule of ours, will not do it: `code` is a key of REFUSALS, `object` the one that is in the way.

    `facts` are details to show (licences, purge date, permission …); `preconditions` the whole list where a plan was
    refused; `retry_after` seconds, None where only a change helps.
    """

    def __init__(
        self,
        code: str,
        *,
        object: ObjectRef | None = None,
        facts: Mapping[str, str] | None = None,
        retry_after: int | None = None,
        preconditions: tuple[Precondition, ...] = (),
    ) -> None:
        self.words = REFUSALS[code]
        super().__init__(self.words.sentence)
        self.code = code
        self.object = object
        self.facts = dict(facts or {})
        self.retry_after = retry_after
        self.preconditions = preconditions

    @property
    def sentence(self) -> str:
        return self.words.sentence

    @property
    def next_action(self) -> str:
        return self.words.next_action

    @property
    def leaves(self) -> Leaves:
        return self.words.leaves

    @property
    def final(self) -> bool:
        return self.words.final


class DirectoryFailure(Exception):
    """A directory did not answer as it should; nothing is known of what it did."""


class Unavailable(DirectoryFailure):
    """The directory could not be reached: nothing was done."""


class TimedOut(DirectoryFailure):
    """No answer in time: a write may or may not have happened, so observe before repeating it."""


class Nonsense(DirectoryFailure):
    """The directory answered something that cannot be read: treat a write as unknown."""


class Throttled(DirectoryFailure):
    """The directory asks to wait `retry_after` seconds (None where it does not say): nothing was done."""

    def __init__(self, message: str, *, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unsupported(DirectoryFailure):
    """This directory cannot do what was asked; `capabilities` said so."""
