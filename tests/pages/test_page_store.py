"""The page store: one version at a time, bounded, one look at the version for all threads, and never back to an older one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.http import HttpResponse

from portal.pages.caching import Page, PageStore, page_of

CAPACITY = 1_000_000


class Versions:
    """Stands for the database: the version it holds, how often it was asked, and which time it answers late."""

    def __init__(self) -> None:
        self.now, self.asked, self.late_answer = 1, 0, 0
        self.let_go = threading.Event()

    def __call__(self) -> int:
        seen = self.now
        self.asked += 1
        if self.asked == self.late_answer:
            self.let_go.wait(5)
        return seen


@pytest.fixture
def versions() -> Versions:
    return Versions()


@pytest.fixture
def store(versions: Versions) -> PageStore:
    made = PageStore(CAPACITY, versions)
    made.get("nothing")
    return made


@pytest.fixture
def polls_at_once(settings: LazySettings) -> None:
    settings.CONTENT_POLL_MILLISECONDS = 0


def page(words: str = "A page", size: int = 0) -> Page:
    return page_of(HttpResponse(words.encode() + b"\n" * size))


def test_it_keeps_a_page_read_under_its_version(store: PageStore) -> None:
    kept = page()
    store.put("a", kept, version=1)
    assert store.get("a") is kept


@pytest.mark.parametrize("version", [0, 2])
def test_it_keeps_no_page_of_another_version(store: PageStore, version: int) -> None:
    store.put("a", page(), version=version)
    assert store.get("a") is None


def test_it_asks_for_the_version_once_in_the_time_of_a_poll(
    store: PageStore, versions: Versions, settings: LazySettings
) -> None:
    settings.CONTENT_POLL_MILLISECONDS = 60_000
    for _ in range(100):
        store.get("a")
    assert versions.asked == 1


@pytest.mark.usefixtures("polls_at_once")
@pytest.mark.parametrize("version", [2, 0], ids=["an import", "a database restored from a copy"])
def test_it_drops_all_pages_when_the_version_changes(store: PageStore, versions: Versions, version: int) -> None:
    store.put("a", page(), version=1)
    versions.now = version
    assert store.get("a") is None


@pytest.mark.usefixtures("polls_at_once")
def test_a_late_answer_never_brings_an_older_version_back(
    store: PageStore, versions: Versions, settings: LazySettings
) -> None:
    versions.late_answer = 2
    late, quick = (threading.Thread(target=store.get, args=["a"]) for _ in range(2))
    late.start()
    _until(lambda: versions.asked == 2)  # it has seen version 1 and is on its way back
    versions.now = 2
    quick.start()
    quick.join(0.1)
    versions.let_go.set()
    late.join(5)
    quick.join(5)
    settings.CONTENT_POLL_MILLISECONDS = 60_000
    store.put("a", page("The old text"), version=1)
    assert store.get("a") is None


@pytest.mark.usefixtures("polls_at_once")
def test_the_least_recently_used_page_goes_first_when_it_is_full(versions: Versions) -> None:
    store = PageStore(40_000, versions)
    store.get("nothing")
    for name in "abcdefghij":
        store.put(name, page(name, size=4_000), version=1)
        store.get("a")
    assert store.get("a") is not None
    assert store.get("b") is None
    assert store.get("j") is not None


def test_a_page_of_an_eighth_of_the_room_is_not_kept(store: PageStore) -> None:
    store.put("a", page(size=CAPACITY // 8), version=1)
    assert store.get("a") is None


def _until(happens: Callable[[], bool], seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not happens() and time.monotonic() < deadline:
        time.sleep(0.005)
