"""How often one client may ask: a window that slides over two counted minutes, in one statement, the same for all processes."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from portal import clock
from portal.accounts.local import client_of
from portal.api.models import ClientCount
from portal.api.problems import problem

SECONDS = 60
MINUTES_KEPT = 10

# Refused requests count up to one above the limit, so that a client that never stops is let in again when it does.
COUNT = """
    INSERT INTO portal_clientcount AS kept (client, minute, number, before) VALUES (%(client)s, %(minute)s, 1, 0)
    ON CONFLICT (client) DO UPDATE SET
        before = CASE WHEN excluded.minute <= kept.minute THEN kept.before
                      WHEN excluded.minute = kept.minute + 1 THEN kept.number ELSE 0 END,
        number = CASE WHEN excluded.minute <= kept.minute THEN least(kept.number, %(limit)s) + 1 ELSE 1 END,
        minute = greatest(excluded.minute, kept.minute)
    RETURNING number, before"""


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What a client has used of its limit: `number` in this minute, `before` in the last; `into` is how far this one is gone."""

    limit: int
    number: int
    before: int
    into: float

    @property
    def used(self) -> float:
        return self.number + self.before * (1 - self.into / SECONDS)

    @property
    def is_exceeded(self) -> bool:
        return self.used > self.limit

    @property
    def remaining(self) -> int:
        return max(0, math.floor(self.limit - self.used))

    @property
    def wait(self) -> int:
        """Seconds until one more request is let in."""
        if self.number < self.limit and self.before:
            share = (self.limit - self.number - 1) / self.before
            return max(1, math.ceil((1 - share) * SECONDS - self.into))
        share = (self.limit - 1) / self.number
        return math.ceil(SECONDS - self.into + max(0.0, 1 - share) * SECONDS)


def allowance(request: HttpRequest) -> Allowance | None:
    """Count this request; None where nothing is limited: on this machine, or when the limit is off."""
    client = client_of(request) if settings.API_RATE else None
    if client is None:
        return None
    moment = clock.now().timestamp()
    values = {"client": key_of(client), "minute": int(moment // SECONDS), "limit": settings.API_RATE}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
        number, before = cursor.fetchone()
    return Allowance(limit=settings.API_RATE, number=number, before=before, into=moment % SECONDS)


def key_of(client: str) -> str:
    return salted_hmac("portal.api.limits", client, algorithm="sha256").hexdigest()[:32]


def refusal(found: Allowance) -> HttpResponse:
    says = f"You asked more than {found.limit} times in a minute. Wait {found.wait} seconds, then ask again."
    response = problem(429, says)
    response.headers["Retry-After"] = str(found.wait)
    return response


def tell(response: HttpResponse, found: Allowance) -> HttpResponse:
    """The headers of draft-ietf-httpapi-ratelimit-headers, so that a client can go slower before it is refused."""
    response.headers["RateLimit-Policy"] = f'"client";q={found.limit};w={SECONDS}'
    response.headers["RateLimit"] = f'"client";r={found.remaining};t={found.wait if found.is_exceeded else SECONDS}'
    return response


def forget_old() -> int:
    """Drop the counts of clients that have been silent for a while."""
    long_ago = int(clock.now().timestamp() // SECONDS) - MINUTES_KEPT
    return ClientCount.objects.filter(minute__lt=long_ago).delete()[0]
