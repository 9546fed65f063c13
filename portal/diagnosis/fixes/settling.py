"""Settling a fix: by a cycle whose export began after it ended, or by a Global Administrator where nobody can tell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from portal import clock
from portal.accounts.models import Person, Tenant
from portal.accounts.record import note
from portal.accounts.rights import Right
from portal.diagnosis.deadlocks import in_one_transaction
from portal.diagnosis.fixes.claims import release
from portal.diagnosis.models import Diagnosis, Fix, FixState, SettledHow
from portal.diagnosis.problems import CannotSettleSo, NothingToSettle, RoleMissing
from portal.diagnosis.statuses import current_cycle, put
from portal.directories import plans, wire
from portal.directories.faults import Fault, Report
from portal.directories.identity import identity_key
from portal.sync.models import Status, SyncError

OPEN = (FixState.DONE, FixState.UNKNOWN)


class Verdict(StrEnum):
    """What a Global Administrator found when she looked into the directory herself."""

    WRITTEN = "written"
    NOT_WRITTEN = "not-written"


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a report says of a fix's errors. `waits`: some are not covered, or only wait for the hourly sweep."""

    still: frozenset[int]
    waits: bool


def settle(tenant: Tenant, report: Report, *, cycle: int) -> list[Fix]:
    """Settle what this report shows, in the transaction that stored it as that of `cycle`; the fixes that were settled.

    A report that is incomplete, or whose export began before a fix ended, says nothing about it: then errors that came to
    its pair share its Pending Sync.
    """
    listed = {identity_key(fault, tenant=str(tenant.pk)): fault for fault in report.faults}
    settled = []
    for fix in Fix.objects.filter(tenant=tenant, state__in=OPEN).order_by("pk").select_for_update():
        if _ended_in_the_future(fix):
            continue
        if _shows(report, fix) and _settle(fix, listed, cycle):
            settled.append(fix)
        elif fix.state == FixState.DONE:
            _share_pending(fix)
    return settled


def _ended_in_the_future(fix: Fix) -> bool:
    """The clock was set back since it ended: it counts as ended now, so that the export after this one can settle it."""
    now = clock.now()
    if fix.ended_at is None or fix.ended_at <= now:
        return False
    fix.ended_at = now
    fix.save(update_fields=["ended_at"])
    return True


def _shows(report: Report, fix: Fix) -> bool:
    """Whether the report can say what became of a fix."""
    began = report.export_started_at
    return report.complete and began is not None and fix.ended_at is not None and began > fix.ended_at


def _share_pending(fix: Fix) -> None:
    fix.errors.add(*SyncError.objects.of_pair(fix.tenant, fix.incoming_key, fix.existing_key).open())
    put(fix.tenant, _held_errors(fix), Status.PENDING_SYNC, cycle=current_cycle(fix.tenant), until_settled=True)


def settle_unknown(fix: Fix, how: str, by: Person) -> Fix:
    """Settle a fix whose result nobody knows: `written` makes it Pending Sync, `not-written` frees the pair.

    Raises RoleMissing, NothingToSettle, CannotSettleSo.
    """
    if not fix.tenant.allows(by, Right.SETTLE):
        raise RoleMissing(tenant=fix.tenant.name)
    if how not in set(Verdict):
        raise CannotSettleSo(how=how[:40])
    return in_one_transaction(_settle_unknown, fix, Verdict(how), by)


def _settle_unknown(fix: Fix, how: Verdict, by: Person) -> Fix:
    _held_errors(fix)
    fix = Fix.objects.select_for_update(of=["self"]).select_related("tenant").get(pk=fix.pk)
    if fix.state != FixState.UNKNOWN:
        raise NothingToSettle
    if how is Verdict.WRITTEN:
        _wait_for_cycle(fix)
    else:
        _close(fix, SettledHow.BY_PERSON, current_cycle(fix.tenant))
    note(fix.tenant, who=by, what="fix-settled", fix=fix.pk, error=_first(fix), details={"how": how})
    return fix


def _wait_for_cycle(fix: Fix) -> None:
    """As if the worker had learned it only now: the next export decides."""
    fix.state, fix.ended_at, fix.message = FixState.DONE, clock.now(), ""
    fix.save(update_fields=["state", "ended_at", "message"])
    _share_pending(fix)


def _settle(fix: Fix, listed: dict[str, Fault], cycle: int) -> bool:
    _link_newcomers(fix, listed, cycle)
    seen = _look_for(fix, listed)
    if seen.waits:
        return False
    how = SettledHow.STILL_THERE if seen.still else SettledHow.CLEARED
    _close(fix, how, cycle)
    SyncError.objects.filter(pk__in=seen.still).update(fixed_in=cycle)
    note(fix.tenant, what="fix-settled", fix=fix.pk, error=_first(fix), details={"how": how, "cycle": cycle})
    return True


def _link_newcomers(fix: Fix, listed: dict[str, Fault], cycle: int) -> None:
    """Errors that the same pair got after the fix belong to it: its result is not good because another error came.

    The incoming object may have the existing one's anchor by now (the plan in Active Directory writes it), and not every
    error names the existing object.
    """
    reported = SyncError.objects.of(fix.tenant).open().filter(key__in=list(listed))
    existing = wire.load(plans.Fix, fix.asked).fault.existing
    anchors = {fix.incoming_key, existing.anchor if existing else ""} - {""}
    same_pair = Q(existing_key=fix.existing_key)
    without_existing = Q(existing_key="", first_cycle=cycle)
    fix.errors.add(*reported.filter(same_pair | without_existing, incoming_key__in=anchors))


def _look_for(fix: Fix, listed: dict[str, Fault]) -> Seen:
    rows = SyncError.objects.filter(pk__in=_held_errors(fix)).open()
    still = {row.pk for row in rows if row.key in listed and listed[row.key].sweep_by is None}
    return Seen(still=frozenset(still), waits=any(row.pk not in still for row in rows))


def _held_errors(fix: Fix) -> list[int]:
    """The ids of the fix's errors, their rows held in the order in which everybody holds them."""
    ids = list(fix.errors.values_list("pk", flat=True))
    return list(SyncError.objects.filter(pk__in=ids).order_by("pk").select_for_update().values_list("pk", flat=True))


def _close(fix: Fix, how: SettledHow, cycle: int) -> None:
    """Free the pair, and let what is still open begin anew."""
    fix.state, fix.settled_how, fix.settled_in, fix.settled_at = FixState.SETTLED, how, cycle, clock.now()
    fix.save(update_fields=["state", "settled_how", "settled_in", "settled_at"])
    release(fix)
    ids = _held_errors(fix)
    SyncError.objects.filter(pk__in=ids).update(status=Status.NOT_STARTED, status_cycle=0)
    now = current_cycle(fix.tenant)
    Diagnosis.objects.filter(error_id__in=ids, cycle=now, status=Status.PENDING_SYNC).update(status=Status.NOT_STARTED)


def _first(fix: Fix) -> int | None:
    return fix.errors.order_by("pk").values_list("pk", flat=True).first()
