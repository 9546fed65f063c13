"""The record: who did what, newest first, narrowed, page by page, and taken along."""

from __future__ import annotations

import json
import re

import pytest

from portal.accounts.record import note
from tests.pages.tenants.test_errors import rows_of
from tests.pages.tenants.visitors import address, browser, words


@pytest.fixture
def busy(office):
    office.closed()
    office.cycle()
    return office


def test_it_says_who_did_what_to_what_with_links(busy):
    page = words(browser(busy.cem).get(address(busy, "record/")))
    for one in (
        busy.ada.name,
        "opened the diagnosis",
        "answered",
        "closed",
        "cycle closed",
        busy.error().incoming_name,
    ):
        assert one in page
    assert address(busy, f"errors/{busy.error().pk}/") in page


def test_it_narrows_by_act_and_by_error(busy):
    visitor = browser(busy.ada)
    only = visitor.get(address(busy, "record/") + "?what=closed")
    assert [line.what for _label, line, _about, _details in only.context["lines"]] == ["closed"]
    assert visitor.get(address(busy, "record/") + f"?error={busy.error().pk + 1}").context["lines"] == []
    assert visitor.get(address(busy, "record/") + f"?error={busy.error().pk}&what=answered").context["lines"]


@pytest.mark.parametrize("query", ["what=nothing", "error=x", "after=x", "error=" + "9" * 30])
def test_it_refuses_a_filter_that_makes_no_sense(office, query):
    assert browser(office.ada).get(f"{address(office, 'record/')}?{query}").status_code == 400


def test_it_pages_through_every_line_once(office):
    for number in range(250):
        note(office.tenant, what="exported", about=str(number))
    visitor, seen, query = browser(office.ada), [], "?what=exported"
    while query:
        page = visitor.get(address(office, "record/") + query)
        seen += [line.about for _label, line, _about, _details in page.context["lines"]]
        following = re.search(r'rel="next" href="(\?[^"]*)"', words(page))
        query = following[1].replace("&amp;", "&") if following else ""
    assert seen == [str(number) for number in reversed(range(250))]


def test_an_empty_record_says_what_will_be_in_it(office):
    assert "Nothing has happened yet" in words(browser(office.ada).get(address(office, "record/")))


def test_it_is_taken_along_as_csv_and_json(busy):
    visitor = browser(busy.ada)
    rows = rows_of(visitor.get(address(busy, "record.csv") + "?what=answered"))
    assert rows[1][1:3] == [busy.ada.name, "answered"]
    lines = b"".join(visitor.get(address(busy, "record.jsonl")).streaming_content).decode().splitlines()
    assert {"at", "who", "what", "about", "error", "fix", "details"} == set(json.loads(lines[0]))
    assert json.loads(lines[0])["what"] == "exported"  # taking it along is written down too


def test_no_cell_of_its_csv_is_a_formula(office):
    note(office.tenant, what="exported", about="=1+1")
    assert rows_of(browser(office.ada).get(address(office, "record.csv")))[2][3] == "'=1+1"
