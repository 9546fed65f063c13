"""The table of everything a person can do in Contoso, the choices for each parameter, and the check of what was given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from portal.directories.simulator.injecting import FAULTS, OPERATIONS
from portal.directories.simulator.people import in_cloud, on_premises, settings
from portal.directories.simulator.people.actions import (
    LONGEST_VALUE,
    Action,
    ActionRefused,
    Change,
    Field,
    Parameter,
    said,
)
from portal.directories.simulator.world.entries import AdObject, CloudObject
from portal.directories.simulator.world.state import State, live_ad, live_cloud, ordered
from portal.directories.simulator.world.switches import PERMISSIONS, SWITCHES

ACTIONS: dict[str, Action] = {
    action.name: action for action in (*on_premises.ACTIONS, *in_cloud.ACTIONS, *settings.ACTIONS)
}
Choices = list[tuple[str, str]]


def perform(state: State, name: str, values: Mapping[str, str], *, who: str, now: datetime) -> str:
    """Check and do it; raises ActionRefused, and then nothing was changed. Unknown values are ignored."""
    action = ACTIONS.get(name)
    if action is None:
        raise ActionRefused("There is no such action. Choose one from the list.")
    checked = {one.name: _checked(state, one, values.get(one.name, "")) for one in action.parameters}
    return action.act(Change(state=state, values=checked, who=who, now=now, action=name))


def choices(state: State, parameter: Parameter) -> Choices:
    """What can be chosen for a parameter, as value and label; empty for free text. A label of words is Said, a name is not."""
    offered = _CHOICES.get(parameter.field)
    return offered(state) if offered else []


def _checked(state: State, parameter: Parameter, given: str) -> str:
    value = given.strip()
    if not value:
        if parameter.required:
            raise ActionRefused(said("Fill in: %(what)s.", what=said(parameter.says)), parameter=parameter.name)
        return ""
    _check_text(parameter, value)
    if parameter.field is Field.NUMBER and not value.removeprefix("-").isdecimal():
        raise ActionRefused(
            said("Give a whole number for: %(what)s.", what=said(parameter.says)), parameter=parameter.name
        )
    offered = _CHOICES.get(parameter.field)
    if offered and value not in dict(offered(state)):
        raise ActionRefused(
            said("Choose from the list: %(what)s.", what=said(parameter.says)), parameter=parameter.name
        )
    return value


def _check_text(parameter: Parameter, value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ActionRefused("The value has characters that cannot be stored.", parameter=parameter.name) from None
    if len(value) > LONGEST_VALUE:
        raise ActionRefused(said("Give at most %(most)s characters.", most=LONGEST_VALUE), parameter=parameter.name)
    if any(ord(one) < 32 or ord(one) == 127 for one in value):
        raise ActionRefused("The value has control characters. Remove them.", parameter=parameter.name)


def _label(one: AdObject | CloudObject) -> str:
    name = one.get("displayName") or one.id
    return f"{name} ({one.get('userPrincipalName') or one.get('mail') or one.kind})"


def _containers(state: State) -> Choices:
    forest = state.tenant.forest
    known = {one.parent for one in live_ad(state)} | set(state.tenant.excluded) | {f"OU=People,{forest}"}
    return [
        (dn, said("%(dn)s (not synchronized)", dn=dn) if dn in state.tenant.excluded else dn) for dn in sorted(known)
    ]


def _meant(meanings: Mapping[str, str]) -> Callable[[State], Choices]:
    return lambda state: [(name, said(meaning)) for name, meaning in meanings.items()]


def _words(*words: str) -> Callable[[State], Choices]:
    return _meant({word: word for word in words})


def _plain(*names: str) -> Callable[[State], Choices]:
    return lambda state: [(name, name) for name in names]


_CHOICES: dict[Field, Callable[[State], Choices]] = {
    Field.AD_OBJECT: lambda state: [(one.id, _label(one)) for one in live_ad(state)],
    Field.AD_DELETED: lambda state: [(one.id, _label(one)) for one in ordered(state.ad.values()) if not one.is_live],
    Field.AD_ATTRIBUTE: _plain(*on_premises.ATTRIBUTES),
    Field.CLOUD_OBJECT: lambda state: [(one.id, _label(one)) for one in live_cloud(state)],
    Field.CLOUD_DELETED: lambda state: [
        (one.id, _label(one)) for one in ordered(state.cloud.values()) if not one.is_live
    ],
    Field.CONTAINER: _containers,
    Field.SWITCH: _meant(SWITCHES),
    Field.PERMISSION: _plain(*PERMISSIONS),
    Field.FAULT: _meant(FAULTS),
    Field.OPERATION: _plain(*OPERATIONS),
    Field.SOURCE: _words("cloud", in_cloud.ON_PREMISES),
    Field.HOLDING: _words("active", "eligible"),
    Field.FLAG: _words("on", "off"),
}
