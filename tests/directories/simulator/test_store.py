import threading

import pytest

from portal.directories.simulator.world.store import MemoryStore


def test_what_was_changed_is_saved_when_the_block_ends_well():
    store = MemoryStore()
    with store.exclusively() as document:
        document.values["count"] = 1
        document.changed = True
    assert store.read() == {"count": 1}


def test_what_was_only_looked_at_is_not_saved():
    store = MemoryStore()
    with store.exclusively() as document:
        document.values["count"] = 1
    assert store.read() == {}


def spoil(store):
    with store.exclusively() as document:
        document.values["count"] = 2
        document.changed = True
        raise ValueError("in between")


def test_a_block_that_raises_leaves_everything_as_it_was():
    store = MemoryStore({"count": 1})
    with pytest.raises(ValueError, match="in between"):
        spoil(store)
    assert store.read() == {"count": 1}


def test_nobody_shares_what_was_read():
    store = MemoryStore({"list": []})
    store.read()["list"].append(1)
    assert store.read() == {"list": []}


def test_one_after_the_other():
    store = MemoryStore({"count": 0})

    def add() -> None:
        for _ in range(50):
            with store.exclusively() as document:
                document.values["count"] += 1
                document.changed = True

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.read() == {"count": 200}
