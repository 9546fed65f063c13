"""What tests need that look from several processes: rows that are committed, and programs of ours on the same database."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from portal.articles.feedback.models import Feedback, FeedbackDay
from portal.articles.health.models import TranslationBasis
from portal.articles.models import ArticleText, ImportRun, Media
from portal.articles.searching.models import MissedQuery, Posting, SearchLanguage, SearchTerm, SearchWord
from portal.pages.caching import store

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """The database without a transaction around the test; the articles it stores are removed afterwards."""
    with django_db_blocker.unblock():
        store.clear()
        yield
        remove_articles()
        connection.close()


# What no foreign key takes away with its text, and what was sought.
SEARCHED = (Posting, SearchTerm, SearchLanguage, SearchWord, MissedQuery)


def remove_articles() -> None:
    """Take away what an import of a test stored, so that the next test finds an empty shelf."""
    for model in (ArticleText, Media, ImportRun, TranslationBasis, FeedbackDay, Feedback, *SEARCHED):
        model.objects.all().delete()
    store.clear()


def environment(settings_module: str = "portal.settings") -> dict[str, str]:
    """The environment of a program of ours that uses the database of the test."""
    settings = connection.settings_dict
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
    parts = "&".join(f"{names[key]}={settings[key]}" for key in names if settings[key])
    return {
        **os.environ,
        "DATABASE_URL": f"postgresql:///{settings['NAME']}?{parts}",
        "PORTAL_SECRET_KEY": "made-up-for-the-tests-" + "x" * 32,
        "DJANGO_SETTINGS_MODULE": settings_module,
    }


def start(*arguments: str, settings_module: str = "portal.settings", **options) -> subprocess.Popen[bytes]:
    """A program of ours in a session of its own, its words caught."""
    command = [sys.executable, *arguments]
    caught = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    its = {"cwd": CHECKOUT, "env": environment(settings_module), "start_new_session": True}
    return subprocess.Popen(command, **{**its, **caught, **options})


def stop(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.communicate(timeout=20)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def web_server() -> Iterator[str]:
    """The real web server with two worker processes; its address."""
    port = free_port()
    code = (
        f"import os; os.environ.update(PORT='{port}', HOST='127.0.0.1', PORTAL_WEB_WORKERS='2');"
        "from portal.runtime.web import main; main()"
    )
    server = start("-c", code, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/readyz")
        yield address
    finally:
        stop(server)


def wait_for(address: str, *, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise AssertionError(f"{address} did not answer within {seconds} s")
