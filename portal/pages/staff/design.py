"""The design language at a glance: every part of the stylesheet in every state, for whoever builds a page."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal import clock
from portal.directories.faults import Category
from portal.pages.charting import stacked
from portal.pages.staff.entering import StaffVisit, show_to_staff, staff_page
from portal.pages.tenants.timeline import Moment
from portal.sync.models import Status

# The tokens of the stylesheet, in its order.
COLOURS = (
    "ink", "muted", "line", "line-strong", "paper", "panel", "panel-2", "accent", "accent-ink", "accent-soft",
    "good", "good-soft", "warn", "warn-soft", "bad", "bad-soft",
)  # fmt: skip
ICONS = (
    "not-started", "manual-fix-required", "pending-sync", "still-there", "came-back", "warning", "done", "search", "copy",
    "print", "download", "link",
)  # fmt: skip
SPACES = ("s1", "s2", "s3", "s4", "s5", "s6", "s7")
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Cholmondeley, Maximiliana Alexandrina"


@staff_page()
def design(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    now = clock.now()
    context = {
        "title": _("Design language"),
        "colours": COLOURS,
        "icons": ICONS,
        "spaces": SPACES,
        "statuses": [{"value": status.value, "label": status.label} for status in Status],
        "long_name": LONG_NAME,
        "category": Category.DUPLICATE.label,
        "address": "SMTP:maximiliana.alexandrina.wolfeschlegelsteinhausenbergerdorff@contoso.com",
        "moments": [
            Moment(words=_("Asked for"), state="past", at=now - timedelta(minutes=2)),
            Moment(words=_("Taken by a worker"), state="past", at=now - timedelta(minutes=1)),
            Moment(words=_("Written to the directory"), state="now"),
            Moment(words=_("Applied"), state="trouble"),
            Moment(words=_("No cycle has to settle it"), state="never"),
        ],
        "chart": stacked(
            [(Numbered(number), {"a": 9 - number, "b": number % 4, "c": 2}) for number in range(1, 9)],
            ("a", "b", "c"),
            mirrored=visit.reader.words.dir == "rtl",
        ),
        "categories": ["A", "B", "C"],
    }
    return show_to_staff(request, visit, "staff/design.html", context, section="design")


class Numbered:
    """Stands for a cycle in the sample chart."""

    def __init__(self, number: int) -> None:
        self.number = number
