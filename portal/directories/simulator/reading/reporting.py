"""The report: errors of the last export, and the values in quarantine now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from portal.directories.faults import CATEGORY_OF, Category, ErrorType, Fault, Report, Source
from portal.directories.objects import ObjectRef
from portal.directories.simulator.engine.sweeping import is_free, next_sweep
from portal.directories.simulator.export.quarantine import HELD_UPN
from portal.directories.simulator.reading.pairs import refer_to_cloud, refer_to_connector
from portal.directories.simulator.world import switches
from portal.directories.simulator.world.entries import CloudObject, Connector, ExportFault, Held
from portal.directories.simulator.world.state import State, live_cloud, ordered
from portal.directories.simulator.world.values import PROXIES, UPN, holders

# The service's own sentences, by error type, where an error brings none of its own.
DETAILS = {
    ErrorType.MUST_BE_UNIQUE: "Unable to update this object because the following attributes associated with this "
    "object have values that may already be associated with another object in your local directory services.",
    ErrorType.QUARANTINED: "The value is in use by another object and was quarantined.",
    ErrorType.INVALID_SOFT_MATCH: "Unable to match this object to an existing one that has the same value.",
    ErrorType.INVALID_HARD_MATCH: "Taking over a cloud object by hard match is blocked in this tenant.",
    ErrorType.TYPE_MISMATCH: "An object of another type has the same value.",
    ErrorType.ADMIN_ROLE_CONFLICT: "A cloud user with an administrative role has the same value.",
}


def report(state: State, now: datetime) -> Report:
    engine = state.engine
    faults = sorted([*_exported(state), *_quarantined(state, now)], key=lambda one: (one.first_seen, one.incoming.key))
    why = _why_incomplete(state)
    scheduled = state.switched(switches.SCHEDULER)
    return Report(
        faults=tuple(faults),
        categories=frozenset(Category),
        sources=frozenset(Source),
        complete=not why,
        why_incomplete=why,
        read_at=now,
        export_started_at=engine.export_started_at,
        export_ended_at=engine.export_ended_at,
        cycle=engine.cycle,
        run_status=engine.run_status,
        scheduler_enabled=scheduled,
        staging=state.switched(switches.STAGING),
        interval=engine.interval,
        next_cycle_at=engine.due_at,
        next_sweep_at=next_sweep(state, now),
    )


def _why_incomplete(state: State) -> str:
    if state.engine.export_ended_at is None:
        return "No export has run yet."
    if state.engine.run_status.startswith("stopped"):
        return f"The last export stopped before its end: {state.engine.run_status}."
    if state.switched(switches.EXPORT_UNDER_WAY):
        return "An export is under way."
    return ""


def _exported(state: State) -> Iterator[Fault]:
    for connector in ordered(state.connectors.values()):
        for error in connector.errors:
            yield _export_fault(state, connector, error)


def _export_fault(state: State, connector: Connector, error: ExportFault) -> Fault:
    existing = state.cloud.get(error.existing)
    return Fault(
        category=CATEGORY_OF[error.type],
        type=error.type,
        attribute=error.attribute,
        value=error.value,
        incoming=refer_to_connector(state, connector),
        existing=refer_to_cloud(state, existing) if existing else None,
        source=Source.EXPORT,
        first_seen=error.first_seen,
        seen=error.seen,
        code=error.code,
        detail=error.detail or DETAILS.get(error.type, ""),
    )


def _quarantined(state: State, now: datetime) -> Iterator[Fault]:
    for one in live_cloud(state):
        for held in one.held:
            yield _held_fault(state, one, held, now)


def _held_fault(state: State, one: CloudObject, held: Held, now: datetime) -> Fault:
    is_name = held.property == HELD_UPN
    free = is_free(state, one, held)
    return Fault(
        category=Category.DUPLICATE,
        type=ErrorType.QUARANTINED,
        attribute=held.property,
        value=held.value,
        incoming=refer_to_cloud(state, one),
        existing=_holder(state, one, held),
        source=Source.QUARANTINE,
        first_seen=held.occurred,
        seen=now,
        detail=DETAILS[ErrorType.QUARANTINED],
        modified_value=one.get(UPN) if is_name else "",
        sweep_by=max(next_sweep(state, now), now) if free else None,
    )


def _holder(state: State, one: CloudObject, held: Held) -> ObjectRef | None:
    """Who has the value now; once nobody has, who had it when it was put away."""
    attribute = UPN if held.property == HELD_UPN else PROXIES
    now_held = holders(state, attribute, held.value, but=one.id)
    found = now_held[0] if now_held else state.cloud.get(held.existing)
    return refer_to_cloud(state, found) if found else None
