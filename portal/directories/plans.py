"""A fix as data: what is asked for, the dry run, its steps, and what became of each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from portal.directories.faults import Fault
from portal.directories.objects import Side


@dataclass(frozen=True, kw_only=True)
class Fix:
    """What a person asks for: the existing user shall be synchronized from the incoming object.

    `fingerprint` comes from the Finding on which the answers rest; empty skips the comparison. `clears_identifier`
    lets the plan clear `onPremisesObjectIdentifier` (July 2026 hardening); `overrides_use` lets it delete an incoming
    cloud user that is licensed or has signed in.
    """

    fault: Fault
    fingerprint: str = ""
    clears_identifier: bool = False
    overrides_use: bool = False


@dataclass(frozen=True, kw_only=True)
class Lease:
    """Who may write, for fencing: `number` rises each time a fix is taken over, within a tenant it never repeats."""

    fix: str
    number: int
    holder: str


class PlanName(StrEnum):
    """The two ways to bring both ends together (facts/directories.md 1.5)."""

    IN_AD = "re-anchor-in-ad"
    IN_CLOUD = "re-anchor-in-cloud"


@dataclass(frozen=True, kw_only=True)
class StepWords:
    """What a kind of step does, costs, and how it is undone; English, the step's key is what is translated."""

    does: str
    loses: str
    undo: str


STEP_WORDS = {
    "move-to-cloud": StepWords(
        does="Make the cloud directory the source of the existing user, so that its source anchor can be written.",
        loses="Nothing. Attributes stay as they are.",
        undo="Make on-premises the source again.",
    ),
    "clear-identifier": StepWords(
        does="Clear the on-premises object identifier of the existing user, so that it may be matched again.",
        loses="The link to the on-premises object it came from; the next sync cycle writes a new one.",
        undo="Cannot be written back by hand; the next sync cycle sets it.",
    ),
    "delete-incoming": StepWords(
        does="Delete the incoming user from the cloud directory. The account in Active Directory stays.",
        loses="Licences, mailbox, group memberships and roles that hang on the incoming cloud user.",
        undo="Restore it from the recycle bin until the next step is done.",
    ),
    "purge-incoming": StepWords(
        does="Delete the incoming user permanently, so that its source anchor is free.",
        loses="Everything that hung on the incoming cloud user, for good.",
        undo="Cannot be undone. The identity itself comes again from Active Directory with the next sync cycle.",
    ),
    "set-anchor": StepWords(
        does="Give the existing user the source anchor of the incoming object.",
        loses="The old source anchor, which is kept in the record of this fix.",
        undo="Write the old source anchor back.",
    ),
    "move-back": StepWords(
        does="Make on-premises the source of the existing user again, so that the next sync cycle takes it over.",
        loses="Nothing. Afterwards attributes are changed in Active Directory.",
        undo="Make the cloud directory the source again.",
    ),
    "write-guid": StepWords(
        does="Write the existing user's source anchor into mS-DS-ConsistencyGuid of the account in Active Directory.",
        loses="The old value of mS-DS-ConsistencyGuid, which is kept in the record of this fix.",
        undo="Write the old value back before the next sync cycle.",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Read:
    """One thing a plan read before it was drawn up."""

    key: str
    side: Side
    object: str
    found: str


@dataclass(frozen=True, kw_only=True)
class Precondition:
    """Something that must hold before anything is written; `refusal` is the code it is refused with when it does not."""

    key: str
    sentence: str
    met: bool
    refusal: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """One write, to one attribute of one object, which can be repeated without harm.

    `before` and `after` are the values as texts, empty for absent; `claims` the keys of both objects of the pair, by
    which older leases are told from newer ones; `notes` are the door's own and travel unchanged.
    """

    number: int
    key: str
    side: Side
    target: str
    target_name: str
    attribute: str
    before: str
    after: str
    role: str
    permission: str
    reversible: bool
    claims: tuple[str, ...]
    losses: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> StepWords:
        return STEP_WORDS[self.key]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The dry run of a fix: nothing has been written yet."""

    name: PlanName
    fault: Fault
    reads: tuple[Read, ...]
    preconditions: tuple[Precondition, ...]
    steps: tuple[Step, ...]
    fingerprint: str
    made_at: datetime

    @property
    def losses(self) -> tuple[str, ...]:
        """What is lost, each thing once, in the order of the steps."""
        return tuple(dict.fromkeys(loss for step in self.steps for loss in step.losses))

    @property
    def digest(self) -> str:
        """What a person who read this plan has read: both objects, the way, each step and what it costs; 64 digits."""
        steps = [(one.key, one.target, one.attribute, one.before, one.after, *one.losses) for one in self.steps]
        read = json.dumps([self.name, self.fingerprint, steps], ensure_ascii=True)
        return hashlib.sha256(read.encode()).hexdigest()


class StepOutcome(StrEnum):
    WRITTEN = "written"
    ALREADY_THERE = "already-there"


@dataclass(frozen=True, kw_only=True)
class StepResult:
    """What applying a step came to; `before` is what was really found, `log_number` where the directory noted it."""

    key: str
    outcome: StepOutcome
    before: str
    after: str
    at: datetime
    log_number: int | None = None


@dataclass(frozen=True, kw_only=True)
class Observation:
    """Whether a step's effect is already there, and what was found instead."""

    key: str
    present: bool
    found: str
    at: datetime
