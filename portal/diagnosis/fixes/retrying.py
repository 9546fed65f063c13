"""How often and how patiently a fix tries again, by the way in which the directory failed."""

from __future__ import annotations

from dataclasses import dataclass
from random import uniform

from django.conf import settings

from portal.directories.refusals import DirectoryFailure, Nonsense, Throttled, TimedOut, Unavailable

# A fix that was taken this often without an end is not touched again: something kills its workers.
MOST_ATTEMPTS = 10


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`tries` in all for one step; waits double from `first` to `most`, in units of FIX_WAIT_SECONDS."""

    tries: int
    first: float
    most: float


# What is not in the table is not tried again. facts/directories.md 1.6: Retry-After, else growing waits with a cap.
RULES: dict[type[DirectoryFailure], Rule] = {
    Throttled: Rule(tries=12, first=1, most=60),
    Unavailable: Rule(tries=6, first=1, most=30),
    TimedOut: Rule(tries=5, first=1, most=15),
    Nonsense: Rule(tries=4, first=1, most=15),
}
JITTER = 0.25


def wait_after(failure: DirectoryFailure, *, failed: int) -> float | None:
    """Seconds to wait after the `failed`th failure of this kind; None when it is not tried again.

    What the directory asks for is kept to the full, whatever our own rule says.
    """
    rule = RULES.get(type(failure))
    if rule is None or failed >= rule.tries:
        return None
    own = min(rule.first * 2 ** (failed - 1), rule.most) * settings.FIX_WAIT_SECONDS
    asked = getattr(failure, "retry_after", None) or 0
    return max(asked, own * uniform(1 - JITTER, 1 + JITTER))
