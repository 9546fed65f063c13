"""Works files out on every core, and leaves no process behind."""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from portal.articles.importing.rows import Outcome, Placing, outcome_of

CHUNK = 24
# Below this many files the processes cost more than they save.
ALONE = 60

# Rendering makes many objects and few circles; looking for these as often as Python does costs a twentieth of the time.
RARELY = (50_000, 20, 50)

_placing: Placing


class WorkersDied(Exception):
    """A process that read files was killed, most likely for want of memory."""


def outcomes(source_paths: list[str], placing: Placing) -> Iterable[Outcome]:
    """The outcomes of all files, in order. Raises WorkersDied."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(source_paths) < ALONE or cores == 1:
        return (outcome_of(source_path, placing) for source_path in source_paths)
    return _in_processes(source_paths, placing, cores)


def _in_processes(source_paths: list[str], placing: Placing, cores: int) -> Iterator[Outcome]:
    pool = ProcessPoolExecutor(max_workers=cores, initializer=_begin, initargs=(placing, os.getpid()))
    try:
        yield from pool.map(_outcome, source_paths, chunksize=CHUNK)
    except BrokenProcessPool as reason:
        raise WorkersDied from reason
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(placing: Placing, parent: int) -> None:
    """Runs once in each process: Ctrl-C is for the parent, and without the parent there is nothing to do."""
    global _placing
    _placing = placing
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(*RARELY)
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _outcome(source_path: str) -> Outcome:
    return outcome_of(source_path, _placing)
