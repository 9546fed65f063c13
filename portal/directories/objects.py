"""Objects of a directory as they cross the door: what a report names, and what a look-up shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Side(StrEnum):
    """Where an object was seen, in the order in which synchronization passes it on."""

    AD = "ad"
    CONNECTOR_SPACE = "connector-space"
    METAVERSE = "metaverse"
    CLOUD = "cloud"


class Kind(StrEnum):
    """What an object is; UNKNOWN where a report does not say."""

    USER = "user"
    GROUP = "group"
    CONTACT = "contact"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class ObjectRef:
    """An object as a report names it; a field a report leaves out is empty.

    `anchor` is the source anchor (base64), the same as the immutable ID of the cloud object; `connector_id` the object's
    id in the connector space; `cloud_id` its object ID in the cloud, empty while it has not been created there.
    """

    kind: Kind = Kind.UNKNOWN
    display_name: str = ""
    user_principal_name: str = ""
    mail: str = ""
    anchor: str = ""
    connector_id: str = ""
    cloud_id: str = ""
    distinguished_name: str = ""
    source_of_authority: str = ""

    @property
    def key(self) -> str:
        """What the object is known by however it is renamed or moved: anchor, else connector-space id, else object ID."""
        return self.anchor or self.connector_id or self.cloud_id


@dataclass(frozen=True, kw_only=True)
class DirectoryObject:
    """An object as a directory holds it now.

    `attributes` has the directory's own attribute names; every value is a tuple of texts, one-valued attributes have
    one, absent ones are left out. Flags are `True`, `False` or absent; times are ISO 8601.
    """

    side: Side
    kind: Kind
    id: str
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    anchor: str = ""
    display_name: str = ""
    deleted: bool = False
    is_incoming: bool = False
    is_existing: bool = False

    def get(self, name: str) -> str:
        """The first value of an attribute, empty where there is none."""
        values = self.attributes.get(name, ())
        return values[0] if values else ""


def fingerprint(objects: Iterable[DirectoryObject]) -> str:
    """A digest of what `objects` hold now, whatever their order: another digest means that something was changed."""
    lines = sorted(repr((one.side, one.id, one.deleted, sorted(one.attributes.items()))) for one in objects)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]
