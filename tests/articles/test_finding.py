"""The desk finds a topic, product, resource or article by whatever id a support person has in hand."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.articles.finding import Sort, by_id, by_words
from tests.factories import make_text, make_tree, run_import, selfhelp

pytestmark = pytest.mark.django_db
GUID = "0a1b2c3d-0000-4000-8000-00000000000f"


def found(text):
    return [(one.sort, one.id) for one in by_id(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("111", (Sort.TOPIC, "111")),
        ('  "111" ', (Sort.TOPIC, "111")),
        (GUID.upper(), (Sort.TOPIC, GUID)),
        ("222", (Sort.PRODUCT, "222")),
        ("Some-Article_ID", (Sort.ARTICLE_ID, "some-article_id")),
        ("Microsoft.Compute/VirtualMachines", (Sort.RESOURCE, "microsoft.compute/virtualmachines")),
        ("virtualmachines", (Sort.RESOURCE, "microsoft.compute/virtualmachines")),
        ("articles/sync/broken", (Sort.ARTICLE, "selfhelp/articles/sync/broken")),
        ("articles/sync/broken.md", (Sort.ARTICLE, "selfhelp/articles/sync/broken")),
        ("https://portal.example/topics/111?cloud=fairfax", (Sort.TOPIC, "111")),
        ("/sv-se/fairfax/topics/111/", (Sort.TOPIC, "111")),
        ("/en-us/public/articles/selfhelp/articles/sync/broken/", (Sort.ARTICLE, "selfhelp/articles/sync/broken")),
    ],
)
def test_any_id_finds_what_it_names(text, expected):
    make_text(path="articles/sync/broken", topics=["111", GUID], products=["222"], article_id="some-article_id")
    make_text(path="vm", kind="resource", service="microsoft.compute", resource="virtualmachines")
    assert expected in found(text)


def test_a_nul_in_an_address_finds_nothing():
    assert found("https://portal.example/topics/%00") == []


def test_a_number_that_is_both_topic_and_product_is_said_twice():
    make_text(topics=["111"], products=["111"])
    assert found("111") == [(Sort.TOPIC, "111"), (Sort.PRODUCT, "111")]


def test_a_sentence_is_no_id():
    make_text(topics=["111"])
    assert found("topic 111 please") == []


def test_words_find_what_the_search_finds_best_first(tmp_path):
    files = {
        "a.md": selfhelp("Password writeback does not work"),
        "b.md": selfhelp("Password expires"),
        "c.md": selfhelp("Something else"),
    }
    run_import(make_tree(tmp_path, files))
    assert [one.title for one in by_words("writeback password", "en-us")] == [
        "Password writeback does not work",
        "Password expires",
    ]


def test_an_article_stored_twice_is_found_once(tmp_path):
    files = {f"{name}.md": selfhelp("Password writeback", articleId="same") for name in "ab"}
    run_import(make_tree(tmp_path, files))
    assert len(by_words("password", "en-us")) == 1


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), max_size=600))
def test_it_takes_whatever_is_pasted(text):
    assert by_id(text) == []
    assert by_words(text, "en-us") == []
