"""Imports in processes of their own: two at once, one that is killed, and what a terminal shows."""

import json
import os
import pty
import signal
import time

from portal.articles.models import ArticleText, ContentVersion
from tests.committed import start, stop
from tests.factories import make_tree, run_import, selfhelp

FILES = {f"n{number:04}.md": selfhelp(f"Number {number}", body="Some *words*.\n\n" * 40) for number in range(1200)}


def importing(tree, *options, **how):
    return start("manage.py", "import_articles", str(tree), *options, **how)


def test_two_imports_at_once_take_turns(tmp_path, committed):
    tree = make_tree(tmp_path, dict(list(FILES.items())[:300]))
    both = [importing(tree, "--json"), importing(tree, "--json")]
    ends = [process.communicate(timeout=60) for process in both]
    counts = sorted((json.loads(out)["counts"]["new"], json.loads(out)["counts"]["unchanged"]) for out, _ in ends)
    assert [process.returncode for process in both] == [0, 0]
    assert counts == [(0, 300), (300, 0)]
    assert any(b"waits for it to end" in err for _, err in ends)
    assert ArticleText.objects.count() == 300


def test_a_killed_import_leaves_whole_batches_and_the_next_completes(tmp_path, committed):
    tree = make_tree(tmp_path, FILES)
    before = ContentVersion.objects.get().number
    process = importing(tree)
    until = time.monotonic() + 30
    while not (stored := ArticleText.objects.count()) and time.monotonic() < until:
        time.sleep(0.01)
    members = children(process.pid)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=10)
    stored = ArticleText.objects.count()
    assert 0 < stored < len(FILES)
    assert stored % 400 == 0
    assert ContentVersion.objects.get().number == before + stored // 400
    wait_until_gone(members)
    stop(process)
    report = run_import(tree)
    assert (report.new, report.unchanged) == (len(FILES) - stored, stored)


def children(pid: int) -> list[int]:
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        return [int(word) for word in file.read().split()]


def wait_until_gone(pids: list[int]) -> None:
    assert pids
    until = time.monotonic() + 5
    while any(is_alive(pid) for pid in pids):
        assert time.monotonic() < until, "the processes of a killed import live on"
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_terminal_shows_progress_and_a_pipe_does_not(tmp_path, committed):
    tree = make_tree(tmp_path, {"a.md": selfhelp(), "b.md": selfhelp()})
    ours, theirs = pty.openpty()
    process = importing(tree, stderr=theirs)
    process.communicate(timeout=60)
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:  # the end of a pseudo terminal
        pass
    os.close(ours)
    assert b"2/2" in shown
    piped = importing(tree)
    _, err = piped.communicate(timeout=60)
    assert err == b""
