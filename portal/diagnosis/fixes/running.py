"""A worker's way through a fix: step by step, journalled before and after, resumed by looking at the directory first."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from portal.accounts.rights import Right
from portal.diagnosis.fixes import ending, journal, retrying
from portal.diagnosis.fixes.asking import hand_to_worker
from portal.diagnosis.fixes.journal import What
from portal.diagnosis.fixes.leasing import Held, LostLease, beating, put_off, take
from portal.diagnosis.models import Fix, JournalEntry
from portal.directories import plans, wire
from portal.directories.plans import Step, StepOutcome
from portal.directories.protocol import Directory
from portal.directories.refusals import DirectoryFailure, Refusal
from portal.sync.doors import door

OLDER_LEASE = "older-lease"


class PutOff(Exception):
    """The directory asks for more patience than a worker should sit out."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"for {seconds:.0f} s")
        self.seconds = seconds


class GaveUp(Exception):
    """The directory failed too often."""

    def __init__(self, failure: DirectoryFailure) -> None:
        super().__init__(str(failure))
        self.failure = failure


@dataclass(frozen=True, kw_only=True)
class Work:
    """A fix under way in this process."""

    fix: Fix
    held: Held
    door: Directory

    @property
    def lines(self) -> list[JournalEntry]:
        return list(self.fix.journal.all())


def run_fix(fix_id: int) -> bool:
    """Do a fix, or go on with it; False when there was nothing to do for this worker.

    Raises only what the database raises: then the fix stays as it is, and the sweep hands it to a worker again.
    """
    held = take(fix_id)
    if held is None:
        return False
    try:
        with beating(held):
            _begin(held)
    except LostLease:
        return False
    return True


def _begin(held: Held) -> None:
    fix = Fix.objects.select_related("tenant", "requested_by").get(pk=held.fix)
    try:
        work = Work(fix=fix, held=held, door=door(fix.tenant))
    except DirectoryFailure as failure:
        ending.gave_up(held, list(fix.journal.all()), failure)
        return
    _work(work)


def _work(work: Work) -> None:
    """Everything has an end that is written down, or is put off."""
    journal.write(work.held, What.TAKEN, holder=work.held.holder)
    try:
        if work.fix.attempts > retrying.MOST_ATTEMPTS:
            ending.exhausted(work.held, work.lines)
            return
        if not journal.has_begun(work.lines):
            _check_again(work)
        for step in wire.load(plans.Plan, work.fix.plan).steps:
            if not journal.is_over(work.lines, step):
                _do(work, step)
        ending.done(work.held)
    except PutOff as wait:
        _put_off(work.held, wait.seconds)
    except GaveUp as gone:
        ending.gave_up(work.held, work.lines, gone.failure)
    except Refusal as refusal:
        if refusal.code == OLDER_LEASE:
            raise LostLease from refusal
        ending.refused(work.held, work.lines, refusal)


def _check_again(work: Work) -> None:
    """The last look before the first write: may the person still, and is the plan still the one she read?"""
    person = work.fix.requested_by
    if person is None or not work.fix.tenant.allows(person, Right.APPLY):
        raise Refusal("privilege-missing", facts={"role": "Global Administrator or Contributor"})
    asked = wire.load(plans.Fix, work.fix.asked)
    while True:
        try:
            plan = work.door.plan(asked)
        except DirectoryFailure as failure:
            _bear(work, None, failure, "plan")
            continue
        if plan.steps != wire.load(plans.Plan, work.fix.plan).steps:
            raise Refusal("changed-since", object=plan.fault.existing)
        journal.write(work.held, What.CHECKED, fingerprint=plan.fingerprint)
        return


def _do(work: Work, step: Step) -> None:
    """One step: look, write unless it is there, and try again as the rules say."""
    while True:
        doing = "observe"
        try:
            journal.write(work.held, What.BEFORE, step)
            seen = work.door.observe(step, work.held.lease)
            journal.write(work.held, What.OBSERVED, step, present=seen.present, found=seen.found)
            if seen.present:
                journal.write(work.held, What.AFTER, step, outcome=StepOutcome.ALREADY_THERE, found=seen.found)
                return
            doing = "apply"
            work.held.check()
            result = work.door.apply(step, work.held.lease)
            journal.write(work.held, What.AFTER, step, **wire.dump(result))
            return
        except DirectoryFailure as failure:
            _bear(work, step, failure, doing)
        except Refusal as refusal:
            if refusal.code != OLDER_LEASE:
                journal.write(work.held, What.REFUSED, step, code=refusal.code, facts=refusal.facts)
            raise


def _bear(work: Work, step: Step | None, failure: DirectoryFailure, doing: str) -> None:
    """Write a failure down and wait as long as its rule says; raises GaveUp or PutOff."""
    kind = type(failure).__name__
    journal.write(work.held, What.TROUBLE, step, kind=kind, during=doing, says=str(failure))
    seconds = retrying.wait_after(failure, failed=journal.troubles(work.lines, step, kind))
    if seconds is None:
        if doing == "apply" and step is not None and _came_after_all(work, step):
            return
        raise GaveUp(failure)
    if seconds > settings.FIX_PATIENCE_SECONDS:
        raise PutOff(seconds)
    time.sleep(seconds)


def _came_after_all(work: Work, step: Step) -> bool:
    """A last look. That the write is not there yet says nothing: it may still come, so only its presence counts."""
    try:
        return work.door.observe(step, work.held.lease).present
    except DirectoryFailure:
        return False


def _put_off(held: Held, seconds: float) -> None:
    with transaction.atomic():
        journal.write(held, What.PUT_OFF, seconds=round(seconds, 1))
        put_off(held, seconds=seconds)
        hand_to_worker(held.fix, seconds=seconds)
