"""Both load generators against a small server: right answers are counted, wrong ones are never taken for speed."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.bench import load
from tests.bench.course import UsedUp
from tests.bench.line import Target, get
from tests.bench.load import OURS, WRK, BadAnswers, Generator

PAGE = b"<!doctype html><title>A page</title></html>"
ANSWERS = {"/page": (200, PAGE), "/half": (200, PAGE[:20]), "/missing": (404, PAGE), "/elsewhere": (302, PAGE)}
HAS_WRK = pytest.mark.skipif(not shutil.which("wrk"), reason="wrk is not installed")
GENERATORS = [pytest.param(OURS, id="ours"), pytest.param(WRK, id="wrk", marks=HAS_WRK)]


class Small(BaseHTTPRequestHandler):
    """Answers from the table above; what lies below /distinct/ is the page."""

    protocol_version = "HTTP/1.1"
    wbufsize = 65_536  # head and body in one packet

    def do_GET(self) -> None:
        status, body = (200, PAGE) if self.path.startswith("/distinct/") else ANSWERS[self.path]
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def target() -> Iterator[Target]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Small)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Target(host="127.0.0.1", port=server.server_port)
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("made_by", GENERATORS)
def test_it_counts_right_answers(made_by: Generator, target: Target) -> None:
    course = load.one("/page", length=get(target, "/page").length)
    assert load.per_second(made_by, target, course, connections=2, seconds=1) > 10


@pytest.mark.parametrize("made_by", GENERATORS)
@pytest.mark.parametrize("path", ["/half", "/elsewhere"])
def test_it_refuses_answers_other_than_those_measured_for(made_by: Generator, target: Target, path: str) -> None:
    course = load.one(path, length=get(target, "/page").length)
    with pytest.raises(BadAnswers):
        load.per_second(made_by, target, course, connections=2, seconds=1)


@pytest.mark.parametrize("made_by", GENERATORS)
def test_one_wrong_page_among_distinct_ones_is_seen(made_by: Generator, target: Target) -> None:
    course = load.each_once(["/distinct/1", "/missing", *(f"/distinct/{number}" for number in range(2, 50_000))])
    with pytest.raises(BadAnswers):
        load.per_second(made_by, target, course, connections=2, seconds=1)


@pytest.mark.parametrize("made_by", GENERATORS)
def test_distinct_addresses_are_never_asked_for_twice(made_by: Generator, target: Target) -> None:
    course = load.each_once([f"/distinct/{number}" for number in range(50)])
    with pytest.raises(UsedUp):
        load.per_second(made_by, target, course, connections=2, seconds=1)
