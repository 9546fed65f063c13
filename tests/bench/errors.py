"""A tenant with a million sync errors: the portal's queries beside the naive ones, a cycle's reset, and the page itself."""

from __future__ import annotations

import http.client
import json
import re
import time
import urllib.request
from collections.abc import Callable, Mapping
from functools import partial
from http.cookiejar import CookieJar
from urllib.parse import urlencode

from tests.bench.line import Target
from tests.bench.report import NOTHING_WANTED, Wanted, figure, heading, ratio, spread, table
from tests.bench.rounds import Series, interleave
from tests.bench.stage import BenchFailed, Stage

MANY, SMALLEST = 1_000_000, 10_000
FEW = 1_000
RESET_ROUNDS = 3
PAGES_AT_ONCE = 3
DEEP = "page after error"
WANTED_DEEP = Wanted(at_least=50)
# The cost of a reset with the most errors over that with the fewest.
WANTED_RESET = Wanted(below=2)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
WHO = "local:ada"
PATIENCE_SECONDS = 60

Figures = Mapping[str, Mapping[str, Series]]


def run(stage: Stage, *, errors: int, rounds: int) -> None:
    """Make three tenants, the largest with `errors`, and measure in the largest; resets in all of them."""
    sizes = {f"of-{number}": number for number in (FEW, errors // 10, errors)}
    largest = list(sizes)[-1]
    stage.empty()
    begun = time.monotonic()
    after = _step(stage, "fill", sizes, 1)
    heading(
        f"Sync errors: a tenant with {errors:,}, milliseconds",
        f"{rounds} interleaved rounds (fewer of what takes long) after one that checks that both ways find the same; made in "
        f"{time.monotonic() - begun:.0f} s, beside two smaller tenants",
        "ours: the functions that the pages call; naive: COUNT and OFFSET as a paginator does, OFFSET alone deep in the "
        "list, a walk until a page has the status, GROUP BY, DISTINCT",
    )
    _show_queries(_series(_step(stage, "queries", sizes, rounds)), errors)
    with stage.serving() as target:
        _show_pages(_pages(target, after, largest, rounds), errors)
    _show_resets(_series(_step(stage, "resets", sizes, RESET_ROUNDS)), sizes)


def _step(stage: Stage, step: str, sizes: Mapping[str, int], rounds: int) -> dict[str, dict[str, list[float]]]:
    tenants = [f"{slug}:{number}" for slug, number in sizes.items()]
    options = ("--settings", "tests.bench.site.settings", "--rounds", str(rounds))
    return json.loads(stage.run("manage.py", "measure_errors", step, *options, "--tenants", *tenants))


def _series(found: Mapping[str, Mapping[str, list[float]]]) -> Figures:
    return {name: {way: Series(values=tuple(values)) for way, values in ways.items()} for name, ways in found.items()}


def _show_queries(figures: Figures, errors: int) -> None:
    rows = []
    for name, ways in figures.items():
        times = ways["naive"].over(ways["ours"])
        wanted = WANTED_DEEP if name == f"{DEEP} {errors // 2:,}" and errors == MANY else NOTHING_WANTED
        rows.append(
            (
                name,
                figure(ways["ours"], 2),
                spread(ways["ours"]),
                figure(ways["naive"], 2),
                ratio(times),
                wanted.says(times.median),
            )
        )
    table(("what is asked", "ours", "spread", "naive", "x faster", "wanted"), rows)


def _show_resets(figures: Figures, sizes: Mapping[str, int]) -> None:
    heading(
        "A cycle ends and every status is reset, milliseconds",
        f"{RESET_ROUNDS} rounds; ours: closing a cycle by a report that names and clears nothing, whose own size is what else it costs; naive: UPDATE of the errors handled in the cycle "
        "(5 % of those that can be diagnosed), without its commit",
    )
    fewest = figures[next(iter(sizes))]["ours"]
    largest = list(sizes)[-1]
    rows = []
    for slug, number in sizes.items():
        ours, naive = figures[slug]["ours"], figures[slug]["naive"]
        over = ours.over(fewest)
        wanted = WANTED_RESET if slug == largest else NOTHING_WANTED
        rows.append(
            (
                f"{number:,} errors",
                figure(ours, 2),
                figure(naive, 1),
                ratio(naive.over(ours)),
                ratio(over),
                wanted.says(over.median),
            )
        )
    table(("tenant", "ours", "naive", "x faster", f"over {FEW:,}", "wanted"), rows)


def _pages(target: Target, after: Mapping[str, int], largest: str, rounds: int) -> dict[str, Series]:
    """How long a signed-in person waits for whole pages, one after the other on one connection."""
    smallest = next(iter(after))
    cookie = _signed_in(target)
    first = f"/en-us/public/tenants/{largest}/errors/"
    addresses = {
        f"first page, {FEW:,} errors": f"/en-us/public/tenants/{smallest}/errors/",
        "first page": first,
        "deep page": f"{first}?after={after[largest]}",
        "deep page, by name": f"{first}?sort=name&after={after[largest]}",
        "first page of a category": f"{first}?category=duplicate-attribute",
        "first page of Not Started": f"{first}?status=not-started",
    }
    connection = http.client.HTTPConnection(target.host, target.port, timeout=PATIENCE_SECONDS)
    ask = {name: partial(_wait_for_page, connection, cookie, address) for name, address in addresses.items()}
    try:
        _warm_up(ask)
        return interleave(ask, rounds)
    finally:
        connection.close()


def _warm_up(ask: Mapping[str, Callable[[], float]]) -> None:
    for wait in ask.values():
        wait()


def _wait_for_page(connection: http.client.HTTPConnection, cookie: str, address: str) -> float:
    """Milliseconds for a page of the list, the median of a few."""
    times = []
    for _ in range(PAGES_AT_ONCE):
        begun = time.perf_counter()
        connection.request("GET", address, headers={"Cookie": cookie})
        answer = connection.getresponse()
        page = answer.read()
        times.append((time.perf_counter() - begun) * 1000)
        if answer.status != 200 or b'<ul class="rows">' not in page:
            raise BenchFailed(f"{address} answers {answer.status} without a list of errors.")
    return Series(values=tuple(times)).median


def _signed_in(target: Target) -> str:
    """Sign in by the form, as a person does; the cookies of her session."""
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    address = f"http://{target.host}:{target.port}/sign-in"
    with browser.open(address, timeout=PATIENCE_SECONDS) as answer:
        token = TOKEN.search(answer.read().decode())
    if token is None:
        raise BenchFailed("The page to sign in has no form.")
    form = urlencode({"csrfmiddlewaretoken": token[1], "person": WHO}).encode()
    browser.open(address, form, timeout=PATIENCE_SECONDS).close()
    return "; ".join(f"{one.name}={one.value}" for one in jar)


def _show_pages(waits: Mapping[str, Series], errors: int) -> None:
    heading(
        f"The page of the list as a signed-in person gets it, of {errors:,} errors, milliseconds",
        "the server with all its middleware, session and rights; one request after the other on one connection",
    )
    least = next(iter(waits.values()))
    rows = [(name, figure(wait, 1), spread(wait), ratio(wait.over(least))) for name, wait in waits.items()]
    table(("page", "ms", "spread", f"over {FEW:,} errors"), rows)
