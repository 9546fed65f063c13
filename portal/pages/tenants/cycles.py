"""The cycles of a tenant: how many errors of each category each one left, as a picture and as a table, newest first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal.accounts.rights import Right
from portal.directories.faults import Category
from portal.pages import problem_pages
from portal.pages.charting import stacked
from portal.pages.tenants import labels
from portal.pages.tenants.cycling import standing
from portal.pages.tenants.entering import Visit, show_to, tenant_page
from portal.sync.models import Cycle

CYCLES_ON_A_PAGE = 24
LARGEST = 2**31 - 1


@tenant_page(Right.SEE)
def cycles(request: HttpRequest, visit: Visit) -> HttpResponse:
    before = request.GET.get("before", "")
    if before and not (before.isascii() and before.isdecimal() and len(before) <= 10 and int(before) <= LARGEST):
        says = _("“%(text)s” is not the number of a cycle.") % {"text": before[:40]}
        return problem_pages.bad_value(request, visit.reader, says=says)
    found = Cycle.objects.filter(tenant=visit.tenant).order_by("-number")
    if before:
        found = found.filter(number__lt=int(before))
    rows = list(found[: CYCLES_ON_A_PAGE + 1])
    shown = rows[:CYCLES_ON_A_PAGE]
    used = [category for category in Category if any(one.by_category.get(category) for one in shown)]
    told = [one for one in reversed(shown) if one.by_category]
    context = {
        "title": _("Sync cycles"),
        "section": "cycles",
        "standing": standing(visit.tenant),
        "cycles": [(one, [one.by_category.get(category, 0) for category in used], _left(one)) for one in shown],
        "categories": [labels.category(category) for category in used],
        "chart": stacked(
            [(one, one.by_category) for one in told], used, mirrored=visit.reader.words.dir == "rtl"
        ) if told else None,
        "older": shown[-1].number if len(rows) > CYCLES_ON_A_PAGE else None,
        "is_newest": not before,
    }  # fmt: skip
    return show_to(request, visit, "cycles/cycles.html", context)


def _left(cycle: Cycle) -> int | None:
    """How many errors were open when the cycle closed; None where that was not kept."""
    return sum(cycle.by_category.values()) if cycle.by_category else None
