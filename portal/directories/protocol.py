"""The one small Protocol behind which every directory stands; a caller never asks which one it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from portal.directories.evidence import Finding, Question
from portal.directories.faults import Category, Fault, Report
from portal.directories.plans import Fix, Lease, Observation, Plan, Step, StepResult


@dataclass(frozen=True, kw_only=True)
class Capabilities:
    """What a directory can do: ask this, never its class."""

    finds: bool
    plans: bool
    applies: bool
    starts_cycles: bool
    fences: bool
    categories: frozenset[Category]


class Directory(Protocol):
    """A directory with sync errors.

    Every method may raise Unavailable, TimedOut, Throttled or Nonsense; what a directory cannot do raises Unsupported.
    """

    @property
    def capabilities(self) -> Capabilities: ...

    def errors(self) -> Report:
        """The sync errors as of the last export and of now."""
        ...

    def find(self, question: Question, fault: Fault) -> Finding:
        """Evidence for a question about one error, with both objects as they are now."""
        ...

    def plan(self, fix: Fix) -> Plan:
        """The dry run of a fix; raises Refusal, with all preconditions, when one is not met. Writes nothing."""
        ...

    def apply(self, step: Step, lease: Lease) -> StepResult:
        """Do one step: read, then write unless its effect is there already. Raises Refusal, also for an older lease."""
        ...

    def observe(self, step: Step, lease: Lease) -> Observation:
        """Whether a step's effect is there already; also makes older leases void where the directory fences."""
        ...

    def start_cycle(self) -> int:
        """Run a sync cycle now and return its number; raises Refusal while one is under way."""
        ...
