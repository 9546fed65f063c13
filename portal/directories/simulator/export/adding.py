"""The export of a new object: it is matched, or made with what is not in conflict."""

from __future__ import annotations

from datetime import datetime

from portal.directories.objects import Kind
from portal.directories.simulator.export.matching import hard_match, soft_match
from portal.directories.simulator.export.quarantine import place_addresses, place_name, refuse_conflicts
from portal.directories.simulator.export.validating import validate
from portal.directories.simulator.world import switches
from portal.directories.simulator.world.bin import restore
from portal.directories.simulator.world.entries import AdObject, CloudObject, Connector
from portal.directories.simulator.world.state import SYNC_ENGINE, State
from portal.directories.simulator.world.values import PROXIES, SID, UPN

GUID = "mS-DS-ConsistencyGuid"
PLACED = frozenset({UPN, PROXIES})
LATER = frozenset({"manager", "members"})


def add(state: State, connector: Connector, now: datetime) -> None:
    """Raises ExportRefused; the object then stays Pending Add."""
    validate(state, connector.desired)
    source = source_of(state, connector)
    found = hard_match(state, connector, source.id)
    found = found or soft_match(state, connector)
    _refuse(state, connector, found)
    if found is None:
        found = _create(state, connector, now)
    else:
        _take_over(state, connector, found, now)
    fill(state, found, connector, now, anew=True)
    found.identifier = source.id
    connector.cloud_id = found.id
    connector.exported = dict(connector.desired)
    _write_guid(state, source, now)


def _write_guid(state: State, source: AdObject, now: datetime) -> None:
    """The first export writes objectGUID into an empty mS-DS-ConsistencyGuid, so that a move keeps the anchor."""
    if source.get(GUID) or not state.switched(switches.GUID_ANCHOR):
        return
    source.put(GUID, source.id)
    name = source.get("displayName")
    state.note(now, SYNC_ENGINE, "set", target=source.id, name=name, attribute=GUID, after=source.id)


def _refuse(state: State, connector: Connector, found: CloudObject | None) -> None:
    """Conflicts of a matched object are counted without itself."""
    connector.cloud_id = found.id if found else ""
    try:
        refuse_conflicts(state, connector, (SID, UPN, PROXIES))
    finally:
        connector.cloud_id = ""


def source_of(state: State, connector: Connector) -> AdObject:
    person = state.metaverse[connector.metaverse_id]
    return state.ad[state.space[person.space_id].ad_id]


def _create(state: State, connector: Connector, now: datetime) -> CloudObject:
    seq = state.next_seq()
    one = CloudObject(
        id=state.new_id("cloud", seq),
        seq=seq,
        kind=Kind(connector.kind),
        created_at=now,
        created_cycle=state.engine.cycle,
        sync=True,
        anchor=connector.anchor,
    )
    state.cloud[one.id] = one
    state.note(now, SYNC_ENGINE, "created", target=one.id, name=connector.desired.get("displayName", [""])[0])
    return one


def _take_over(state: State, connector: Connector, found: CloudObject, now: datetime) -> None:
    """The on-premises object becomes the source of a cloud object; connectors that knew it before go."""
    before = found.anchor
    if not found.is_live:
        restore(state, found, now, SYNC_ENGINE)
    for former in [one for one in state.connectors.values() if one.cloud_id == found.id]:
        del state.connectors[former.id]
    found.anchor, found.sync, found.restored_at = connector.anchor, True, None
    state.note(
        now,
        SYNC_ENGINE,
        "hard matched" if before else "soft matched",
        target=found.id,
        name=found.get("displayName"),
        attribute="onPremisesImmutableId",
        before=before,
        after=connector.anchor,
    )


def fill(state: State, one: CloudObject, connector: Connector, now: datetime, *, anew: bool) -> None:
    """Write the desired values; names and addresses in conflict are held instead."""
    for name in sorted(set(one.attributes) | set(connector.desired)):
        if name not in PLACED | LATER:
            one.put(name, *connector.desired.get(name, ()))
    names = connector.desired.get(UPN, [])
    if names and (anew or names != connector.exported.get(UPN)):
        place_name(state, one, names[0], now)
    wanted = connector.desired.get(PROXIES, [])
    if anew or wanted != connector.exported.get(PROXIES, []):
        place_addresses(state, one, wanted, now, anew=anew)
    one.last_sync_at = now
