"""Topic health and coverage: figures that lead to lists, lists with pages, and both as CSV."""

import csv
import io

import pytest

from portal.pages.staff import health
from portal.pages.staff.coverage import table
from tests.factories import make_text
from tests.pages.tenants.visitors import HTMX

pytestmark = pytest.mark.django_db
TOPICS, COVERAGE = "/en-us/public/staff/topics/", "/en-us/public/staff/coverage/"


def lines(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_tiles_count_and_lead_to_their_lists(staff):
    make_text(topics=["1"], kind="problemscopingquestions")
    make_text(topics=["2"])
    make_text(topics=["2"])
    tiles = staff.get(TOPICS).context["tiles"]
    assert [tile["number"] for tile in tiles] == [2, 1, 1, 1]
    for tile in tiles:
        assert staff.get(f"{TOPICS}?{tile['query']}").context["total"] == tile["number"]


def test_a_row_says_what_is_missing(staff):
    make_text(topics=["7"], clouds=["public", "fairfax", "usnat", "ussec"])
    row = staff.get(TOPICS).context["rows"][0]
    assert row["missing_clouds"] == ["Azure operated by 21Vianet"]
    assert [one.code for one in row["missing_locales"]] == ["sv-se", "de-de", "ja-jp", "ar-sa"]


def test_pages_follow_each_other_without_a_gap(staff, monkeypatch):
    monkeypatch.setattr(health, "ON_A_PAGE", 2)
    make_text(topics=["1", "2", "3", "4", "5"])
    seen, query = [], ""
    while True:
        context = staff.get(f"{TOPICS}?{query}").context
        seen.append([row["entry"].key for row in context["rows"]])
        query = context["next"]
        if not query:
            break
    assert seen == [["1", "2"], ["3", "4"], ["5"]]


def test_htmx_gets_the_list_alone(staff):
    make_text(topics=["1"])
    page = staff.get(TOPICS, headers=HTMX).content.decode()
    assert page.startswith('<section id="health-list"')


def test_an_empty_list_is_said(staff):
    assert "Nothing here is in this state." in staff.get(f"{TOPICS}?state=alike").content.decode()


@pytest.mark.parametrize("query", ["of=things", "state=bad", "in=nimbus", "for=klingon", "after=%27"])
@pytest.mark.parametrize("page", ["topics/", "topics.csv", "coverage/", "coverage.csv"])
def test_a_bad_value_is_said(staff, page, query):
    assert staff.get(f"/en-us/public/staff/{page}?{query}").status_code == 400


def test_the_csv_holds_the_whole_list_and_no_formula(staff, monkeypatch):
    monkeypatch.setattr(health, "ON_A_PAGE", 1)
    make_text(topics=["1", "2"], title="=HYPERLINK(1)", clouds=["public"])
    rows = lines(staff.get("/en-us/public/staff/topics.csv?state=missing&in=fairfax"))
    assert [row["ID"] for row in rows] == ["1", "2"]
    assert rows[0]["Title"] == "'=HYPERLINK(1)"
    assert rows[0]["Missing clouds"] == "fairfax mooncake usnat ussec"


def test_a_cell_of_the_coverage_leads_to_exactly_what_it_lacks(staff):
    make_text(path="a", topics=["1"], clouds=["public", "fairfax"])
    make_text(path="a", locale="sv-se", clouds=["public", "fairfax"])
    make_text(path="b", topics=["2"], clouds=["public"])
    rows, total = table(health.Of.TOPICS)
    assert total == 2
    for row in rows:
        for cell in row.cells:
            found = staff.get(f"{TOPICS}?{cell.query}").context["total"]
            assert found == (total - cell.number or total)


def test_only_nothing_is_painted_as_nothing(staff):
    for number in range(400):
        make_text(topics=[str(number)], clouds=["public"])
    make_text(topics=["9999"], clouds=["fairfax"])
    cells = table(health.Of.TOPICS)[0][0].cells
    assert [(cell.percent, cell.heat) for cell in cells[:3]] == [(99, 4), (0, 1), (0, 0)]


def test_the_coverage_of_products_is_a_table_with_heads(staff):
    make_text(products=["14"])
    page = staff.get(f"{COVERAGE}?of=products").content.decode()
    assert page.count('<th scope="row">') == 6
    assert page.count('<th scope="col">') == 7


def test_the_coverage_is_a_csv_too(staff):
    make_text(topics=["1"], clouds=["public"])
    rows = lines(staff.get("/en-us/public/staff/coverage.csv"))
    assert len(rows) == 36
    assert rows[0] == {"Language": "any", "Cloud": "public", "Served": "1", "Of": "1", "Percent": "100"}


def test_without_articles_it_says_what_to_do(staff):
    assert "Import some" in staff.get(COVERAGE).content.decode()


@pytest.mark.parametrize("page", ["topics/", "coverage/"])
def test_it_takes_a_handful_of_queries(staff, django_assert_max_num_queries, page):
    for number in range(20):
        make_text(topics=[str(number)])
    with django_assert_max_num_queries(6):
        staff.get(f"/en-us/public/staff/{page}")
