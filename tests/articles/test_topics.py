"""Which article answers a topic, a product, an article ID or a resource: the rules of design section 7, one by one."""

from datetime import timedelta

import pytest

from portal import clock
from portal.articles.topics import (
    Question,
    Why,
    answer_article_id,
    answer_product,
    answer_resource,
    answer_topic,
    parse_topic,
)
from portal.clouds import Cloud
from tests.factories import make_text

pytestmark = pytest.mark.django_db

FORM = "problemscopingquestions"


def ask(topic="111", *, cloud=Cloud.PUBLIC, locale="en-us", **known):
    tags = frozenset(known.pop("tags", ()))
    return answer_topic(topic, Question(cloud=cloud, locale=locale, tags=tags, **known))


def paths(candidates):
    return [one.text.path for one in candidates]


def make(path, **fields):
    return make_text(path=path, **{"topics": ["111"], **fields})


def test_one_article_is_the_answer():
    make("a")
    answer = ask()
    assert paths(answer.best) == ["a"]
    assert answer.best[0].why is Why.ONLY


def test_the_cloud_comes_first_and_there_is_no_fallback():
    make("public", clouds=["public"])
    make("china", clouds=["mooncake", "fairfax"])
    assert paths(ask().candidates) == ["public"]
    answer = ask(cloud=Cloud.USNAT)
    assert answer.known
    assert answer.candidates == ()
    assert answer.elsewhere == (Cloud.PUBLIC, Cloud.FAIRFAX, Cloud.MOONCAKE)


def test_an_unknown_topic_is_not_known():
    make("a")
    assert not ask("222").known


def test_the_product_given_decides():
    make("a", products=["1"])
    make("b", products=["2"])
    make("c")
    assert paths(ask(product="2").candidates) == ["b", "c", "a"]
    assert paths(ask(product="2").best) == ["b"]
    assert ask(product="2").best[0].why is Why.PRODUCT


def test_products_cannot_tell_apart_what_nobody_asked_for():
    make("a", products=["1"])
    make("b", products=["2"])
    assert paths(ask().best) == ["a", "b"]
    assert ask().best[0].why is Why.CHOICE


def test_the_product_beats_the_resource():
    make("right-product", products=["1"])
    make("right-resource", products=["2"], kind="resource", service="s", resource="r")
    assert paths(ask(product="1", resource="r").best) == ["right-product"]


def test_a_resource_given_beats_the_generic_article():
    make("generic")
    make("resource", kind="resource", service="s", resource="r")
    assert paths(ask(resource="r").best) == ["resource"]
    assert paths(ask(resource="s/r").best) == ["resource"]
    assert ask(resource="r").best[0].why is Why.RESOURCE


def test_another_resource_does_not():
    make("generic")
    make("resource", kind="resource", service="s", resource="other")
    assert paths(ask(resource="r").best) == ["generic"]


def test_a_resource_with_other_tags_does_not():
    make("generic")
    make("resource", kind="resource", service="s", resource="r", tags=["other"])
    assert paths(ask(resource="r", tags=["mine"]).best) == ["generic"]


def test_a_resource_with_the_same_tags_beats_the_one_without():
    make("plain", kind="resource", service="s", resource="r")
    make("tagged", kind="resource", service="s", resource="r", tags=["mine"])
    assert paths(ask(resource="r", tags=["mine"]).best) == ["tagged"]


def test_tags_decide_when_they_match():
    make("untagged")
    make("one", tags=["one"])
    make("two", tags=["two", "more"])
    assert paths(ask(tags=["two"]).candidates) == ["two", "untagged", "one"]
    assert ask(tags=["two"]).best[0].why is Why.TAGS


def test_without_tags_the_untagged_one_is_the_default():
    make("a", tags=["one"])
    make("b")
    assert paths(ask().best) == ["b"]


def test_other_collections_come_before_ours_which_stands_beside():
    make("ours", collection="native", kind="native")
    make("theirs", collection="selfhelp")
    answer = ask()
    assert paths(answer.best) == ["theirs"]
    assert [one.why for one in answer.candidates] == [Why.COLLECTION, Why.BESIDE]


def test_ours_answers_where_there_is_no_other():
    make("ours", collection="native", kind="native")
    make("theirs", collection="selfhelp", clouds=["mooncake"])
    assert paths(ask().best) == ["ours"]


def test_a_file_for_fewer_clouds_beats_one_for_more():
    make("for-all")
    make("for-two", clouds=["public", "mooncake"])
    make("for-one", clouds=["mooncake"])
    assert paths(ask().best) == ["for-two"]
    assert paths(ask(cloud=Cloud.MOONCAKE).candidates) == ["for-one", "for-two", "for-all"]
    assert ask().best[0].why is Why.CLOUDS


def test_generic_comes_before_resource_when_nothing_was_given():
    make("a-resource", kind="resource", service="s", resource="r")
    make("generic")
    assert paths(ask().candidates) == ["generic", "a-resource"]
    assert ask().best[0].why is Why.KIND


def test_what_is_equal_is_a_choice_by_display_order_and_path():
    make("none-b")
    make("none-a")
    make("second", display_order=2)
    make("first", display_order=1)
    make("zero", display_order=0)
    assert paths(ask().best) == ["zero", "first", "second", "none-a", "none-b"]


