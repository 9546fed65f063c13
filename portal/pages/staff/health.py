"""Topic health: which topics and products have no article, several alike, or none in a cloud or a language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import clock, clouds, locales
from portal.articles.topic_health import Entry, Of, State, entries, narrowed
from portal.pages import problem_pages
from portal.pages.staff.entering import StaffVisit, show_to_staff, staff_page
from portal.pages.staff.wishes import BadWish, Wish, read_wish
from portal.pages.tenants.exporting import csv_answer

ON_A_PAGE = 100
KINDS = {Of.TOPICS: gettext_lazy("Topics"), Of.PRODUCTS: gettext_lazy("Products")}
STATES = {
    State.ALL: gettext_lazy("All"),
    State.NO_ARTICLE: gettext_lazy("No article"),
    State.ALIKE: gettext_lazy("Cannot be told apart"),
    State.MISSING: gettext_lazy("Missing"),
    State.THERE: gettext_lazy("There"),
}


@staff_page()
def topic_health(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """A list in the order of ids, a hundred on a page; what lies before `after` was on the pages before."""
    try:
        wish = read_wish(request)
    except BadWish as bad:
        return problem_pages.bad_value(request, visit.reader, says=str(bad))
    everything = entries(wish.of)
    found = list(narrowed(everything, wish.state, cloud=wish.cloud, locale=wish.locale))
    rest = [one for one in found if one.key > wish.after]
    shown = rest[:ON_A_PAGE]
    context = {
        "title": _("Topic health"),
        "wish": wish,
        "tiles": _tiles(everything, wish),
        "kinds": KINDS.items(),
        "states": STATES.items(),
        "clouds_known": clouds.ALL,
        "locales_known": locales.KNOWN.values(),
        "total": len(found),
        "rows": [_shown(one, visit) for one in shown],
        "next": wish.query(after=shown[-1].key) if len(rest) > len(shown) else "",
        "first": wish.query(after="") if wish.after else None,
        "csv": wish.query(after=""),
    }
    return show_to_staff(
        request, visit, "staff/health.html", context, section="topic-health", part="staff/_health_list.html"
    )


@staff_page()
def topic_health_csv(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """The same list whole."""
    try:
        wish = read_wish(request)
    except BadWish as bad:
        return problem_pages.bad_value(request, visit.reader, says=str(bad))
    found = narrowed(entries(wish.of), wish.state, cloud=wish.cloud, locale=wish.locale)
    head = [
        _("ID"), _("Title"), _("Articles"), _("Scoping form"), _("Description"), _("Cannot be told apart in"),
        _("Clouds"), _("Languages"), _("Missing clouds"), _("Missing languages"),
    ]  # fmt: skip
    rows = chain([head], _lines(found, {True: _("yes"), False: _("no")}))
    return csv_answer(rows, f"{wish.of.value}-{wish.state.value}-{clock.now():%Y-%m-%d}.csv")


def _lines(found: Iterable[Entry], words: dict[bool, str]) -> Iterator[list[object]]:
    for one in found:
        yield [
            one.key, one.title, one.articles, words[one.has_form], words[one.is_described], " ".join(sorted(one.alike)),
            " ".join(cloud for cloud in clouds.ALL if cloud in one.clouds), " ".join(sorted(one.locales)),
            " ".join(one.missing_clouds), " ".join(one.missing_locales),
        ]  # fmt: skip


def _tiles(everything: tuple[Entry, ...], wish: Wish) -> list[dict[str, Any]]:
    """The figures at the top: each leads to its list."""
    return [
        {
            "name": STATES[state],
            "number": sum(1 for _one in narrowed(everything, state)),
            "query": wish.query(state=state, cloud="", locale="", after=""),
            "is_here": wish.state is state and not wish.cloud and not wish.locale,
        }
        for state in (State.ALL, State.NO_ARTICLE, State.ALIKE, State.MISSING)
    ]


def _shown(entry: Entry, visit: StaffVisit) -> dict[str, Any]:
    return {
        "entry": entry,
        "missing_clouds": [clouds.Cloud(one).label for one in entry.missing_clouds],
        "missing_locales": [locales.get(one) for one in entry.missing_locales],
        "alike": [one.label for one in clouds.in_order(entry.alike)],
    }
