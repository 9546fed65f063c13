"""The list of a tenant's sync errors: tiles, filters, pages, and the whole of it as CSV."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal.accounts.models import Tenant
from portal.accounts.rights import Right
from portal.diagnosis.fixes.claims import fixes_of
from portal.diagnosis.marks import marks
from portal.directories.faults import Category
from portal.pages import problem_pages
from portal.pages.tenants import labels
from portal.pages.tenants.cycling import Standing, standing
from portal.pages.tenants.entering import Visit, see_other, show_to, tenant_page
from portal.pages.tenants.remembering import AGAIN, recalled, remember
from portal.pages.tenants.wishing import BadWish, fields, is_private, query, read_wish
from portal.sync import listing
from portal.sync.listing import SIZES, Sort, TooSlow, Wish
from portal.sync.models import CategoryCount, Marked, Status, SyncError, SyncState


@tenant_page(Right.SEE, methods=("GET", "HEAD", "POST"))
def errors(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A search comes by POST. One that is not about a person goes on to an address that can be kept and shared."""
    given = request.POST if request.method == "POST" else request.GET
    try:
        wish = recalled(request, visit.tenant) if AGAIN in request.GET else read_wish(given)
    except BadWish as bad:
        return problem_pages.bad_value(request, visit.reader, says=str(bad))
    if request.method == "POST" and not is_private(wish):
        return see_other(request, visit.address("errors") + query(wish))
    was_private = request.method != "POST" and is_private(wish) and AGAIN not in request.GET
    if was_private:
        wish = replace(wish, text="", after=None)
    remember(request, visit.tenant, wish)
    context = {**_context(visit, wish), "was_private": was_private}
    return show_to(request, visit, "errors/errors.html", context, part="errors/_list_part.html")


def _context(visit: Visit, wish: Wish) -> dict[str, Any]:
    now = standing(visit.tenant)
    counts = category_counts(visit.tenant)
    total = sum(counts.values())
    context = {
        "title": _("Sync errors"),
        "at_list": True,
        "standing": now,
        "wish": wish,
        "private": fields(wish) if is_private(wish) else {},
        "query": query(wish),
        "is_narrowed": bool(set(fields(wish)) - {"sort", "size"}),
        "total": total,
        "known_total": _known_total(wish, counts),
        "tiles": _tiles(wish, counts),
        "choices": _choices(visit.tenant),
        "category_label": labels.category(wish.category),
    }
    return {**context, **_rows(visit.tenant, now, wish)} if now else context


def _rows(tenant: Tenant, now: Standing, wish: Wish) -> dict[str, Any]:
    try:
        with listing.in_time():
            page = listing.page(tenant, now.cycle, wish)
    except TooSlow:
        return {"too_slow": True}
    dress(tenant, page.errors)
    return {
        "errors": page.errors,
        "more": page.more,
        "next": page.last,
        "next_query": query(wish, after=page.last) if page.more else "",
    }


def dress(tenant: Tenant, errors: list[SyncError]) -> None:
    """Give rows what they show beside their columns, in two queries however many they are."""
    state = SyncState.objects.get(tenant=tenant)
    fixes = fixes_of(errors)
    for error in errors:
        error.status_now = error.status_in(state.cycle)
        error.marks_now = marks(error, state, fixes.get(error.pk))
        error.category_label = labels.category(error.category)


def category_counts(tenant: Tenant) -> dict[str, int]:
    """How many open errors each category has, by kept counters."""
    return dict(CategoryCount.objects.filter(tenant=tenant, number__gt=0).values_list("category", "number"))


def _known_total(wish: Wish, counts: dict[str, int]) -> int | None:
    """How many errors fit, where kept counters tell it."""
    narrowing = set(fields(wish)) - {"sort", "size"}
    if not narrowing:
        return sum(counts.values())
    return counts.get(wish.category, 0) if narrowing == {"category"} else None


def _tiles(wish: Wish, counts: dict[str, int]) -> list[dict[str, Any]]:
    plain = Wish(sort=wish.sort, size=wish.size)
    return [
        {
            "label": category.label,
            "number": counts.get(category.value, 0),
            "query": query(replace(plain, category=category.value)),
            "is_here": wish.category == category,
        }
        for category in Category
        if counts.get(category.value) or category is not Category.OTHER
    ]


def _choices(tenant: Tenant) -> dict[str, list[tuple[str, str]]]:
    """What each filter offers, as value and label."""
    return {
        "category": [(one.value, one.label) for one in Category],
        "status": [(one.value, one.label) for one in Status],
        "attribute": [(one, one) for one in listing.attributes(tenant) if one],
        "mark": [(one.value, labels.MARKS[one]) for one in Marked],
        "sort": [(one.value, labels.SORTS[one]) for one in Sort],
        "size": [(str(one), str(one)) for one in SIZES],
    }
