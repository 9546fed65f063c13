"""A fix's hold on both objects of its pair, taken before the directory is touched and kept until the result is known."""

from __future__ import annotations

from collections.abc import Iterable

from portal import clock
from portal.accounts.models import Tenant
from portal.diagnosis.models import HOLDING, Claim, Fix
from portal.directories.faults import Fault
from portal.sync.models import SyncError


def keys_of(fault: Fault) -> list[str]:
    """What a fix of this fault claims, in the order in which it is claimed.

    The incoming object is claimed by its anchor, and by its object ID too when it has one in the cloud: there it may be
    the existing object of another error.
    """
    keys = {f"source:{fault.incoming.key}"}
    if fault.incoming.cloud_id:
        keys.add(f"cloud:{fault.incoming.cloud_id}")
    if fault.existing is not None:
        keys.add(f"cloud:{fault.existing.cloud_id or fault.existing.key}")
    return sorted(keys)


def claim(fix: Fix, keys: list[str]) -> None:
    """Raises IntegrityError when another fix holds one of the objects; waits for one that is just being asked for."""
    Claim.objects.bulk_create([Claim(tenant_id=fix.tenant_id, key=key, fix=fix) for key in keys])


def release(fix: Fix) -> None:
    Claim.objects.filter(fix=fix, released_at=None).update(released_at=clock.now())


def holder_of(tenant: Tenant, keys: list[str]) -> Fix | None:
    """The fix that holds one of the objects now."""
    held = Claim.objects.filter(tenant=tenant, key__in=keys, released_at=None).select_related("fix").order_by("key")
    first = held.first()
    return first.fix if first else None


def fix_of(error: SyncError) -> Fix | None:
    """The fix that holds this error's pair: while there is one, no second one is offered."""
    return fixes_of([error]).get(error.pk)


def fixes_of(errors: Iterable[SyncError]) -> dict[int, Fix]:
    """The fixes that hold these errors (of one tenant) or their pairs, by error id, in two queries."""
    wanted = list(errors)
    if not wanted:
        return {}
    holding = Fix.objects.filter(tenant=wanted[0].tenant_id, state__in=HOLDING)
    of_pairs = holding.filter(incoming_key__in={one.incoming_key for one in wanted})
    pairs = {(fix.incoming_key, fix.existing_key): fix for fix in of_pairs}
    links = Fix.errors.through.objects.filter(fix__in=holding, syncerror_id__in=[one.pk for one in wanted])
    found = {link.syncerror_id: link.fix for link in links.select_related("fix")}
    for one in wanted:
        if fix := pairs.get((one.incoming_key, one.existing_key)):
            found[one.pk] = fix
    return found


def last_fix_of(error: SyncError) -> Fix | None:
    """The latest fix of this error, ended or not, for its history."""
    return error.fixes.order_by("-pk").first()
