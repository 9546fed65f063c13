"""The list as somebody left it, kept in her session, so that the way back from an error leads to the same list.

A search for a person may not stand in an address (design section 10); the session is where it can be kept.
"""

from __future__ import annotations

from django.http import HttpRequest

from portal.accounts.models import Tenant
from portal.pages.tenants.wishing import BadWish, fields, is_private, query, read_wish
from portal.sync.listing import Wish

KEY = "lists"
# The query by which an address asks for the list as it was left.
AGAIN = "again"


def remember(request: HttpRequest, tenant: Tenant, wish: Wish) -> None:
    """Written only when it changed, so that a look at a list mostly costs nothing."""
    lists = request.session.get(KEY, {})
    if lists.get(tenant.slug, {}) != fields(wish):
        request.session[KEY] = {**lists, tenant.slug: fields(wish)}


def recalled(request: HttpRequest, tenant: Tenant) -> Wish:
    try:
        return read_wish(request.session.get(KEY, {}).get(tenant.slug, {}))
    except BadWish:  # kept by an older version
        return Wish()


def way_back(request: HttpRequest, tenant: Tenant) -> str:
    """The query of the list as it was left, '' for the plain one."""
    wish = recalled(request, tenant)
    return f"?{AGAIN}=1" if is_private(wish) else query(wish)
