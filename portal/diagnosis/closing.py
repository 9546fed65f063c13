"""Close and reopen: a person says that an error needs a manual fix, for the length of this cycle."""

from __future__ import annotations

from django.db import transaction

from portal import clock
from portal.accounts.models import Person
from portal.accounts.record import note
from portal.accounts.rights import Right
from portal.diagnosis.fixes.claims import fix_of
from portal.diagnosis.models import Diagnosis
from portal.diagnosis.problems import ClosedAlready, FixBusy, NotClosed, NothingToClose
from portal.diagnosis.questions import demand, refuse_stale, way
from portal.diagnosis.statuses import current_cycle, put
from portal.flows import Offer
from portal.sync.models import Status, SyncError


def may_close(diagnosis: Diagnosis) -> bool:
    """Whether the answers lead to an end that offers Close."""
    outcome = way(diagnosis).outcome
    return outcome is not None and Offer.CLOSE in outcome.offers


def close(diagnosis: Diagnosis, by: Person, *, revision: int | None = None) -> Diagnosis:
    """Manual Fix Required for this cycle. Raises as `answer` does, and NothingToClose."""
    demand(diagnosis.error, by, Right.DIAGNOSE)
    with transaction.atomic():
        diagnosis = _held(diagnosis)
        refuse_stale(diagnosis, revision)
        if not may_close(diagnosis):
            raise NothingToClose
        rows = Diagnosis.objects.filter(pk=diagnosis.pk, status=Status.NOT_STARTED, revision=diagnosis.revision)
        closed = rows.update(closed_at=clock.now(), closed_by=by, revision=diagnosis.revision + 1)
        if not closed or not put(diagnosis.tenant, [diagnosis.error_id], Status.MANUAL_FIX, cycle=diagnosis.cycle):
            raise ClosedAlready
        _note(diagnosis, by, "closed")
    diagnosis.refresh_from_db()
    return diagnosis


def reopen(diagnosis: Diagnosis, by: Person) -> Diagnosis:
    """Back to Not Started in the same cycle; the answers are still there. Raises RoleMissing, FixBusy, NotClosed."""
    demand(diagnosis.error, by, Right.DIAGNOSE)
    with transaction.atomic():
        diagnosis = _held(diagnosis)
        if holding := fix_of(diagnosis.error):
            raise FixBusy(fix=holding.pk)
        now = current_cycle(diagnosis.tenant)
        rows = Diagnosis.objects.filter(pk=diagnosis.pk, cycle=now, status=Status.MANUAL_FIX)
        if not rows.update(closed_at=None, closed_by=None, revision=diagnosis.revision + 1):
            raise NotClosed
        if not put(diagnosis.tenant, [diagnosis.error_id], Status.NOT_STARTED, cycle=now):
            raise NotClosed
        _note(diagnosis, by, "reopened")
    diagnosis.refresh_from_db()
    return diagnosis


def _held(diagnosis: Diagnosis) -> Diagnosis:
    """The diagnosis as it is now, the row of its error held."""
    SyncError.objects.select_for_update().get(pk=diagnosis.error_id)
    return Diagnosis.objects.select_related("error__tenant", "tenant").get(pk=diagnosis.pk)


def _note(diagnosis: Diagnosis, by: Person, what: str) -> None:
    details = {"cycle": diagnosis.cycle, "outcome": diagnosis.outcome}
    note(diagnosis.tenant, who=by, what=what, about=str(diagnosis.error), error=diagnosis.error_id, details=details)
