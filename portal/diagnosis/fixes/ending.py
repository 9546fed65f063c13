"""The ends of a fix: done, refused, failed or unknown, each with the status it leaves and with what becomes of the claims."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

from portal import clock
from portal.accounts.record import note
from portal.diagnosis.deadlocks import in_one_transaction
from portal.diagnosis.fixes import journal, refusing
from portal.diagnosis.fixes.claims import release
from portal.diagnosis.fixes.journal import What
from portal.diagnosis.fixes.leasing import Held, LostLease
from portal.diagnosis.models import Fix, FixState, JournalEntry
from portal.diagnosis.statuses import current_cycle, lock, put
from portal.directories.refusals import DirectoryFailure, Refusal
from portal.sync.models import Status

FAILED = gettext_noop(
    "The directory did not answer, and nothing was written. Refresh the page and apply the fix again after the next cycle."
)
HALF_DONE = gettext_noop(
    "The directory stopped answering after some of the steps. Those written are listed. Apply the fix again to go on; where it "
    "finds no conflict any more, the next cycle reports the error anew, and the fix goes on from there."
)
UNKNOWN = gettext_noop(
    "The directory did not say whether the last step was written. The next complete cycle will show it, or a Global "
    "Administrator looks into the directory and settles it."
)
EXHAUSTED = gettext_noop(
    "This fix was begun too often without reaching an end, so it was stopped. Nothing more is written."
)


def done(held: Held) -> None:
    """Pending Sync for all errors of the pair, in every cycle until one of them shows what became of it."""
    in_one_transaction(_done, held)


def _done(held: Held) -> None:
    fix = _end(held, FixState.DONE)
    siblings = lock(fix.tenant, fix.incoming_key, fix.existing_key)
    fix.errors.add(*siblings)
    ids = list(fix.errors.values_list("pk", flat=True))
    put(fix.tenant, ids, Status.PENDING_SYNC, cycle=current_cycle(fix.tenant), until_settled=True)


def refused(held: Held, lines: list[JournalEntry], refusal: Refusal) -> None:
    """The directory will not; the answers stay, and so does what had been written by then."""
    step = lines[-1].key if lines and lines[-1].what == What.REFUSED else ""
    words = refusing.as_json(refusal, step=step, written=journal.written(lines))
    in_one_transaction(_refused, held, words, refusal)


def _refused(held: Held, words: dict[str, Any], refusal: Refusal) -> None:
    fix = _end(held, FixState.REFUSED, refusal=words)
    release(fix)
    lock(fix.tenant, fix.incoming_key, fix.existing_key)
    ids = list(fix.errors.values_list("pk", flat=True))
    refusing.leave(fix.tenant, ids, refusal, cycle=current_cycle(fix.tenant))


def gave_up(held: Held, lines: list[JournalEntry], failure: DirectoryFailure) -> None:
    """Failed when everything is known, else unknown: then the claims stay, and nobody guesses."""
    words = HALF_DONE if journal.written(lines) else FAILED
    _stop(held, lines, words, says=str(failure))


def exhausted(held: Held, lines: list[JournalEntry]) -> None:
    _stop(held, lines, HALF_DONE if journal.written(lines) else EXHAUSTED, says="")


def _stop(held: Held, lines: list[JournalEntry], words: str, *, says: str) -> None:
    if doubtful := journal.in_doubt(lines):
        in_one_transaction(_end, held, FixState.UNKNOWN, message=UNKNOWN, doubtful=doubtful, says=says)
    else:
        in_one_transaction(lambda: release(_end(held, FixState.FAILED, message=words, says=says)))


def _end(
    held: Held,
    state: FixState,
    *,
    message: str = "",
    refusal: dict[str, Any] | None = None,
    **details: str,
) -> Fix:
    """Write the end in one go; raises LostLease for a worker whose fix was taken over."""
    told = {"state": state, **details, **({"code": refusal["code"]} if refusal else {})}
    journal.write(held, What.ENDED, **told)
    rows = Fix.objects.filter(pk=held.fix, lease=held.number, state=FixState.RUNNING)
    if not rows.update(state=state, ended_at=clock.now(), holder="", message=message, refusal=refusal):
        raise LostLease
    fix = Fix.objects.select_related("tenant").get(pk=held.fix)
    first = fix.errors.order_by("pk").first()
    about = str(first) if first else ""
    note(fix.tenant, what=f"fix-{state}", about=about, error=first.pk if first else None, fix=fix.pk, details=told)
    return fix
