"""User writeback: users made in the cloud appear in Active Directory, tagged so that they do not come back."""

from __future__ import annotations

from datetime import datetime

from portal.directories.objects import Kind
from portal.directories.simulator.world.distinguished import dn_for
from portal.directories.simulator.world.entries import AdObject, CloudObject
from portal.directories.simulator.world.state import SYNC_ENGINE, State, live_cloud

CONTAINER = "OU=Written Back"
FLOWS = (
    ("displayName", "displayName"),
    ("givenName", "givenName"),
    ("surname", "sn"),
    ("userPrincipalName", "userPrincipalName"),
    ("mail", "mail"),
)


def write_back(state: State, now: datetime) -> None:
    tags = {one.get("adminDescription") for one in state.ad.values() if one.is_live}
    for one in live_cloud(state):
        if one.kind is Kind.USER and one.sync is None and not one.anchor and _tag(one) not in tags:
            _create(state, one, now)


def _tag(one: CloudObject) -> str:
    """The standard inbound rules filter users tagged so."""
    return f"User_{one.id}"


def _create(state: State, one: CloudObject, now: datetime) -> None:
    seq = state.next_seq()
    dn = dn_for(state, one.get("displayName") or one.id, f"{CONTAINER},{state.tenant.forest}")
    made = AdObject(id=state.new_id("ad", seq), seq=seq, kind=Kind.USER, dn=dn, created_at=now, changed_at=now)
    for here, there in FLOWS:
        made.put(there, *one.all(here))
    made.put("adminDescription", _tag(one))
    state.ad[made.id] = made
    state.note(now, SYNC_ENGINE, "written back", target=made.id, name=made.get("displayName"), after=dn)
