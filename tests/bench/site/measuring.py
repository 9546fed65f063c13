"""Times the portal's own queries of a tenant's errors, each beside the naive way to the same rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from functools import partial

from django.core.paginator import Paginator
from django.db import models, transaction

from portal import clock
from portal.accounts.models import Tenant
from portal.directories.faults import Category, Report
from portal.pages.tenants.errors import category_counts
from portal.sync import actions, listing
from portal.sync.listing import Sort, Wish
from portal.sync.models import SORTED_NAME, Status, SyncError, SyncState
from tests.bench.rounds import interleave
from tests.bench.site.crowd import CYCLE, CYCLE_OF_MANY

MILLISECONDS = 1_000
# What takes long gets fewer rounds, so that the whole stays short.
LEAST_ROUNDS, PATIENCE_MILLISECONDS = 3, 2_500
NEWEST, BY_NAME = ("-pk",), (SORTED_NAME, "-pk")

Answer = Hashable
Ask = Callable[[], Answer]


class Differs(Exception):
    """Two ways to one answer gave two answers, so that their times are worth nothing."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A question to the database, asked our way and the naive way."""

    name: str
    ours: Ask
    naive: Ask


def questions(tenant: Tenant, deep: int) -> list[Pair]:
    """What the pages of errors ask; `deep` is how many errors stand before a deep page."""
    every, duplicates = Wish(), Wish(category=Category.DUPLICATE.value)
    not_started, pending = Wish(status=Status.NOT_STARTED), Wish(status=Status.PENDING_SYNC)
    return [
        Pair(name="first page", ours=_page(tenant, every), naive=_numbered(tenant, every)),
        _deep(tenant, f"page after error {deep:,}", every, deep),
        _deep(tenant, f"page after error {deep:,}, by name", replace(every, sort=Sort.NAME), deep),
        _deep(tenant, f"one category, page after error {deep // 2:,}", duplicates, deep // 2),
        Pair(name="one category, first page", ours=_page(tenant, duplicates), naive=_numbered(tenant, duplicates)),
        Pair(name="Pending Sync, first page", ours=_page(tenant, pending), naive=_numbered(tenant, pending)),
        _filter(tenant, "Not Started, 5 % handled", not_started, CYCLE),
        _filter(tenant, "Not Started, 98 % handled", not_started, CYCLE_OF_MANY),
        _filter(
            tenant,
            "Not Started in a category, 98 % handled",
            replace(duplicates, status=Status.NOT_STARTED),
            CYCLE_OF_MANY,
        ),
        Pair(name="errors in each category", ours=partial(_counters, tenant), naive=partial(_counted, tenant)),
        Pair(name="attributes to choose from", ours=partial(_attributes, tenant), naive=partial(_distinct, tenant)),
    ]


def measured(pairs: list[Pair], rounds: int) -> dict[str, dict[str, tuple[float, ...]]]:
    """Milliseconds of every round: name of the question, then `ours` and `naive`. Raises Differs."""
    return {pair.name: _measured(pair, rounds) for pair in pairs}


def _measured(pair: Pair, rounds: int) -> dict[str, tuple[float, ...]]:
    """Both ways once for their answers, which must be the same, then the rounds."""
    expected, begun = pair.ours(), time.perf_counter()
    if pair.naive() != expected:
        raise Differs(pair.name)
    taken = (time.perf_counter() - begun) * MILLISECONDS
    bearable = max(LEAST_ROUNDS, min(rounds, int(PATIENCE_MILLISECONDS / taken)))
    found = interleave(
        {"ours": partial(_timed, pair.ours), "naive": partial(_timed, pair.naive)}, min(rounds, bearable)
    )
    return {way: series.values for way, series in found.items()}


def resets(tenants: dict[str, Tenant], rounds: int) -> dict[str, dict[str, tuple[float, ...]]]:
    """The same of what a new cycle does to every status, for each tenant by name. The naive way is rolled back."""
    naive = {name: partial(_timed, partial(_update, tenant)) for name, tenant in tenants.items()}
    ours = {name: partial(_timed, partial(_close_cycle, tenant)) for name, tenant in tenants.items()}
    for ask in ours.values():
        ask()
    taken = {"ours": interleave(ours, rounds), "naive": interleave(naive, rounds)}
    return {name: {way: series[name].values for way, series in taken.items()} for name in tenants}


def deep_in(tenant: Tenant, deep: int) -> int:
    """The id of the error after which a deep page of the plain list begins."""
    return _last_before(tenant, Wish(), deep)


def _timed(ask: Ask) -> float:
    begun = time.perf_counter()
    ask()
    return (time.perf_counter() - begun) * MILLISECONDS


def _page(tenant: Tenant, wish: Wish, cycle: int = CYCLE) -> Ask:
    return lambda: _ids(listing.page(tenant, cycle, wish).errors)


def _rows(tenant: Tenant, wish: Wish, cycle: int = CYCLE) -> models.QuerySet[SyncError]:
    order = BY_NAME if wish.sort is Sort.NAME else NEWEST
    return listing.narrowed(tenant, cycle, wish).defer(*listing.HEAVY).order_by(*order)


def _numbered(tenant: Tenant, wish: Wish) -> Ask:
    """The first of numbered pages: all that fit are counted."""
    return lambda: _ids(Paginator(_rows(tenant, wish), wish.size).page(1).object_list)


def _deep(tenant: Tenant, name: str, wish: Wish, deep: int) -> Pair:
    """The page by the key of the row before it, and by OFFSET alone, without the count that page numbers need too."""
    after = _last_before(tenant, wish, deep)
    return Pair(
        name=name,
        ours=_page(tenant, replace(wish, after=after)),
        naive=lambda: _ids(_rows(tenant, wish)[deep : deep + wish.size]),
    )


def _filter(tenant: Tenant, name: str, wish: Wish, cycle: int) -> Pair:
    """A status, and the walk over the newest errors until a page of them has it."""
    return Pair(
        name=name,
        ours=_page(tenant, wish, cycle),
        naive=lambda: _ids(_rows(tenant, wish, cycle)[: wish.size]),
    )


def _last_before(tenant: Tenant, wish: Wish, deep: int) -> int:
    return _rows(tenant, wish)[deep - 1 : deep].get().pk


def _ids(errors: object) -> Answer:
    return tuple(error.pk for error in errors)


def _counters(tenant: Tenant) -> Answer:
    return frozenset(category_counts(tenant).items())


def _counted(tenant: Tenant) -> Answer:
    rows = SyncError.objects.of(tenant).open().order_by().values_list("category")
    return frozenset(rows.annotate(number=models.Count("pk")))


def _attributes(tenant: Tenant) -> Answer:
    return frozenset(listing.attributes(tenant))


def _distinct(tenant: Tenant) -> Answer:
    return frozenset(SyncError.objects.of(tenant).open().order_by().values_list("attribute", flat=True).distinct())


def _close_cycle(tenant: Tenant) -> None:
    """A new export of which the directory names no error: all that happens is that the next cycle opens."""
    number = (SyncState.objects.get(tenant=tenant).report.get("cycle") or 0) + 1
    report = Report(
        faults=(), categories=frozenset(), sources=frozenset(), complete=False, read_at=clock.now(), cycle=number
    )
    if actions.close_cycle(tenant, report) is None:
        raise Differs("the cycle was not closed")


def _update(tenant: Tenant) -> None:
    with transaction.atomic():
        handled = SyncError.objects.of(tenant).open().filter(is_eligible=True, status_cycle__gte=CYCLE)
        handled.update(status=Status.NOT_STARTED, status_cycle=0)
        transaction.set_rollback(True)
