"""Coverage: of all topics or products that have an article, how many are served in each cloud and language."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal import clock, clouds, locales
from portal.articles.topic_health import Of, State, entries
from portal.clouds import Cloud
from portal.locales import Locale
from portal.pages import problem_pages
from portal.pages.staff.entering import StaffVisit, show_to_staff, staff_page
from portal.pages.staff.health import KINDS
from portal.pages.staff.wishes import BadWish, Wish, read_wish
from portal.pages.tenants.exporting import csv_answer

HEATS = 5


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cloud in a language: how many are served, as a share of all, and how warm the cell is painted."""

    number: int
    percent: int
    heat: int
    query: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """A language, in every cloud; None stands for any language."""

    locale: Locale | None
    cells: list[Cell]


@staff_page()
def coverage(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """A table that is its own picture: figures stand in the cells, their colour says the same."""
    try:
        wish = read_wish(request)
    except BadWish as bad:
        return problem_pages.bad_value(request, visit.reader, says=str(bad))
    rows, total = table(wish.of)
    context = {
        "title": _("Coverage"),
        "wish": wish,
        "kinds": [(KINDS[of], Wish(of=of).query(), of is wish.of) for of in Of],
        "columns": clouds.ALL,
        "rows": rows,
        "total": total,
        "kind": KINDS[wish.of],
        "csv": Wish(of=wish.of).query(),
    }
    return show_to_staff(request, visit, "staff/coverage.html", context, section="coverage")


@staff_page()
def coverage_csv(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """The table, a line for each language and cloud."""
    try:
        wish = read_wish(request)
    except BadWish as bad:
        return problem_pages.bad_value(request, visit.reader, says=str(bad))
    rows, total = table(wish.of)
    lines: list[list[object]] = [[_("Language"), _("Cloud"), _("Served"), _("Of"), _("Percent")]]
    for row in rows:
        for cloud, cell in zip(Cloud, row.cells, strict=True):
            lines.append([row.locale.code if row.locale else _("any"), cloud.value, cell.number, total, cell.percent])
    return csv_answer(lines, f"coverage-{wish.of.value}-{clock.now():%Y-%m-%d}.csv")


def table(of: Of) -> tuple[list[Row], int]:
    """Rows of languages, any language first; columns of clouds."""
    counted = [one for one in entries(of) if one.articles]
    pairs = Counter(pair for one in counted for pair in one.served)
    anyhow = Counter(cloud for one in counted for cloud in one.clouds)
    first = Row(locale=None, cells=[_cell(of, anyhow[one.value], len(counted), one, "") for one in Cloud])
    others = [
        Row(
            locale=locale,
            cells=[_cell(of, pairs[one.value, locale.code], len(counted), one, locale.code) for one in Cloud],
        )
        for locale in locales.KNOWN.values()
    ]
    return [first, *others], len(counted)


def _cell(of: Of, number: int, total: int, cloud: Cloud, locale: str) -> Cell:
    # All is said only of all, and none only of none.
    percent = number * 100 // total if total else 0
    heat = 0 if not number else min(HEATS, 1 + number * (HEATS - 1) // total)
    state = State.MISSING if number < total else State.THERE
    query = Wish(of=of, state=state, cloud=cloud.value, locale=locale).query()
    return Cell(number=number, percent=percent, heat=heat, query=query)
