"""Who works on a fix: one worker at a time, known by a lease that rises, and seen to live by its beat."""

from __future__ import annotations

import contextvars
import os
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.models import Case, F, Q, When
from django.db.models.expressions import RawSQL

from portal import clock
from portal.diagnosis.models import Fix, FixState
from portal.directories import plans

# Whatever a directory asks for: after that it is asked again, and may ask for patience again.
LONGEST_WAIT = timedelta(hours=1)


class LostLease(Exception):
    """Another worker has taken the fix over, or it has ended: write nothing more."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """A fix in the hands of this worker, as long as `number` is its lease."""

    fix: int
    number: int
    holder: str

    @property
    def lease(self) -> plans.Lease:
        """As the directory knows it."""
        return plans.Lease(fix=str(self.fix), number=self.number, holder=self.holder)

    def beat(self) -> bool:
        """Say that the worker lives; False when the fix is no longer its own."""
        rows = Fix.objects.filter(pk=self.fix, lease=self.number, state=FixState.RUNNING)
        return bool(rows.update(beat_at=clock.now()))

    def check(self) -> None:
        """Raise LostLease unless the fix is still this worker's."""
        if not self.beat():
            raise LostLease


def free() -> Q:
    """Fixes that a worker may take: new ones, those put off whose time has come, and those whose worker fell silent.

    A time far in the future was noted by a clock that has been set back since, and says nothing.
    """
    now = clock.now()
    dead = timedelta(seconds=settings.FIX_DEAD_SECONDS)
    silent = Q(beat_at__lt=now - dead) | Q(beat_at__gt=now + dead)
    due = Q(waits_until=None) | Q(waits_until__lte=now) | Q(waits_until__gt=now + LONGEST_WAIT + dead)
    return Q(state=FixState.CLAIMED) | Q(state=FixState.RUNNING) & due & (Q(holder="") | silent)


def take(fix: int) -> Held | None:
    """Take a fix with a new lease; None when another worker is at it, or it has ended.

    One that was put off was in good hands, so going on with it is no further attempt.
    """
    holder = f"{socket.gethostname()}/{os.getpid()}/{uuid.uuid4().hex[:8]}"
    taken = Fix.objects.filter(free(), pk=fix).update(
        state=FixState.RUNNING,
        lease=RawSQL("nextval('portal_fix_lease')", []),
        holder=holder,
        beat_at=clock.now(),
        waits_until=None,
        attempts=Case(When(state=FixState.RUNNING, holder="", then=F("attempts")), default=F("attempts") + 1),
    )
    if not taken:
        return None
    number = Fix.objects.filter(pk=fix, holder=holder).values_list("lease", flat=True).first()
    return Held(fix=fix, number=number, holder=holder) if number else None


def put_off(held: Held, *, seconds: float) -> None:
    """Let go of the fix for a while, because the directory asked for patience. Raises LostLease."""
    rows = Fix.objects.filter(pk=held.fix, lease=held.number, state=FixState.RUNNING)
    wait = min(timedelta(seconds=seconds), LONGEST_WAIT)
    if not rows.update(holder="", waits_until=clock.now() + wait):
        raise LostLease


@contextmanager
def beating(held: Held) -> Iterator[None]:
    """Beat beside the work, which may wait long for a directory."""
    stop = threading.Event()
    context = contextvars.copy_context()
    thread = threading.Thread(target=context.run, args=(_beat_until, held, stop), name=f"beat of fix {held.fix}")
    thread.daemon = True
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _beat_until(held: Held, stop: threading.Event) -> None:
    try:
        while not stop.wait(settings.FIX_BEAT_SECONDS):
            try:
                if not held.beat():
                    return
            except (DatabaseError, InterfaceError):
                # A restarted database: the next beat has a new connection. If none comes through, silence says so.
                connection.close()
    finally:
        connection.close()
