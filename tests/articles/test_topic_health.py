"""How well topics are served: without an article, alike, missing in a cloud or a language."""

import pytest

from portal.articles.topic_health import Of, State, entries, forget, narrowed
from tests.factories import make_text
from tests.pages.staff.conftest import nothing_is_remembered

__all__ = ["nothing_is_remembered"]
pytestmark = pytest.mark.django_db


def keys(state, of=Of.TOPICS, **where):
    return [one.key for one in narrowed(entries(of), state, **where)]


def test_a_topic_with_a_form_or_a_description_only_has_no_article():
    make_text(topics=["1"], kind="problemscopingquestions")
    make_text(topics=["2"], kind="supporttopicdescription", for_readers=False)
    make_text(topics=["3"])
    assert keys(State.NO_ARTICLE) == ["1", "2"]
    assert [(one.has_form, one.is_described) for one in entries(Of.TOPICS)] == [
        (True, False),
        (False, True),
        (False, False),
    ]


def test_two_that_nothing_tells_apart_are_alike():
    make_text(topics=["1"])
    make_text(topics=["1"])
    assert keys(State.ALIKE) == ["1"]


@pytest.mark.parametrize(
    "other", [{"products": ["14"]}, {"tags": ["x"]}, {"collection": "native"}, {"kind": "resource", "resource": "vm"}]
)
def test_two_that_a_case_can_tell_apart_are_not(other):
    make_text(topics=["1"])
    make_text(topics=["1"], **other)
    assert keys(State.ALIKE) == []


def test_two_versions_of_one_article_are_not_alike():
    make_text(topics=["1"], article_id="same")
    make_text(topics=["1"], article_id="same")
    assert keys(State.ALIKE) == []


def test_they_are_alike_only_in_the_clouds_they_share():
    make_text(topics=["1"], clouds=["public", "fairfax"])
    make_text(topics=["1"], clouds=["public", "mooncake"])
    assert keys(State.ALIKE, cloud="public") == ["1"]
    assert keys(State.ALIKE, cloud="fairfax") == []


def test_a_gap_is_of_a_cloud_of_a_language_or_of_both():
    make_text(path="a", topics=["1"], clouds=["public"])
    make_text(path="a", locale="sv-se", clouds=["public"])
    make_text(path="b", topics=["2"], clouds=["public", "fairfax"])
    assert keys(State.MISSING, cloud="fairfax") == ["1"]
    assert keys(State.MISSING, locale="sv-se") == ["2"]
    assert keys(State.MISSING, cloud="fairfax", locale="sv-se") == ["1", "2"]
    assert keys(State.THERE, cloud="public", locale="sv-se") == ["1"]


def test_a_gap_without_a_place_is_any_gap():
    for locale in ("en-us", "sv-se", "de-de", "ja-jp", "ar-sa"):
        make_text(path="whole", locale=locale, topics=["1"])
    make_text(path="part", topics=["2"])
    assert keys(State.MISSING) == ["2"]


def test_what_has_no_article_is_no_gap_of_a_cloud():
    make_text(topics=["1"], kind="problemscopingquestions")
    assert keys(State.MISSING, cloud="fairfax") == []


def test_products_are_counted_alike():
    make_text(products=["14"], clouds=["public"])
    assert keys(State.MISSING, Of.PRODUCTS, cloud="fairfax") == ["14"]


def test_it_is_read_once_a_version(django_assert_num_queries):
    make_text(topics=["1"])
    forget()
    with django_assert_num_queries(2):
        entries(Of.TOPICS)
    with django_assert_num_queries(1):
        entries(Of.TOPICS)