def test_the_same_article_id_is_one_article_and_the_text_stored_last_answers():
    now = clock.now()
    make("old", article_id="x", stored_at=now - timedelta(days=1))
    make("new", article_id="x", stored_at=now, collection="spec")
    make("older", article_id="x", stored_at=now - timedelta(days=2))
    answer = ask()
    assert paths(answer.best) == ["new"]
    assert set(paths(answer.candidates)) == {"old", "new", "older"}


def test_the_same_article_id_of_another_kind_is_another_article():
    make("a", article_id="x")
    make("b", article_id="x", kind="tools")
    assert paths(ask().best) == ["a", "b"]


def test_of_two_stored_in_one_import_the_better_placed_answers():
    now = clock.now()
    make("for-all", article_id="x", stored_at=now)
    make("for-one", article_id="x", stored_at=now, clouds=["public"])
    assert paths(ask().best) == ["for-one"]


def test_an_older_version_for_fewer_clouds_gives_way():
    now = clock.now()
    make("old", article_id="x", stored_at=now - timedelta(days=1), clouds=["public"])
    make("new", article_id="x", stored_at=now)
    assert paths(ask().best) == ["new"]


@pytest.mark.parametrize("kind", ["generic", "apollo", "tools", "quickstart", "alchemy", "learn", "native", "resource"])
def test_kinds_for_readers_answer(kind):
    make("a", kind=kind)
    assert paths(ask().best) == ["a"]


@pytest.mark.parametrize("kind", ["tsg_content", "diagnostics", "rca", "advisor", "supporttopicdescription", "other"])
def test_kinds_for_staff_do_not(kind):
    make("a", kind=kind, for_readers=False)
    assert not ask().known


def test_forms_stand_beside_the_one_for_the_fewest_clouds_first():
    make("article")
    make("form-all", kind=FORM)
    make("form-two", kind=FORM, clouds=["public", "fairfax"])
    make("form-china", kind=FORM, clouds=["mooncake"])
    answer = ask()
    assert paths(answer.best) == ["article"]
    assert [form.path for form in answer.forms] == ["form-two", "form-all"]


def test_a_topic_with_a_form_alone_is_known():
    make("form", kind=FORM)
    answer = ask()
    assert (answer.known, answer.candidates) == (True, ())
    assert len(answer.forms) == 1


def test_the_text_is_the_one_for_the_reader():
    make("a")
    make("a", locale="sv-se", source_path="sv-se/a.md")
    assert [one.locale for one in ask(locale="sv-se").best] == ["sv-se"]
    assert [one.locale for one in ask(locale="de-de").best] == ["en-us"]
    assert len(ask().best) == 1


def test_a_translation_without_the_topic_in_its_header_serves_its_readers():
    make("a")
    make("a", locale="sv-se", source_path="sv-se/a.md", topics=[])
    assert ask(locale="sv-se").best[0].text.locale == "sv-se"


def test_a_translation_for_another_cloud_does_not():
    make("a", clouds=["public", "mooncake"])
    make("a", locale="sv-se", source_path="sv-se/a.md", clouds=["public"])
    assert ask(locale="sv-se", cloud=Cloud.MOONCAKE).best[0].text.locale == "en-us"


def test_many_articles_cost_no_more_queries_than_one(django_assert_max_num_queries):
    for number in range(40):
        make(f"n{number}", both_html="<p>Both.</p>")
        make(f"n{number}", locale="sv-se", source_path=f"sv-se/n{number}.md", both_html="<p>Both.</p>")
    with django_assert_max_num_queries(2):
        assert len(ask(locale="de-de").best) == 40


@pytest.mark.parametrize("text", ["32629809", " 32629809 ", "7855", "0", "A1B2C3D4-0000-1111-2222-333344445555"])
def test_a_topic_is_a_number_or_a_guid(text):
    assert parse_topic(text) == text.strip().casefold()


@pytest.mark.parametrize("text", ["", "abc", "1234567890123", "12 34", "-1", "١٢٣", "a1b2c3d4", "1;2"])
def test_anything_else_is_not(text):
    assert parse_topic(text) is None


def test_a_product_is_answered_by_its_articles():
    make("a", products=["14749"])
    answer = answer_product("14749", Question(cloud=Cloud.PUBLIC, locale="en-us"))
    assert paths(answer.best) == ["a"]


def test_an_article_id_is_found_in_any_case():
    make("a", article_id="some-id")
    answer = answer_article_id(" Some-ID ", Question(cloud=Cloud.PUBLIC, locale="en-us"))
    assert paths(answer.best) == ["a"]


def test_a_resource_lists_its_articles_in_display_order():
    for path, order in (("b", 2), ("a", None), ("c", 1)):
        make(path, kind="resource", service="s.x", resource="r", display_order=order)
    make("other", kind="resource", service="s.x", resource="q")
    answer = answer_resource("S.X", "R", Question(cloud=Cloud.PUBLIC, locale="en-us"))
    assert paths(answer.candidates) == ["c", "b", "a"]


def test_tags_narrow_a_resource():
    make("a", kind="resource", service="s", resource="r", tags=["one"])
    make("b", kind="resource", service="s", resource="r", tags=["two"])
    question = Question(cloud=Cloud.PUBLIC, locale="en-us", tags=frozenset({"two"}))
    assert paths(answer_resource("s", "r", question).candidates) == ["b"]
