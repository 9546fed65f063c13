"""Finds fixes that nobody works on, because their worker was killed, froze, or never got the job."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from portal import clock
from portal.diagnosis.fixes.leasing import free
from portal.diagnosis.models import Fix, FixState


def left_alone() -> list[int]:
    """The fixes that a worker should take now. A new one is given the time of a beat to be taken by its own job."""
    asked_long_ago = Q(requested_at__lt=clock.now() - timedelta(seconds=settings.FIX_DEAD_SECONDS))
    waiting = Fix.objects.filter(free()).filter(~Q(state=FixState.CLAIMED) | asked_long_ago)
    return list(waiting.order_by("pk").values_list("pk", flat=True))
