"""API tokens: made by a person for one of her tenants, shown once, found by digest, revoked."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from portal import clock
from portal.accounts.models import ApiToken, Person, Tenant
from portal.accounts.record import note
from portal.accounts.rights import FOR_TOKENS, RIGHTS, Right

# So that a scanner of leaked secrets, or a person, knows what it is.
PREFIX = "shp_"
BYTES = 32
LONGEST_SECRET = 100
LONGEST_DAYS = 365
MOST_LIVING = 20
HINT = 10


class TooMany(Exception):
    """She has as many living tokens for this tenant as anybody may have."""


def offered(tenant: Tenant, person: Person) -> tuple[Right, ...]:
    """The rights a token of hers may carry: hers, and such that a program may use."""
    role = tenant.role_of(person)
    return tuple(right for right in FOR_TOKENS if role and right in RIGHTS[role])


def make(tenant: Tenant, person: Person, *, name: str, rights: Iterable[Right], days: int) -> tuple[ApiToken, str]:
    """A new token and its secret, which nobody can read again. Rights that she has not are left out. Raises TooMany."""
    now = clock.now()
    secret = f"{PREFIX}{secrets.token_urlsafe(BYTES)}"
    carried = [right.value for right in offered(tenant, person) if right in set(rights)]
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        if ApiToken.objects.filter(tenant=tenant, person=person).living(now).count() >= MOST_LIVING:
            raise TooMany
        token = ApiToken.objects.create(
            tenant=tenant,
            person=person,
            name=name,
            digest=digest_of(secret),
            hint=secret[:HINT],
            rights=carried,
            made_at=now,
            expires_at=now + timedelta(days=min(max(days, 1), LONGEST_DAYS)),
        )
        details = {"name": name, "rights": carried, "until": f"{token.expires_at:%Y-%m-%d}"}
        note(tenant, what="token-made", who=person, about=name, details=details)
    return token, secret


def revoke(token: ApiToken, by: Person) -> bool:
    """End a token now; False when it was revoked before."""
    with transaction.atomic():
        done = ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now())
        if done:
            details = {"name": token.name, "of": token.person.name}
            note(token.tenant, what="token-revoked", who=by, about=token.name, details=details)
    return bool(done)


def find(secret: str) -> ApiToken | None:
    """The living token of a secret, whose person is active; its day of use is kept, once a day."""
    if not secret.startswith(PREFIX) or len(secret) > LONGEST_SECRET:
        return None
    now = clock.now()
    found = ApiToken.objects.living(now).filter(digest=digest_of(secret), person__is_active=True)
    token = found.select_related("tenant", "person").first()
    if token and token.used_on != now.date():
        ApiToken.objects.filter(pk=token.pk).update(used_on=now.date())
    return token


def digest_of(secret: str) -> str:
    """A plain digest is enough: the secret is 256 bits of chance, which nobody guesses."""
    return hashlib.sha256(secret.encode()).hexdigest()
