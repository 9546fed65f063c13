"""The offices that the tests of diagnoses work in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from portal.directories.simulator.seed.stage import Stage
from tests.diagnosis.office import STORES, Office, register_memory_door
from tests.directories.simulator.scenes import orphan


@pytest.fixture
def open_office(db: None) -> Iterator[Callable[..., Office]]:
    """Opens offices on scenes; their clock is let go at the end."""
    register_memory_door()
    opened: list[Office] = []

    def make(scene: Stage | None = None, **more: str) -> Office:
        opened.append(Office(scene or orphan(), **more))
        return opened[-1]

    yield make
    for office in reversed(opened):  # the first holds the real time
        office.leave()
    STORES.clear()


@pytest.fixture
def office(open_office: Callable[..., Office]) -> Office:
    """Joe's old account is an orphan, his new one wants its address: one error that can be fixed."""
    return open_office()
