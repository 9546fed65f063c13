"""What the directory says about a question, or why it says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from portal.diagnosis import flow as flows
from portal.diagnosis.problems import trouble_words
from portal.directories import wire
from portal.directories.evidence import Finding, Question
from portal.directories.faults import Fault
from portal.directories.refusals import DirectoryFailure
from portal.sync.doors import door
from portal.sync.models import SyncError


@dataclass(frozen=True, kw_only=True)
class Look:
    """A finding; or none, with `trouble` in one sentence where the directory failed, '' where there is nothing to ask."""

    finding: Finding | None = None
    trouble: str = ""

    @property
    def fingerprint(self) -> str:
        return self.finding.fingerprint if self.finding else ""

    def as_json(self) -> dict[str, Any]:
        """For the record of an answer."""
        evidence = wire.dump(self.finding) if self.finding else None
        return {"evidence": evidence, "trouble": self.trouble, "fingerprint": self.fingerprint}


def fault_of(error: SyncError) -> Fault:
    """The latest report of an error."""
    return wire.load(Fault, error.fault)


def look(error: SyncError, question: str) -> Look:
    """Evidence for a question of the flow, read now. A directory in trouble is no reason to fail: people can answer."""
    wanted = flows.asked_of_the_door(flows.flow(), question)
    return ask(error, wanted) if wanted else Look()


def look_at_objects(error: SyncError) -> Look:
    """Both objects as they are now, for showing them side by side."""
    return ask(error, Question.OBJECTS)


def ask(error: SyncError, question: Question) -> Look:
    try:
        return Look(finding=door(error.tenant).find(question, fault_of(error)))
    except DirectoryFailure as failure:
        return Look(trouble=trouble_words(type(failure))[0])
