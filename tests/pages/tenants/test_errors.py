"""The list of sync errors: tiles, filters, orders, pages, search that stays out of addresses, and the whole as CSV."""

from __future__ import annotations

import csv
import io
import re

import pytest

from portal.sync.models import CategoryCount, SyncError, SyncState
from tests.pages.tenants.rows import made
from tests.pages.tenants.visitors import HTMX, address, browser, of_error, words


def names(page) -> list[str]:
    return re.findall(r'errors/\d+/"><bdi>([^<]*)', words(page))


@pytest.fixture
def many(office):
    """Thirty errors more, of two categories, with names that sort otherwise than they came."""
    for number in range(30):
        made(
            office,
            name=f"{'zyxwvut'[number % 7]} person {number:02}",
            category="large-attribute" if number % 3 else "data-mismatch",
            attribute="thumbnailPhoto" if number % 3 else "mail",
        )
    return office


def test_it_shows_tiles_with_kept_counters(office):
    page = browser(office.ada).get(address(office))
    assert '<strong>1</strong><span lang="en-US">Duplicate Attribute' in words(page)
    CategoryCount.objects.filter(tenant=office.tenant).update(number=7)
    assert "<strong>7</strong><span>All errors" in words(browser(office.ada).get(address(office)))


def test_it_shows_each_error_with_its_status_and_who_holds_the_value(office):
    page = words(browser(office.ada).get(address(office)))
    error = office.error()
    for one in (error.incoming_name, error.attribute, error.value, error.existing_name, "Not Started"):
        assert one in page


def test_a_reader_sees_the_list_too(office):
    assert names(browser(office.rosa).get(address(office))) == [office.error().incoming_name]


def test_it_pages_through_everything_once_in_every_order(many):
    visitor, everything = browser(many.ada), {one.incoming_name for one in many.errors()}
    for sort in ("newest", "oldest", "name", "category"):
        seen, where = [], f"?sort={sort}&size=25"
        while where:
            page = visitor.get(address(many) + where)
            seen += names(page)
            following = re.search(r'rel="next" href="[^"?]*(\?[^"]*)"', words(page))
            where = following[1].replace("&amp;", "&") if following else ""
        assert len(seen) == len(set(seen)) == len(everything), sort


def test_names_are_in_order_whatever_their_case(many):
    made(many, name="ÅSA"), made(many, name="aaron"), made(many, name="Aaron B")
    seen = names(browser(many.ada).get(address(many) + "?sort=name&size=200"))
    assert seen == sorted(seen, key=str.lower)


def test_a_page_costs_the_same_number_of_queries_whatever_is_on_it(many, django_assert_max_num_queries):
    visitor = browser(many.ada)
    with django_assert_max_num_queries(19) as few:  # a list not looked at before is remembered for the way back
        visitor.get(address(many) + "?size=25")
    with django_assert_max_num_queries(len(few)):
        visitor.get(address(many) + "?size=200")
    with django_assert_max_num_queries(16):
        visitor.get(address(many) + "?size=200")


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("category=data-mismatch", 10),
        ("attribute=thumbnailPhoto", 20),
        ("status=not-started", 1),
        ("status=manual-fix-required", 30),
        ("status=pending-sync", 0),
        ("mark=came-back", 0),
        ("q=person+03", 1),
        ("q=PERSON", 30),
        ("category=data-mismatch&q=person&status=manual-fix-required&sort=name", 10),
    ],
)
def test_it_narrows_by_what_is_asked(many, query, number):
    page = browser(many.ada).get(f"{address(many)}?{query}&size=100")
    assert len(names(page)) == number
    if not number:
        assert "No error fits these filters" in words(page)


def test_statuses_are_those_of_the_current_cycle(many):
    visitor = browser(many.ada)
    many.closed()
    assert len(names(visitor.get(address(many) + "?status=manual-fix-required&size=100"))) == 31
    assert names(visitor.get(address(many) + "?status=not-started")) == []
    SyncState.objects.filter(tenant=many.tenant).update(cycle=many.state.cycle + 1)
    assert len(names(visitor.get(address(many) + "?status=not-started"))) == 1


@pytest.mark.parametrize(
    "query", ["category=x", "status=x", "mark=x", "sort=x", "size=3", "size=x", "after=x", "after=0"]
)
def test_it_refuses_a_value_that_it_does_not_know(office, query):
    assert browser(office.ada).get(f"{address(office)}?{query}").status_code == 400


def test_it_goes_on_from_a_row_that_is_gone(many):
    last = SyncError.objects.of(many.tenant).order_by("pk").last().pk
    for sort in ("newest", "name", "category"):
        assert browser(many.ada).get(f"{address(many)}?sort={sort}&after={last + 999}").status_code == 200


