"""Plain makers of the things that cross a door."""

from datetime import UTC, datetime

from portal.directories.faults import CATEGORY_OF, ErrorType, Fault
from portal.directories.objects import Kind, ObjectRef

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def make_ref(name: str = "joe", *, kind: Kind = Kind.USER, **more) -> ObjectRef:
    given = {"kind": kind, "display_name": name, "anchor": f"anchor-{name}", "cloud_id": f"cloud-{name}"} | more
    return ObjectRef(**given)


def make_fault(*, type: ErrorType = ErrorType.QUARANTINED, attribute: str = "UserPrincipalName", **more) -> Fault:
    given = {
        "category": CATEGORY_OF[type],
        "type": type,
        "attribute": attribute,
        "value": "x",
        "incoming": make_ref("incoming"),
        "existing": make_ref("existing"),
        "first_seen": NOON,
        "seen": NOON,
    } | more
    return Fault(**given)
