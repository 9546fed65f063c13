"""A committed text shows in every process within 200 ms, and a page read during an import is never kept under the newer version."""

import threading
import time
import urllib.request

import pytest
from django.db import InternalError, connection
from django.test import Client

from portal.articles.models import ContentVersion
from portal.pages.caching import SNAPSHOT, read_version, snapshot
from tests.committed import web_server
from tests.factories import make_text, make_tree, run_import, selfhelp

SOON = 0.2


def words(address: str) -> bytes:
    """A request on a connection of its own, so that any process may take it."""
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Connection": "close"}), timeout=10) as answer:
        return answer.read()


def test_every_process_shows_a_new_text_within_200_ms(tmp_path, committed):
    tree = make_tree(tmp_path, {"a.md": selfhelp(body="Words number 0.")})
    run_import(tree)
    with web_server() as server:
        address = f"{server}/en-us/public/articles/selfhelp/a/"
        for _ in range(20):
            assert b"Words number 0." in words(address)
        for number in range(1, 4):
            make_tree(tmp_path, {"a.md": selfhelp(body=f"Words number {number}.")})
            run_import(tree)
            time.sleep(SOON)
            for _ in range(20):
                assert f"Words number {number}.".encode() in words(address)


def test_a_page_and_its_version_are_of_one_moment(committed):
    """Between reading the version and reading the body an import commits: the old body must go with the old version."""
    text = make_text(path="a", title="Before")
    with snapshot() as version:
        importing = threading.Thread(target=_commit_a_title, args=(text.pk, "After"))
        importing.start()
        importing.join(10)
        text.refresh_from_db()
        assert (version, text.title) == (version, "Before")
    assert read_version() == version + 1
    text.refresh_from_db()
    assert text.title == "After"


def _commit_a_title(pk, title):
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("UPDATE portal_articletext SET title = %s WHERE id = %s", [title, pk])
        ContentVersion.raise_number()
        cursor.execute("COMMIT")
    connection.close()


def test_a_page_can_write_nothing(committed):
    text = make_text(path="a")
    with pytest.raises(InternalError, match="read-only"), snapshot():
        text.save()


def test_the_snapshot_is_one_message():
    assert SNAPSHOT.count(";") == 1


def test_reading_while_importing_never_keeps_an_old_page(tmp_path, committed, settings):
    """Readers ask all the time while imports commit; after each commit and one poll, nobody sees the older words."""
    settings.CONTENT_POLL_MILLISECONDS = 5
    tree = make_tree(tmp_path, {"a.md": selfhelp(body="Number 0.")})
    run_import(tree)
    wrong, stop, shown = [], threading.Event(), {"least": 0}

    def read():
        one = Client()
        while not stop.is_set():
            least = shown["least"]
            body = one.get("/en-us/public/articles/selfhelp/a/").content.decode()
            number = int(body.partition("Number ")[2].partition(".")[0])
            if number < least:
                wrong.append((number, least))
        connection.close()

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(1, 15):
        make_tree(tmp_path, {"a.md": selfhelp(body=f"Number {number}.")})
        run_import(tree)
        time.sleep(0.03)
        shown["least"] = number
    stop.set()
    for reader in readers:
        reader.join(10)
    assert wrong == []