def test_a_plain_search_goes_on_to_an_address_that_can_be_shared(office):
    sent = browser(office.ada).post(address(office), {"q": "joe", "category": "duplicate-attribute"})
    assert (sent.status_code, sent.url) == (303, f"{address(office)}?category=duplicate-attribute&q=joe")


@pytest.mark.parametrize("text", ["joe.j@contoso.com", "a name that is certainly longer than forty characters"])
def test_a_search_that_may_be_about_a_person_stays_out_of_every_address(many, text):
    for number in range(30):
        made(many, name=f"Joe {number}", searched=f"{text} {number}")
    visitor = browser(many.ada)
    page = visitor.post(address(many), {"q": text, "size": "25"})
    assert page.status_code == 200
    assert len(names(page)) == 25
    assert page.headers["Cache-Control"] == "no-store"
    assert text.split("@")[0] not in " ".join(re.findall(r'(?:href|action)="([^"]*)"', words(page)))
    after = re.search(r'name="after" value="(\d+)"', words(page))[1]
    assert len(names(visitor.post(address(many), {"q": text, "size": "25", "after": after}))) == 5


def test_such_a_search_in_an_address_is_not_followed_nor_repeated(office):
    page = browser(office.ada).get(address(office), {"q": "nobody.at.all@contoso.com"})
    assert "nobody.at.all" not in words(page)


def test_htmx_gets_the_list_alone(office):
    part = browser(office.ada).get(address(office), headers=HTMX)
    assert "<html" not in words(part)
    assert 'id="list"' in words(part)


def test_a_tenant_that_was_never_read_says_so(office):
    SyncState.objects.filter(tenant=office.tenant).delete()
    assert "Nothing has been read from this directory yet" in words(browser(office.ada).get(address(office)))


def test_no_errors_are_good_news_only_after_a_complete_reading(office):
    SyncError.objects.of(office.tenant).update(cleared_in=1)
    assert "No sync errors." in words(browser(office.ada).get(address(office)))
    SyncState.objects.filter(tenant=office.tenant).update(complete_read_at=None)
    assert "nothing is known of sync errors" in words(browser(office.ada).get(address(office)))


def test_names_are_text_whatever_they_hold(office):
    made(office, name='<script>alert("x")</script>')
    page = words(browser(office.ada).get(address(office)))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def rows_of(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode().removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text)))


def test_it_exports_all_pages_of_what_the_filters_leave(many):
    answer = browser(many.rosa).get(address(many, "errors.csv") + "?category=data-mismatch&size=25")
    assert 'filename="contoso-sync-errors-' in answer.headers["Content-Disposition"]
    rows = rows_of(answer)
    assert len(rows) == 11
    assert {row[1] for row in rows[1:]} == {"Data Mismatch"}
    assert many.lines()[-1] == "exported"


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1+1", "＠x"])
def test_no_cell_of_an_export_is_a_formula(office, name):
    made(office, name=name)
    assert rows_of(browser(office.ada).get(address(office, "errors.csv")))[1][5] == f"'{name}"


@pytest.mark.parametrize(
    ("name", "told"),
    [("a;=1+1", "a;'=1+1"), ("a; @b", "a; '@b"), ("\t=1", "'\t'=1"), ("a\n-1", "a\n'-1"), ("a;b-c", "a;b-c")],
)
def test_nor_is_what_follows_where_cells_end_at_semicolons(office, name, told):
    made(office, name=name)
    assert rows_of(browser(office.ada).get(address(office, "errors.csv")))[1][5] == told


def test_the_way_back_from_an_error_leads_to_the_list_as_it_was_left(office):
    visitor = browser(office.ada)
    visitor.get(address(office) + "?category=duplicate-attribute")
    assert "?category=duplicate-attribute" in words(visitor.get(of_error(office)))


def test_a_search_for_a_person_is_found_again_and_stands_in_no_address(office):
    visitor = browser(office.ada)
    visitor.post(address(office), {"q": "nobody@contoso.com"})
    assert "?again=1" in words(visitor.get(of_error(office)))
    again = visitor.get(address(office) + "?again=1")
    assert again.context["wish"].text == "nobody@contoso.com"
    assert "No error fits these filters" in words(again)


def test_an_address_with_a_persons_name_is_not_searched_and_says_so(office):
    page = browser(office.ada).get(address(office) + "?q=joe@contoso.com")
    assert page.context["wish"].text == ""
    assert "it is not taken from a link" in words(page)


def test_a_changed_filter_brings_the_tiles_along(office):
    part = words(browser(office.ada).post(address(office), {"q": "joe@"}, headers=HTMX))
    assert 'id="tiles" hx-swap-oob="true"' in part


def test_the_csv_tells_of_a_running_fix(office):
    office.requested()
    told = b"".join(browser(office.ada).get(address(office, "errors.csv")).streaming_content).decode()
    assert "Fix running" in told
