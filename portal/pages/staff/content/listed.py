"""One list of content health: a page of it, and all of it as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from portal import clock
from portal.articles.health import listing
from portal.articles.health.listing import STATES
from portal.pages import problem_pages
from portal.pages.staff.content.lists import LISTS, List, Rows
from portal.pages.staff.content.wishing import Asked, BadWish, read
from portal.pages.staff.entering import StaffVisit, show_to_staff, staff_page
from portal.pages.tenants.exporting import csv_answer
from portal.problems import Severity

PAGE = 50
BATCH = 500


@staff_page()
def listed(request: HttpRequest, visit: StaffVisit, name: str) -> HttpResponse:
    one, asked, refusal = _asked(request, visit, name)
    if refusal:
        return refusal
    rows, after = _page(one, asked)
    heads = [column.head for column in one.columns]
    table = [list(zip(heads, (column.cell(row, visit.reader) for column in one.columns), strict=True)) for row in rows]
    context = {
        "title": one.words,
        "list": one,
        "lists": LISTS.values(),
        "heads": heads,
        "table": table,
        "asked": asked,
        "wish": asked.wish,
        "is_narrowed": bool(asked.query()),
        "choices": _choices(one),
        "next": asked.query(after=after) if after else "",
        "first": asked.query() or "?",
        "csv": visit.reader.address("content-csv", name=one.name) + asked.query(),
    }
    return show_to_staff(
        request, visit, "staff/content/list.html", context, section="content", part="staff/content/_list.html"
    )


@staff_page()
def listed_csv(request: HttpRequest, visit: StaffVisit, name: str) -> HttpResponse:
    """The whole list as its filters leave it."""
    one, asked, refusal = _asked(request, visit, name)
    if refusal:
        return refusal
    # Made before the answer streams: then the reader's language is no longer set.
    heads = [head for column in one.columns for head in column.heads()]
    rows = [heads, *_csv_rows(one, asked, visit)]
    return csv_answer(rows, f"{one.name}-{clock.now():%Y-%m-%d}.csv")


def _asked(request: HttpRequest, visit: StaffVisit, name: str) -> tuple[Any, Any, HttpResponse | None]:
    if name not in LISTS:
        return None, None, problem_pages.missing(request, visit.reader)
    try:
        return LISTS[name], read(request.GET), None
    except BadWish as bad:
        return None, None, problem_pages.bad_value(request, visit.reader, says=str(bad))


def _page(one: List, asked: Asked) -> tuple[list[Any], int | None]:
    """A page of rows, prepared, and where the next one starts if there is one."""
    found = one.rows(asked.wish)
    if isinstance(found, list):
        start = asked.after or 0
        rows, more = found[start : start + PAGE], len(found) > start + PAGE
        return list(one.prepare(rows)), start + PAGE if more else None
    rows = list(_after(found, one, asked.after)[: PAGE + 1])
    last = rows[PAGE - 1].pk if len(rows) > PAGE else None
    return list(one.prepare(rows[:PAGE])), last


def _after(found: QuerySet[Any], one: List, after: int | None) -> QuerySet[Any]:
    if after:
        found = found.filter(pk__lt=after) if one.newest_first else found.filter(pk__gt=after)
    return found.order_by("-pk" if one.newest_first else "pk")


def _csv_rows(one: List, asked: Asked, visit: StaffVisit) -> Iterator[list[str]]:
    for batch in _batches(one, one.rows(asked.wish)):
        for row in one.prepare(batch):
            yield [value for column in one.columns for value in column.values(row, visit.reader)]


def _batches(one: List, found: Rows) -> Iterator[list[Any]]:
    rows = found if isinstance(found, list) else list(_after(found, one, None))
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _choices(one: List) -> dict[str, Any]:
    return {**listing.choices(), "severity": list(Severity), "state": STATES, "code": list(one.codes())}
