"""Who walks the addresses of the portal, by which methods, and what of Contoso there is to be found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from portal.accounts import tokens
from portal.accounts.models import ApiToken, Person, Tenant
from portal.accounts.rights import FOR_TOKENS, Right, Role
from portal.diagnosis import questions
from portal.diagnosis.fixes import refusing
from portal.directories.refusals import Refusal
from portal.sync.models import SyncError
from tests.committed_demo import committed_demo
from tests.pages.tenants.visitors import browser

__all__ = ["committed_demo"]

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ROLES = {
    "local:ada": Role.GLOBAL_ADMINISTRATOR,
    "local:cem": Role.CONTRIBUTOR,
    "local:rosa": Role.READER,
    "local:grace": None,  # Global Administrator of another tenant
    "local:sam": None,  # portal staff
    "": None,
}
STRANGERS = ("local:grace", "local:sam")


def routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, route)
        elif isinstance(one, URLPattern):
            yield route


ROUTES = list(dict.fromkeys(routes(get_resolver().url_patterns)))


@pytest.fixture
def contoso(committed_demo, settings, db):
    """What a request changes is undone after the test, but in the simulated directory, which nobody here looks into."""
    settings.DEMO = True
    return committed_demo


@pytest.fixture
def numbers(contoso) -> dict[str, int]:
    """An error of Contoso that can be diagnosed and is not answered, one that is opened, and a fix that was refused."""
    ada = Person.objects.get(subject="local:ada")
    errors = list(SyncError.objects.of(contoso).open().filter(is_eligible=True).order_by("pk")[:2])
    fix = contoso.fixes.first()
    diagnosis = questions.diagnosis_now(errors[1], ada)
    if fix is None:
        fix = refusing.keep_refused(diagnosis, ada, Refusal("user-writeback"))
    return {"error": errors[0].pk, "fix": fix.pk, "diagnosed": errors[1].pk}


def visitor(subject: str, **headers: str):
    return browser(Person.objects.get(subject=subject) if subject else None, **headers)


def token_of(tenant: Tenant, subject: str, *rights: Right) -> tuple[ApiToken, str]:
    """A token and its secret; a person has no other rights in it than her own."""
    return tokens.make(tenant, Person.objects.get(subject=subject), name="matrix", rights=rights or FOR_TOKENS, days=7)


def ask(client, method: str, address: str, form: dict[str, str]):
    return (
        client.generic(method, address)
        if method not in ("GET", "POST")
        else getattr(client, method.lower())(address, form)
    )


def body(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace")
