"""Who a request comes from, as far as counting needs it: a hash under the key of the day, never the address."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import date

from portal.articles.feedback.models import FeedbackDay


def key_of(day: date) -> bytes:
    """The day's key, made by whoever speaks first; those of other days are forgotten, and with them who spoke."""
    found, is_new = FeedbackDay.objects.get_or_create(day=day, defaults={"key": secrets.token_bytes(32)})
    if is_new:
        forget_other_days(day)
    return bytes(found.key)


def hashed(key: bytes, *parts: str) -> bytes:
    return hmac.digest(key, "\n".join(parts).encode(), hashlib.sha256)[:16]


def forget_other_days(today: date) -> int:
    """Delete the keys of past days and the voices under them; what was said stays."""
    return FeedbackDay.objects.exclude(day=today).delete()[0]
