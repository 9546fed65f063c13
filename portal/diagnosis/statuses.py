"""The diagnose status: set in the error's row and in the diagnoses of the cycle together, never in one alone."""

from __future__ import annotations

from collections.abc import Iterable

from portal.accounts.models import Tenant
from portal.diagnosis.models import Diagnosis
from portal.sync.models import EVERY_CYCLE, Status, SyncError, SyncState

FIRST_CYCLE = 1


def current_cycle(tenant: Tenant) -> int:
    """The number of the cycle that is open now; the first one's while nothing was read."""
    return SyncState.objects.filter(tenant=tenant).values_list("cycle", flat=True).first() or FIRST_CYCLE


def put(tenant: Tenant, errors: Iterable[int], status: Status, *, cycle: int, until_settled: bool = False) -> int:
    """Give errors (ids) a status in `cycle`, or in every cycle until their fix is settled; how many errors took it.

    Only eligible errors that are open take one. Call it in a transaction that holds their rows.
    """
    rows = SyncError.objects.of(tenant).open().filter(pk__in=list(errors), is_eligible=True)
    taken = list(rows.values_list("pk", flat=True))
    SyncError.objects.filter(pk__in=taken).update(status=status, status_cycle=EVERY_CYCLE if until_settled else cycle)
    Diagnosis.objects.filter(tenant=tenant, error_id__in=taken, cycle=cycle).update(status=status)
    return len(taken)


def lock(tenant: Tenant, incoming: str, existing: str) -> list[SyncError]:
    """The open errors of a pair, their rows held, always in the same order."""
    rows = SyncError.objects.of_pair(tenant, incoming, existing).open().order_by("pk")
    return list(rows.select_for_update())
