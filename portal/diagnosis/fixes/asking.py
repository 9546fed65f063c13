"""Apply Fix as a person meets it: the dry run, and the request that claims both objects before anything is touched."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError
from procrastinate.contrib.django import app

from portal import clock
from portal.accounts.models import Person
from portal.accounts.record import note
from portal.accounts.rights import Right
from portal.diagnosis.deadlocks import in_one_transaction
from portal.diagnosis.fixes import refusing
from portal.diagnosis.fixes.claims import claim, fix_of, holder_of, keys_of
from portal.diagnosis.looking import fault_of
from portal.diagnosis.models import HOLDING, Diagnosis, Fix, FixState
from portal.diagnosis.problems import DirectoryTrouble, DryRunUnseen, FixBusy, NotAtTheFix, Refused, StaleForm
from portal.diagnosis.questions import demand, refuse_stale, way
from portal.diagnosis.statuses import lock
from portal.directories import plans, wire
from portal.directories.plans import Plan
from portal.directories.refusals import DirectoryFailure, Refusal
from portal.flows import Offer
from portal.sync.doors import door
from portal.sync.models import SyncError

RUN_FIX = "run_fix"
# A holder may let go between our claim and our look at it; more often than this nobody is that unlucky.
TRIES = 3


@dataclass(frozen=True, kw_only=True)
class Request:
    """A fix that is asked for: by whom, for which diagnosis, and what it would do."""

    diagnosis: Diagnosis
    by: Person
    asked: plans.Fix
    plan: Plan

    @property
    def error(self) -> SyncError:
        return self.diagnosis.error


def dry_run(diagnosis: Diagnosis, by: Person, *, clears_identifier: bool = False, overrides_use: bool = False) -> Plan:
    """What the fix would read and write now; writes nothing.

    Raises Refused with all preconditions, DirectoryTrouble, and what `answer` raises; NotAtTheFix before the last answer;
    FixBusy when a fix that began meanwhile is what the directory would refuse.
    """
    demand(diagnosis.error, by, Right.APPLY)
    refuse_stale(diagnosis, None)
    _refuse_elsewhere(diagnosis)
    try:
        return _planned(
            diagnosis,
            _answered_fingerprint(diagnosis),
            clears_identifier=clears_identifier,
            overrides_use=overrides_use,
        )
    except Refusal as refusal:
        if holding := holder_of(diagnosis.error.tenant, keys_of(fault_of(diagnosis.error))):
            raise FixBusy(fix=holding.pk) from refusal
        raise Refused(refusal) from refusal


def request_fix(
    diagnosis: Diagnosis,
    by: Person,
    *,
    seen: str = "",
    clears_identifier: bool = False,
    overrides_use: bool = False,
) -> Fix:
    """Claim both objects and hand the fix to a worker; the fix that is under way already, for whoever clicks again.

    `seen` is the digest of the dry run that was read; a plan that differs from it in anything is refused. Raises as
    `dry_run` does, DryRunUnseen without `seen`, and FixBusy when another pair's fix holds one of the objects. A refusal is
    kept as a fix of its own, and leaves the status that it says.
    """
    demand(diagnosis.error, by, Right.APPLY)
    diagnosis = Diagnosis.objects.select_related("error__tenant").get(pk=diagnosis.pk)
    try:
        refuse_stale(diagnosis, None)
    except FixBusy:
        if running := fix_of(diagnosis.error):
            return running
        raise
    _refuse_elsewhere(diagnosis)
    try:
        answered = _answered_fingerprint(diagnosis)
        plan = _planned(diagnosis, answered, clears_identifier=clears_identifier, overrides_use=overrides_use)
        if not seen:
            raise DryRunUnseen
        if plan.digest != seen:
            raise Refusal("changed-since", object=plan.fault.existing)
        _refuse_several(diagnosis.error)
    except Refusal as refusal:
        kept = refusing.keep_refused(diagnosis, by, refusal)
        if kept.state in HOLDING:
            return _same_pair_or_busy(kept, diagnosis.error)
        raise Refused(refusal, fix=kept.pk) from refusal
    asked = plans.Fix(
        fault=plan.fault,
        fingerprint=plan.fingerprint,
        clears_identifier=clears_identifier,
        overrides_use=overrides_use,
    )
    return _claimed(Request(diagnosis=diagnosis, by=by, asked=asked, plan=plan))


def _refuse_elsewhere(diagnosis: Diagnosis) -> None:
    outcome = way(diagnosis).outcome
    if outcome is None or Offer.APPLY_FIX not in outcome.offers:
        raise NotAtTheFix


def _answered_fingerprint(diagnosis: Diagnosis) -> str:
    """Of both objects as they were while the way was answered; raises Refusal when they changed in between."""
    taken = way(diagnosis).answers
    latest = {given["question"]: given["fingerprint"] for given in diagnosis.given if given["question"] in taken}
    known = {one for one in latest.values() if one}
    if len(known) > 1:
        raise Refusal("changed-since", object=fault_of(diagnosis.error).existing)
    return known.pop() if known else ""


def _planned(diagnosis: Diagnosis, fingerprint: str, *, clears_identifier: bool, overrides_use: bool) -> Plan:
    asked = plans.Fix(
        fault=fault_of(diagnosis.error),
        fingerprint=fingerprint,
        clears_identifier=clears_identifier,
        overrides_use=overrides_use,
    )
    try:
        return door(diagnosis.error.tenant).plan(asked)
    except DirectoryFailure as failure:
        raise DirectoryTrouble(failure) from failure


def _refuse_several(error: SyncError) -> None:
    """An incoming object in conflict with two existing ones has no fix; a conflict that only waits for the sweep is over."""
    same = SyncError.objects.of(error.tenant).open().filter(incoming_key=error.incoming_key, sweep_by=None)
    other = same.exclude(existing_key__in=["", error.existing_key]).order_by("pk").first()
    if other is not None:
        raise Refusal("two-existing", object=fault_of(other).existing)


def _claimed(request: Request) -> Fix:
    keys = keys_of(request.asked.fault)
    for _ in range(TRIES):
        try:
            return in_one_transaction(_claim, request, keys)
        except IntegrityError:
            holding = holder_of(request.error.tenant, keys)
            if holding is not None:
                return _same_pair_or_busy(holding, request.error)
    raise FixBusy(fix="")


def _same_pair_or_busy(holding: Fix, error: SyncError) -> Fix:
    if (holding.incoming_key, holding.existing_key) == (error.incoming_key, error.existing_key):
        return holding
    raise FixBusy(fix=holding.pk)


def _claim(request: Request, keys: list[str]) -> Fix:
    """Everything that must be true together: the right, the open errors, the claims, the row, and the worker's job."""
    error = request.error
    siblings = lock(error.tenant, error.incoming_key, error.existing_key)
    if running := fix_of(error):
        return running
    demand(error, request.by, Right.APPLY)
    now = Diagnosis.objects.select_related("error__tenant").get(pk=request.diagnosis.pk)
    refuse_stale(now, request.diagnosis.revision)
    if error.pk not in {one.pk for one in siblings}:
        raise StaleForm
    fix = Fix.objects.create(
        tenant=error.tenant,
        diagnosis=now,
        incoming_key=error.incoming_key,
        existing_key=error.existing_key,
        asked=wire.dump(request.asked),
        plan=wire.dump(request.plan),
        state=FixState.CLAIMED,
        requested_by=request.by,
        requested_at=clock.now(),
        cycle=now.cycle,
    )
    claim(fix, keys)
    fix.errors.set(siblings)
    hand_to_worker(fix.pk)
    details = {"errors": [one.pk for one in siblings], "steps": [step.key for step in request.plan.steps]}
    about = str(error)
    note(error.tenant, who=request.by, what="fix-requested", about=about, error=error.pk, fix=fix.pk, details=details)
    return fix


def hand_to_worker(fix: int, *, seconds: float = 0) -> None:
    """Defer the job, which becomes visible with the transaction it is in; later when the directory asked for patience."""
    options = {"schedule_in": {"seconds": seconds}} if seconds else {}
    app.configure_task(RUN_FIX, allow_unknown=True, **options).defer(fix_id=fix)
