"""What a person does on the sync server and in the tenant's settings, and the faults one can have played."""

from __future__ import annotations

from portal.directories.refusals import REFUSALS
from portal.directories.simulator.engine.cycle import run_cycle
from portal.directories.simulator.engine.sweeping import sweep
from portal.directories.simulator.injecting import FOREVER
from portal.directories.simulator.people.actions import (
    Action,
    ActionRefused,
    Change,
    Field,
    Parameter,
    pick,
    said,
    text,
)
from portal.directories.simulator.world import switches
from portal.directories.simulator.world.state import Injection

LONGEST_WAIT = 120


def _switch(change: Change) -> str:
    name, on = change.values["name"], change.flag()
    before = change.state.switched(name)
    change.state.tenant.switches[name] = on
    change.note(attribute=name, before=str(before), after=str(on))
    return said("%(name)s is on.", name=name) if on else said("%(name)s is off.", name=name)


def _permission(change: Change) -> str:
    name, on = change.values["name"], change.flag()
    kept = [other for other in change.state.tenant.permissions if other != name]
    change.state.tenant.permissions = [*kept, name] if on else kept
    change.note(attribute=name, after="granted" if on else "revoked")
    return (
        said("The portal may use %(name)s.", name=name) if on else said("The portal may not use %(name)s.", name=name)
    )


def _interval(change: Change) -> str:
    minutes = int(change.values["minutes"])
    if not 1 <= minutes <= 24 * 60:
        raise ActionRefused("Give a number of minutes from 1 to 1440.", parameter="minutes")
    before, change.state.engine.interval_minutes = change.state.engine.interval_minutes, minutes
    change.note(attribute="interval", before=str(before), after=str(minutes))
    return said("A cycle runs every %(minutes)s minutes.", minutes=minutes)


def _cycle(change: Change) -> str:
    if change.state.switched(switches.EXPORT_UNDER_WAY):
        raise ActionRefused(REFUSALS["cycle-under-way"].sentence)
    number = run_cycle(change.state, change.now)
    change.note(after=str(number))
    return said("Cycle %(number)s ran: %(status)s.", number=number, status=change.state.engine.run_status)


def _sweep(change: Change) -> str:
    waiting = sum(len(one.held) for one in change.state.cloud.values())
    sweep(change.state, change.now)
    left = sum(len(one.held) for one in change.state.cloud.values())
    change.note(before=str(waiting), after=str(left))
    return said(
        "Values given back by the sweep: %(back)s. Still in quarantine: %(left)s.", back=waiting - left, left=left
    )


def _rebuild(change: Change) -> str:
    """The sync server is installed anew: it forgets what it knew, deletions not yet exported among it."""
    for part in (change.state.space, change.state.metaverse, change.state.connectors):
        part.clear()
    change.note()
    return said("The connector spaces and the metaverse are empty. The next sync cycle matches everything anew.")


def _inject(change: Change) -> str:
    times, seconds = int(change.values.get("times") or 1), int(change.values.get("seconds") or 0)
    if times != FOREVER and not 1 <= times <= 1000:
        raise ActionRefused("Give a number from 1 to 1000, or -1 for always.", parameter="times")
    if not 0 <= seconds <= LONGEST_WAIT:
        raise ActionRefused(said("Give at most %(most)s seconds.", most=LONGEST_WAIT), parameter="seconds")
    fault = Injection(
        kind=change.values["fault"],
        operation=change.values.get("operation", ""),
        step=change.values.get("step", ""),
        times=times,
        seconds=seconds,
    )
    change.state.injections.append(fault)
    change.note(attribute=fault.operation, after=fault.kind)
    return said("The fault will be played.")


def _lift(change: Change) -> str:
    change.state.injections.clear()
    change.note()
    return said("No fault will be played any more.")


_ON = Parameter(name="on", field=Field.FLAG, says="On or off")


def _optional(name: str, field: Field, says: str) -> Parameter:
    return Parameter(name=name, field=field, says=says, required=False)


ACTIONS = (
    Action(
        name="switch",
        says="Turn a setting on or off",
        act=_switch,
        parameters=(pick(Field.SWITCH, "Setting", name="name"), _ON),
    ),
    Action(
        name="permission",
        says="Give the portal a permission, or take it away",
        act=_permission,
        parameters=(pick(Field.PERMISSION, "Permission", name="name"), _ON),
    ),
    Action(
        name="interval",
        says="Change how often cycles run",
        act=_interval,
        parameters=(Parameter(name="minutes", field=Field.NUMBER, says="Minutes"),),
    ),
    Action(name="run-cycle", says="Run a sync cycle now", act=_cycle),
    Action(name="run-sweep", says="Run the hourly sweep now", act=_sweep),
    Action(name="rebuild-sync", says="Install the sync server anew", act=_rebuild),
    Action(
        name="play-fault",
        says="Have the directory fail",
        act=_inject,
        parameters=(
            pick(Field.FAULT, "Fault", name="fault"),
            _optional("operation", Field.OPERATION, "Only in"),
            text("step", "Only at this step of a fix", required=False),
            _optional("times", Field.NUMBER, "How often; -1 for always"),
            _optional("seconds", Field.NUMBER, "Seconds"),
        ),
    ),
    Action(name="lift-faults", says="Play no faults any more", act=_lift),
)
