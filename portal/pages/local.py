"""Whether a request was made on this very machine: the only place from which the demo lets people in without a password."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

# Any of these says that somebody stands between the browser and us, so that REMOTE_ADDR says nothing of the browser.
FORWARDING = ("Via", "X-Real-Ip", "X-Client-Ip", "True-Client-Ip", "Cf-Connecting-Ip", "X-Envoy-External-Address")
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
