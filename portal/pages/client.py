"""The address that a request comes from, past the operator's own proxies."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """What the outermost trusted proxy saw; whatever stands before that entry could have been written by anybody."""
    peer: str = request.META.get("REMOTE_ADDR", "")
    if not settings.TRUSTED_PROXIES:
        return peer
    passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    return passed[-min(settings.TRUSTED_PROXIES, len(passed))] if passed else peer
