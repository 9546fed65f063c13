"""Who asks the API: by a token, or by the session of a browser; and what she may see of a tenant."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from portal.accounts import tokens
from portal.accounts.local import is_present, person_of
from portal.accounts.models import ApiToken, Person, Tenant
from portal.accounts.rights import RIGHTS, Right
from portal.api.problems import NotAllowed, NotKnown, NotSignedIn

SCHEME = "bearer"
HOW = "Send an API token as “Authorization: Bearer …”; the page “API tokens” of your tenant makes one."


@dataclass(frozen=True, kw_only=True)
class Caller:
    """A person, and the token that speaks for her if it is one."""

    person: Person
    token: ApiToken | None = None

    def tenants(self) -> list[Tenant]:
        """The tenants she may see; a token is for one."""
        seen = Tenant.objects.seen_by(self.person).order_by("name", "pk")
        return list(seen.filter(pk=self.token.tenant_id) if self.token else seen)

    def rights_in(self, tenant: Tenant) -> frozenset[Right]:
        """Read anew with each request, so that a right taken away is gone at once."""
        if self.token:
            return self.token.rights_now() if self.token.tenant_id == tenant.pk else frozenset()
        role = tenant.role_of(self.person)
        return RIGHTS[role] if role else frozenset()


def caller(request: HttpRequest) -> Caller:
    """Raises NotSignedIn. A token that is given decides, whoever is signed in besides."""
    given = request.headers.get("Authorization", "")
    if given:
        return _by_token(request, given)
    person = person_of(request)
    if person is None:
        raise NotSignedIn(f"Nobody is signed in. {HOW}")
    return Caller(person=person)


def _by_token(request: HttpRequest, given: str) -> Caller:
    scheme, _blank, secret = given.strip().partition(" ")
    token = tokens.find(secret.strip()) if scheme.casefold() == SCHEME else None
    if token is None or not is_present(token.person, request):
        raise NotSignedIn(f"This token is not known, has expired or was revoked. {HOW}")
    return Caller(person=token.person, token=token)


def tenant_of(request: HttpRequest, slug: str, right: Right) -> Tenant:
    """The tenant of an address, for somebody who may see it. Another one's answers as one that does not exist."""
    asking = caller(request)
    tenant = next((one for one in asking.tenants() if one.slug == slug), None)
    if tenant is None:
        raise NotKnown("There is no such tenant, or you are not in it. GET /api/v1/tenants lists yours.")
    if right not in asking.rights_in(tenant):
        whose = "This token does not carry" if asking.token else "Your role does not carry"
        raise NotAllowed(f"{whose} the right “{right.value}” in {tenant.name}.")
    return tenant
