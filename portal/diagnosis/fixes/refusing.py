"""What a refusal leaves: its words in the fix, and the status of the errors."""

from __future__ import annotations

from typing import Any

from portal import clock
from portal.accounts.models import Person, Tenant
from portal.accounts.record import note
from portal.diagnosis.deadlocks import in_one_transaction
from portal.diagnosis.fixes.claims import holder_of, keys_of
from portal.diagnosis.looking import fault_of
from portal.diagnosis.models import Diagnosis, Fix, FixState
from portal.diagnosis.questions import refuse_stale
from portal.diagnosis.statuses import lock, put
from portal.directories import wire
from portal.directories.refusals import Leaves, Refusal
from portal.sync.models import Status


def as_json(refusal: Refusal, *, step: str = "", written: list[str] | None = None) -> dict[str, Any]:
    """A refusal for keeping; `step` is where it came, `written` the keys of the steps that had been written by then."""
    return {
        "code": refusal.code,
        "sentence": refusal.sentence,
        "next_action": refusal.next_action,
        "leaves": refusal.leaves.value,
        "object": wire.dump(refusal.object) if refusal.object else None,
        "facts": refusal.facts,
        "preconditions": [wire.dump(one) for one in refusal.preconditions],
        "retry_after": refusal.retry_after,
        "step": step,
        "written": written or [],
    }


def keep_refused(diagnosis: Diagnosis, by: Person, refusal: Refusal) -> Fix:
    """A fix that was refused before anything was claimed, for the history; the errors get the status it leaves.

    Where a fix that began meanwhile holds one of the objects, its own writes are what was refused: then that one, and
    nothing is kept. Claims are committed before a directory is touched, so whoever met a write finds its claim. Raises what
    `refuse_stale` does when the diagnosis is not any more what it was when the fix was asked for.
    """
    return in_one_transaction(_keep_refused, diagnosis, by, refusal)


def _keep_refused(diagnosis: Diagnosis, by: Person, refusal: Refusal) -> Fix:
    error, tenant = diagnosis.error, diagnosis.error.tenant
    siblings = lock(tenant, error.incoming_key, error.existing_key)
    if holding := holder_of(tenant, keys_of(fault_of(error))):
        return holding
    fresh = Diagnosis.objects.select_related("error__tenant").get(pk=diagnosis.pk)
    refuse_stale(fresh, diagnosis.revision)
    now = clock.now()
    fix = Fix.objects.create(
        tenant=tenant,
        diagnosis=diagnosis,
        incoming_key=error.incoming_key,
        existing_key=error.existing_key,
        asked={},
        plan={},
        state=FixState.REFUSED,
        requested_by=by,
        requested_at=now,
        ended_at=now,
        cycle=diagnosis.cycle,
        refusal=as_json(refusal),
    )
    fix.errors.set(siblings)
    leave(tenant, [one.pk for one in siblings], refusal, cycle=diagnosis.cycle)
    note(
        tenant,
        who=by,
        what="fix-refused",
        about=str(error),
        error=error.pk,
        fix=fix.pk,
        details={"code": refusal.code, "leaves": refusal.leaves.value},
    )
    return fix


def leave(tenant: Tenant, errors: list[int], refusal: Refusal, *, cycle: int) -> None:
    """Manual Fix Required in `cycle` where nothing here can help; else Not Started, as it was. Answers stay."""
    if refusal.leaves is Leaves.MANUAL_FIX:
        put(tenant, errors, Status.MANUAL_FIX, cycle=cycle)
