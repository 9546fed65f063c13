"""The simulated directory of a demo tenant: both sides of it, its switches, and everything a person can do in it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.record import note
from portal.accounts.rights import Right
from portal.diagnosis import cycles
from portal.diagnosis.problems import NotDone
from portal.directories.simulator.people.acting import ACTIONS, choices
from portal.directories.simulator.people.actions import Action, ActionRefused, Parameter, Said
from portal.directories.simulator.world.entries import Entry
from portal.directories.simulator.world.state import State, ordered
from portal.directories.simulator.world.switches import SWITCHES
from portal.pages import problem_pages
from portal.pages.tenants.cycling import run_and_tell, standing
from portal.pages.tenants.entering import Visit, see_other, show_to, tenant_page
from portal.pages.tenants.refusing import not_done_page
from portal.pages.vocabulary import kept, said
from portal.sync import demo as demo_tenants
from portal.sync.doors import simulator

LINES_OF_LOG = 40
RUN_CYCLE = "run-cycle"
# What changes what the directory reports without a cycle, so that the portal looks again at once.
CHANGES_REPORT = frozenset({"run-sweep"})
# What changes how the scheduler stands, which every page tells.
CHANGES_SETTINGS = frozenset({"switch", "interval"})
GROUPS = (
    (gettext_lazy("In Active Directory"), lambda name: name.startswith("ad-")),
    (gettext_lazy("In the cloud"), lambda name: name.startswith("cloud-")),
    (gettext_lazy("On the sync server, and in settings"), lambda name: not name.startswith(("ad-", "cloud-"))),
)

View = Callable[..., HttpResponse]


def of_the_demo(view: View) -> View:
    """A page that only a tenant with a simulated directory has."""

    @wraps(view)
    def wrapper(request: HttpRequest, visit: Visit, **parts: Any) -> HttpResponse:
        if not visit.tenant.is_demo:
            return problem_pages.missing(request, visit.reader)
        return view(request, visit, **parts)

    return wrapper


@tenant_page(Right.SEE)
@of_the_demo
def demo(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _show(request, visit, action=ACTIONS.get(request.GET.get("action", "")))


@tenant_page(Right.CHANGE_DEMO, methods=("POST",))
@of_the_demo
def act(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Do one thing in the simulated directory, as somebody in it would."""
    name = request.POST.get("action", "")
    there = visit.address("demo")
    if name == RUN_CYCLE:
        return run_and_tell(request, visit, there)
    try:
        says = simulator(visit.tenant).act(name, request.POST.dict(), who=visit.person.name)
    except ActionRefused as refused:
        return _show(request, visit, action=ACTIONS.get(name), refused=refused, given=request.POST.dict(), status=400)
    note(visit.tenant, who=visit.person, what="demo-acted", about=name, details=kept(says))
    if name in CHANGES_REPORT:
        return _look_again(request, visit, said(says))
    if name in CHANGES_SETTINGS:
        with suppress(NotDone):  # a directory that was just made unreachable; the page tells of it
            cycles.run_cycle(visit.tenant)
    return see_other(request, there, said(says))


@tenant_page(Right.CHANGE_DEMO, methods=("POST",))
@of_the_demo
def begin_anew(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Put the simulated directory back to its beginning; the portal's own history stays."""
    demo_tenants.begin_anew(visit.tenant)
    note(visit.tenant, who=visit.person, what="demo-begun-anew")
    return _look_again(request, visit, _("The simulated directory is as it was at the beginning."))


def _look_again(request: HttpRequest, visit: Visit, says: str) -> HttpResponse:
    try:
        cycles.run_cycle(visit.tenant)
    except NotDone as not_done:
        return not_done_page(request, visit, not_done, back=visit.address("demo"))
    return see_other(request, visit.address("demo"), says)


def _show(
    request: HttpRequest,
    visit: Visit,
    *,
    action: Action | None = None,
    refused: ActionRefused | None = None,
    given: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    world = simulator(visit.tenant).world()
    context = {
        "title": _("Simulated directory"),
        "section": "demo",
        "standing": standing(visit.tenant),
        "may": visit.may(Right.CHANGE_DEMO),
        "groups": [(name, [one for one in ACTIONS.values() if fits(one.name)]) for name, fits in GROUPS],
        "action": action,
        "parameters": _parameters(world, action, given or {}) if action else [],
        "refused": refused,
        "switches": [(name, says, world.switched(name)) for name, says in SWITCHES.items()],
        "in_ad": [(_named(one), one) for one in ordered(world.ad.values())],
        "in_cloud": [(_named(one), one) for one in ordered(world.cloud.values())],
        "log": world.log[: -LINES_OF_LOG - 1 : -1],
        "world": world,
    }
    return show_to(request, visit, "demo/demo.html", context, status=status)


def _named(one: Entry) -> tuple[str, str]:
    """What an object is called, and by what it signs in or gets mail."""
    return one.get("displayName") or one.id, one.get("userPrincipalName") or one.get("mail")


def _parameters(world: State, action: Action, given: dict[str, str]) -> list[dict[str, Any]]:
    """The fields of an action's form, with the choices there are now."""
    return [
        {"one": one, "choices": _choices(world, one), "given": given.get(one.name, "")} for one in action.parameters
    ]


def _choices(world: State, parameter: Parameter) -> list[tuple[str, str]]:
    """Names of objects and attributes stay as they are."""
    offered = choices(world, parameter)
    return [(value, said(label) if isinstance(label, Said) else label) for value, label in offered]
