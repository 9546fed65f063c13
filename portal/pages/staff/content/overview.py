"""Content health at a glance: how long each list is, what the last imports brought, and the problems by collection and code."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal.articles.health import listing
from portal.pages.staff.content.columns import SEVERITIES
from portal.pages.staff.content.lists import LISTS
from portal.pages.staff.entering import StaffVisit, show_to_staff, staff_page

MOST_RUNS = 10
# What each list counts, by the name its count goes by.
COUNTED = {
    "problems": "problems", "stale": "stale", "terms": "term", "links": "link", "moved": "moved", "comments": "comments",
    "unhelpful": "votes", "missed": "missed", "owners": "owners",
}  # fmt: skip


@staff_page()
def overview(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    counts = listing.counts()
    context = {
        "title": _("Content health"),
        "tiles": [_tile(visit, one, counts) for one in LISTS.values()],
        "runs": listing.runs(MOST_RUNS),
        "codes": [{**row, "severity_words": SEVERITIES.get(row["severity"], "")} for row in listing.by_code()],
    }
    return show_to_staff(request, visit, "staff/content/overview.html", context, section="content")


def _tile(visit: StaffVisit, one: Any, counts: dict[str, int]) -> dict[str, Any]:
    number = counts.get(COUNTED[one.name], 0)
    unit = _("votes in all") if one.name == "unhelpful" else ""
    return {"list": one, "number": number, "unit": unit, "address": visit.reader.address("content-list", name=one.name)}
