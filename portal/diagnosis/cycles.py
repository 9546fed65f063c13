"""A tenant's cycle from end to end: read the directory, close the cycle, settle the fixes it shows the result of."""

from __future__ import annotations

from django.db.models import Q

from portal import clock
from portal.accounts.models import Person, Tenant
from portal.accounts.record import note
from portal.accounts.rights import Right
from portal.diagnosis.deadlocks import in_one_transaction
from portal.diagnosis.fixes.settling import settle
from portal.diagnosis.problems import DirectoryTrouble, Refused, RoleMissing
from portal.diagnosis.statuses import current_cycle
from portal.directories.faults import Report
from portal.directories.refusals import DirectoryFailure, Refusal, Unsupported
from portal.sync import actions
from portal.sync.actions import Closed
from portal.sync.doors import door


def due_tenants() -> list[Tenant]:
    """Tenants whose directory should be read now, also those that never were, or were read by a clock set back since."""
    now = clock.now()
    due = Q(sync_state=None) | Q(sync_state__due_at__lte=now) | Q(sync_state__read_at__gt=now)
    return list(Tenant.objects.filter(due).order_by("pk"))


def run_cycle(tenant: Tenant) -> Closed | None:
    """Read the report, and close the cycle with it; None when this export was stored before, by whomever.

    Raises DirectoryTrouble when the directory does not answer; then nothing changes but what the page says of it.
    """
    try:
        report = actions.read_report(tenant)
    except DirectoryFailure as failure:
        raise DirectoryTrouble(failure) from failure
    return in_one_transaction(_store, tenant, report)


def _store(tenant: Tenant, report: Report) -> Closed | None:
    """Everything a report changes."""
    closed = actions.close_cycle(tenant, report)
    number = closed.cycle.number if closed else current_cycle(tenant) - 1
    settle(tenant, report, cycle=number)
    if closed:
        details = {**closed.cycle.counts, "complete": report.complete, "run_status": report.run_status}
        note(tenant, what="cycle-closed", about=str(number), details=details)
    return closed


def start_cycle(tenant: Tenant, by: Person) -> Closed | None:
    """Let the directory run a cycle now, and close the portal's with it.

    Raises RoleMissing, Refused while a cycle is under way, DirectoryTrouble, also where the directory starts none.
    """
    if not tenant.allows(by, Right.RUN_CYCLE):
        raise RoleMissing(tenant=tenant.name)
    try:
        directory = door(tenant)
        if not directory.capabilities.starts_cycles:
            raise Unsupported("This directory starts its cycles itself.")
        number = directory.start_cycle()
    except Refusal as refusal:
        raise Refused(refusal) from refusal
    except DirectoryFailure as failure:
        raise DirectoryTrouble(failure) from failure
    note(tenant, who=by, what="cycle-started", about=str(current_cycle(tenant)), details={"run": number})
    return run_cycle(tenant)
