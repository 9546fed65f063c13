"""The English that a stale translation was made from beside the English of today, with what changed marked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal import locales
from portal.articles.health.comparing import compare
from portal.articles.health.models import Finding, Kind
from portal.articles.health.sources import sources
from portal.articles.health.staleness import Sign
from portal.pages import problem_pages
from portal.pages.staff.content import cells
from portal.pages.staff.entering import StaffVisit, show_to_staff, staff_page


@staff_page()
def difference(request: HttpRequest, visit: StaffVisit, number: int) -> HttpResponse:
    found = Finding.objects.filter(pk=min(number, 2**63 - 1), kind=Kind.STALE).select_related("text").first()
    if found is None:
        return problem_pages.missing(request, visit.reader)
    both = sources([found]).get(found.pk)
    change = compare(both.then, both.now) if both else None
    newer = locales.KNOWN.get(found.detail) if found.code == Sign.OTHER_IS_NEWER else None
    context = {
        "title": _("What changed in English"),
        "text": found.text,
        "text_locale": locales.get(found.text.locale),
        "text_address": cells.address(found.text, visit.reader),
        "sign": Sign(found.code).label,
        "newer": newer,
        "change": change,
        "percent": round(100 * change.share) if change else None,
        "back": visit.reader.address("content-list", name="stale"),
    }
    return show_to_staff(request, visit, "staff/content/difference.html", context, section="content")
