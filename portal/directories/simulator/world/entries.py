"""The things that Contoso consists of: objects in each of the four places, and the links between them."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field

from portal.directories.faults import ErrorType
from portal.directories.objects import Kind

BIN_DAYS = 30


class Remembered(BaseModel):
    """A part of the document; an unknown key is a defect, not something to drop silently."""

    model_config = ConfigDict(extra="forbid")


class Numbered(Remembered):
    """A part with an id and a place in the order of making: JSON stores may reorder keys, the engine must not notice."""

    id: str
    seq: int
    kind: Kind


class Entry(Numbered):
    """Something with attributes; every value is a list of texts, and an absent attribute has no key."""

    attributes: dict[str, list[str]] = Field(default_factory=dict)

    def get(self, name: str) -> str:
        values = self.attributes.get(name)
        return values[0] if values else ""

    def all(self, name: str) -> list[str]:
        return list(self.attributes.get(name, ()))

    def put(self, name: str, *values: str) -> None:
        """Replace the values of an attribute; none removes it."""
        kept = [value for value in values if value]
        if kept:
            self.attributes[name] = kept
        else:
            self.attributes.pop(name, None)


def parent_of(dn: str) -> str:
    """The container of a DN, minding commas that are escaped."""
    index = 0
    while (index := dn.find(",", index)) > 0 and dn[index - 1] == "\\":
        index += 1
    return dn[index + 1 :] if index > 0 else ""


class AdObject(Entry):
    """An object in Active Directory; `id` is its objectGUID. A deleted one is in the recycle bin of AD."""

    dn: str
    created_at: datetime
    changed_at: datetime
    deleted_at: datetime | None = None

    @property
    def is_live(self) -> bool:
        return self.deleted_at is None

    @property
    def parent(self) -> str:
        return parent_of(self.dn)


class SpaceObject(Entry):
    """An object in the AD connector's space: what was imported last, and the anchor it was first exported with."""

    ad_id: str
    dn: str
    anchor: str
    anchor_now: str
    metaverse_id: str = ""


class MetaverseObject(Entry):
    """An object in the metaverse; `filtered` is cloudFiltered: known, but not for the cloud."""

    anchor: str
    space_id: str
    filtered: bool = False


class ExportFault(Remembered):
    """An error of the last export of one object."""

    type: ErrorType
    attribute: str = ""
    value: str = ""
    existing: str = ""
    code: int | None = None
    detail: str = ""
    first_seen: datetime
    seen: datetime


class Connector(Numbered):
    """An object in the cloud connector's space.

    Without `metaverse_id` it was only imported from the cloud (an orphan: Pending Import, Add); without `cloud_id` it
    waits to be added. `desired` is what synchronization wants, `exported` what the last good export sent;
    `moved_anchor` is an anchor that came too late, when the cloud knew the object by another one.
    """

    anchor: str
    metaverse_id: str = ""
    cloud_id: str = ""
    going: bool = False
    moved_anchor: str = ""
    desired: dict[str, list[str]] = Field(default_factory=dict)
    exported: dict[str, list[str]] = Field(default_factory=dict)
    errors: list[ExportFault] = Field(default_factory=list)

    @property
    def pending(self) -> str:
        """What the next export would do: add, update, delete; `import-add` for an orphan; empty for nothing."""
        if self.going:
            return "delete"
        if not self.metaverse_id:
            return "import-add"
        if not self.cloud_id:
            return "add"
        return "update" if self.desired != self.exported or self.errors or self.moved_anchor else ""


class Held(Remembered):
    """A quarantined value: a provisioning error of a cloud object, in Graph's terms.

    `existing` is the id of the object that held the value when it was put away.
    """

    property: str
    value: str
    occurred: datetime
    existing: str = ""


class CloudObject(Entry):
    """An object in the cloud directory; `sync` is onPremisesSyncEnabled: True synced, None cloud, False was synced."""

    created_at: datetime
    created_cycle: int = 0
    deleted_at: datetime | None = None
    restored_at: datetime | None = None
    signed_in_at: datetime | None = None
    last_sync_at: datetime | None = None
    sync: bool | None = None
    cloud_managed: bool = False
    anchor: str = ""
    identifier: str = ""
    licences: list[str] = Field(default_factory=list)
    mailbox: bool = False
    roles: list[str] = Field(default_factory=list)
    eligible_roles: list[str] = Field(default_factory=list)
    held: list[Held] = Field(default_factory=list)

    @property
    def is_live(self) -> bool:
        return self.deleted_at is None

    @property
    def purged_on(self) -> datetime | None:
        """When the recycle bin lets go of it."""
        return self.deleted_at + timedelta(days=BIN_DAYS) if self.deleted_at else None
