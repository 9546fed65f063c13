"""Who a request comes from, as far as counting needs it: a hash under the key of the day, never the address."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import date
from ipaddress import ip_address, ip_network

from portal.articles.feedback.models import FeedbackDay

# Whoever has one address of the sixth version has all of a network's.
ONE_CLIENT_V6 = 64


def key_of(day: date) -> bytes:
    """The day's key, made by whoever speaks first; those of other days are forgotten, and with them who spoke."""
    found, is_new = FeedbackDay.objects.get_or_create(day=day, defaults={"key": secrets.token_bytes(32)})
    if is_new:
        forget_other_days(day)
    return bytes(found.key)


def hashed(key: bytes, *parts: str) -> bytes:
    return hmac.digest(key, "\n".join(parts).encode(), hashlib.sha256)[:16]


def one_client(address: str) -> str:
    """The same text for all addresses of one client; whatever is no address counts as one."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((found, ONE_CLIENT_V6), strict=False))


def forget_other_days(today: date) -> int:
    """Delete the keys of past days and the voices under them; what was said stays."""
    return FeedbackDay.objects.exclude(day=today).delete()[0]
