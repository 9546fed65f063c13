"""Links that lead nowhere, looked at anew with each import, because a text that comes or goes changes those of others."""

import pytest

from portal.articles.health.links import NOT_STORED
from portal.articles.health.models import Finding, Kind
from tests.factories import make_tree, native, run_import, selfhelp

pytestmark = pytest.mark.django_db


def dead() -> list[tuple[str, str]]:
    found = Finding.objects.filter(kind=Kind.LINK).order_by("text__path", "code")
    return list(found.values_list("text__path", "code"))


def test_a_link_to_an_article_that_is_not_stored_is_dead_until_it_is(tmp_path):
    tree = make_tree(tmp_path, {"a/en-us.md": native(body="See [b](../b/en-us.md).")})
    run_import(tree)
    assert dead() == [("a", NOT_STORED)]
    make_tree(tree, {"b/en-us.md": native(title="B")})
    run_import(tree)
    assert dead() == []


def test_an_address_that_moved_is_no_dead_link_and_one_nobody_can_place_is(tmp_path):
    moved = "[m](https://docs.microsoft.com/azure/active-directory/)"
    lost = "[l](https://support.microsoft.com/help/1234567/what)"
    run_import(make_tree(tmp_path, {"m.md": selfhelp(body=moved), "n.md": selfhelp(title="N", body=lost)}))
    assert dead() == [("n", "address-retired")]


def test_an_empty_link_is_told(tmp_path):
    run_import(make_tree(tmp_path, {"a.md": selfhelp(body="See [that]() now.")}))
    assert dead() == [("a", "empty-target")]
