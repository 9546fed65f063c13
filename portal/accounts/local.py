"""Where a request comes from: this very machine, from which alone the demo lets people in without a password, or a client elsewhere."""

from __future__ import annotations

import re
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

from portal.accounts.models import Person

# Any of these says that somebody stands between the browser and us, so that REMOTE_ADDR says nothing of the browser.
FORWARDING = ("Via", "X-Real-Ip", "X-Client-Ip", "True-Client-Ip", "Cf-Connecting-Ip", "X-Envoy-External-Address")
# Some proxies write the port beside the address; it changes with each connection and says nothing of the client.
WITH_PORT = re.compile(r"\[([0-9A-Fa-f:.]+)\](?::\d+)?|([0-9.]+):\d+")
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})


def lets_in_locally(request: HttpRequest) -> bool:
    """The demo is on, and both ends of the connection are this machine, with nothing in between."""
    return settings.DEMO and is_loopback(request.META.get("REMOTE_ADDR", "")) and is_direct(request)


def is_loopback(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback


def is_direct(request: HttpRequest) -> bool:
    host = request.get_host().casefold()
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    forwarded = any(header in request.headers for header in FORWARDING)
    return name in LOCAL_HOSTS and not forwarded and not any("forwarded" in one.casefold() for one in request.headers)


def person_of(request: HttpRequest) -> Person | None:
    """Who is signed in. A person of the demo is nobody as soon as she does not come from this machine, or the demo is off."""
    person = request.user
    return person if person.is_authenticated and is_present(person, request) else None


def is_present(person: Person, request: HttpRequest) -> bool:
    """Whether somebody who has shown who she is may act from where the request comes from."""
    return person.is_active and (not person.is_local or lets_in_locally(request))


def client_of(request: HttpRequest) -> str | None:
    """The address of the client, by as many proxies as PORTAL_PROXIES says stand before us; None on this machine itself.

    What else a client writes into X-Forwarded-For is its own invention. An IPv6 client owns a network of 64 bits.
    """
    told = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    direct = request.META.get("REMOTE_ADDR", "")
    if is_loopback(direct) and is_direct(request):
        return None
    address = told[-settings.PROXIES] if 0 < settings.PROXIES <= len(told) else direct
    if parts := WITH_PORT.fullmatch(address):
        address = parts[1] or parts[2]
    try:
        found = ip_address(address)
    except ValueError:
        return address[:64]
    found = getattr(found, "ipv4_mapped", None) or found
    return str(found) if found.version == 4 else str(ip_network((found, 64), strict=False))
