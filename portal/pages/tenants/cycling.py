"""How a tenant's synchronization stands, in words: when it was read, when the next cycle is due, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal import clock
from portal.accounts.models import Tenant
from portal.accounts.rights import Right
from portal.diagnosis import cycles
from portal.diagnosis.problems import NotDone
from portal.pages.personal import own_address, page_before
from portal.pages.tenants.entering import Visit, see_other, show_to, tenant_page
from portal.pages.tenants.refusing import not_done_page
from portal.pages.tenants.remembering import way_back
from portal.sync.models import SyncState

# A worker looks each minute, and a read takes its time; later than this, something keeps cycles from coming.
PATIENCE = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The state of a tenant's cycles as pages tell it; times are aware, None where the directory does not say."""

    cycle: int
    opened_at: datetime
    read_at: datetime | None
    complete_read_at: datetime | None
    next_cycle_at: datetime | None
    next_sweep_at: datetime | None
    is_overdue: bool
    is_stopped: bool
    is_staging: bool
    run_status: str
    trouble: str

    @property
    def was_read(self) -> bool:
        return self.complete_read_at is not None

    @property
    def run_failed(self) -> bool:
        return not self.run_status.startswith(("success", "completed-export-errors")) and bool(self.run_status)


def standing(tenant: Tenant) -> Standing | None:
    """None while nothing was read from the directory yet."""
    state = SyncState.objects.filter(tenant=tenant).first()
    if state is None:
        return None
    due = _moment(state, "next_cycle_at") or state.due_at
    return Standing(
        cycle=state.cycle,
        opened_at=state.opened_at,
        read_at=state.read_at,
        complete_read_at=state.complete_read_at,
        next_cycle_at=due,
        next_sweep_at=_moment(state, "next_sweep_at"),
        is_overdue=clock.now() > due + PATIENCE,
        is_stopped=state.report.get("scheduler_enabled") is False,
        is_staging=bool(state.report.get("staging")),
        run_status=state.report.get("run_status", ""),
        trouble=state.trouble,
    )


@tenant_page(Right.SEE)
def strip(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The strip by itself, for a page that stays open; it says so when a new cycle has come in meanwhile."""
    shown = request.GET.get("shown", "")
    now = standing(visit.tenant)
    context = {
        "standing": now,
        "shown": shown,
        "is_new": bool(now and shown.isdecimal() and int(shown[:9]) != now.cycle),
    }
    return show_to(request, visit, "errors/standing.html", context, part="errors/_standing.html")


@tenant_page(Right.RUN_CYCLE, methods=("POST",))
def run_cycle(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Let the directory run a cycle now, where it is one that can be told to."""
    then = _list_before(request, visit) or own_address(request, request.POST.get("then", "")) or visit.address("errors")
    return run_and_tell(request, visit, then)


def _list_before(request: HttpRequest, visit: Visit) -> str:
    """The list with its filters, where she ran the cycle from there; one found by a private search is asked for again."""
    there = visit.address("errors")
    return there + way_back(request, visit.tenant) if page_before(request).partition("?")[0] == there else ""


def run_and_tell(request: HttpRequest, visit: Visit, then: str) -> HttpResponse:
    """Run a cycle, and say on the page `then` what it brought."""
    try:
        closed = cycles.start_cycle(visit.tenant, visit.person)
    except NotDone as not_done:
        return not_done_page(request, visit, not_done, back=then)
    if closed is None:
        return see_other(request, then, _("The cycle ran. Its report had been read before, so nothing changed."))
    counts = closed.cycle.counts
    words = _(
        "Cycle %(number)s is over: %(new)s new, %(still)s still there, %(came_back)s came back, %(cleared)s cleared."
    )
    return see_other(request, then, words % {"number": closed.cycle.number, **counts})


def _moment(state: SyncState, name: str) -> datetime | None:
    value = state.report.get(name)
    return datetime.fromisoformat(value) if value else None
