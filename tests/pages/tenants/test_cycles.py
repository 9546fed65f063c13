"""The cycles of a tenant, as a picture and as a table."""

from __future__ import annotations

import re

from portal.sync.models import Cycle
from tests.pages.tenants.visitors import address, browser, words


def page(office, query: str = "") -> str:
    return words(browser(office.rosa).get(address(office, "cycles/") + query))


def test_each_cycle_tells_how_many_errors_of_each_category_it_left(office):
    office.cycle()
    newest = Cycle.objects.filter(tenant=office.tenant).latest("number")
    assert sum(newest.by_category.values()) == office.tenant.errors.filter(cleared_in=None).count()
    shown = page(office)
    assert "Duplicate Attribute" in shown
    assert f'<th scope="row">{newest.number}</th>' in shown


def test_the_picture_has_a_column_for_each_cycle_and_says_it_in_words(office):
    office.cycle()
    number = Cycle.objects.filter(tenant=office.tenant).exclude(by_category={}).count()
    assert len(re.findall(r"<title>Cycle \d+: \d+ errors?</title>", page(office))) == number


def test_a_cycle_of_before_the_numbers_were_kept_says_so(office):
    Cycle.objects.filter(tenant=office.tenant).update(by_category={})
    assert "not kept" in page(office)
    assert 'class="chart"' not in page(office)


def test_older_cycles_follow_page_by_page(office):
    first = Cycle.objects.filter(tenant=office.tenant).earliest("number")
    for number in range(900, 930):
        Cycle.objects.create(
            tenant=office.tenant, number=number, opened_at=first.opened_at, closed_at=first.closed_at, complete=True
        )
    assert "?before=906" in page(office)
    assert '<th scope="row">905</th>' in page(office, "?before=906")


def test_past_the_oldest_it_leads_back(office):
    assert "There is no older cycle." in page(office, "?before=1")


def test_a_number_that_makes_no_sense_is_said(office):
    for text in ("x", "-1", "٣", "9" * 30, "0" * 5_000):
        assert browser(office.rosa).get(address(office, "cycles/"), {"before": text}).status_code == 400


def test_a_cycle_that_left_no_error_left_none(office):
    office.fixed()
    office.cycle()
    page = browser(office.ada).get(address(office, "cycles/"))
    newest, _numbers, left = page.context["cycles"][0]
    assert (newest.number, left) == (office.state.cycle - 1, 0)
    assert page.context["chart"] is not None
