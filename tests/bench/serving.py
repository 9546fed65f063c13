"""Serving: a warm article page and a first hit beside a bare view of the same bytes, in the same server and workers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from tests.bench import articles, load
from tests.bench.course import Course
from tests.bench.line import Target, get
from tests.bench.load import Generator
from tests.bench.report import NOTHING_WANTED, Wanted, figure, heading, ratio, spread, table
from tests.bench.rounds import Series, interleave
from tests.bench.stage import WORKERS, BenchFailed, Stage

CONNECTIONS = (1, 16, 64)
SECONDS, WARM_UP_SECONDS = 2, 1
BARE, WARM, FIRST = "bare view, same bytes", "article page, warm", "article page, first hit"
BARE_ADDRESS = "/bench/bare/"
WANTED = {WARM: Wanted(at_least=0.6)}
# A sample of the walk is read to the end before anything counts on it.
SAMPLE = 40


def run(stage: Stage, made_by: Generator, *, rounds: int) -> None:
    page_file = stage.folder / "page.html"
    warm, walk = articles.typical(stage), articles.distinct(stage)
    with stage.serving(BENCH_BYTES=str(page_file)) as target:
        page = _page(target, warm)
        page_file.write_bytes(page)
        _check_sample(target, walk[:SAMPLE])
        courses = {
            BARE: _same_bytes(target, BARE_ADDRESS, page),
            WARM: _same_bytes(target, warm, page),
            FIRST: load.each_once(walk[SAMPLE:]),
        }
        heading(
            f"Serving an article page of {len(page):,} bytes: right answers per second",
            f"{rounds} interleaved rounds of {SECONDS} s; granian, {WORKERS} workers, all of the portal's middleware before "
            "each; not compressed",
            made_by.note,
            f"a first hit asks for an address nobody asked for before ({len(courses[FIRST].paths):,} of them)",
        )
        _warm_up(made_by, target, courses)
        rows = [
            row
            for connections in CONNECTIONS
            for row in _rows(connections, _measure(made_by, target, courses, connections, rounds))
        ]
    table(("contender", "connections", "answers/s", "spread", "x bare", "wanted"), rows)


def _page(target: Target, address: str) -> bytes:
    answer = get(target, address)
    if answer.status != 200:
        raise BenchFailed(f"The article page answers {answer.status}.")
    return answer.body


def _same_bytes(target: Target, address: str, page: bytes) -> Course:
    answer = get(target, address)
    if answer.status != 200 or answer.body != page:
        raise BenchFailed(f"{address} answers {answer.status} with other bytes than the article page.")
    return load.one(address, length=answer.length)


def _check_sample(target: Target, addresses: Sequence[str]) -> None:
    """Distinct addresses must lead to distinct pages, not to one page of refusal."""
    pages = [_page(target, address) for address in addresses]
    if len(set(pages)) < len(pages):
        raise BenchFailed("Distinct addresses answer with the same page.")


def _warm_up(made_by: Generator, target: Target, courses: dict[str, Course]) -> None:
    for course in courses.values():
        load.per_second(made_by, target, course, connections=max(CONNECTIONS), seconds=WARM_UP_SECONDS)


def _measure(
    made_by: Generator, target: Target, courses: dict[str, Course], connections: int, rounds: int
) -> dict[str, Series]:
    contenders = {
        name: partial(load.per_second, made_by, target, course, connections=connections, seconds=SECONDS)
        for name, course in courses.items()
    }
    return interleave(contenders, rounds)


def _rows(connections: int, speeds: dict[str, Series]) -> list[tuple[str, ...]]:
    bare = speeds[BARE]
    return [
        (
            name, str(connections), figure(speed), spread(speed), ratio(speed.over(bare)),
            WANTED.get(name, NOTHING_WANTED).says(speed.over(bare).median),
        )
        for name, speed in speeds.items()
    ]  # fmt: skip
