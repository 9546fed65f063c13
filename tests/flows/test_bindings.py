"""Which flows an article carries: by its header, its place, its id, its topics, its products, in this order."""

import pytest


@pytest.mark.parametrize(
    ("topic", "flow"),
    [("32629786", "duplicated-attribute"), ("32629809", "object-not-syncing"), ("32629808", "attribute-not-syncing")],
)
def test_a_topic_carries_its_flow(library, topic, flow):
    assert library.bindings.flows_for_topic(topic) == (flow,)
    assert topic in library.bindings.topics_of(flow)


def test_an_imported_article_carries_the_flow_of_its_topic_and_of_its_product(library):
    flows = library.for_article(
        collection="selfhelp",
        path="articles/microsoft.activedirectory/active-directory-aadconnect-sync-duplicateattributes",
        article_id="2A8D3440-1eec-495c-8d05-615521d18aee",
        topics=["32629786"],
        products=["16666"],
    )
    assert flows == ("duplicated-attribute", "which-error")


@pytest.mark.parametrize(
    ("collection", "path", "flow"),
    [
        ("native", "duplicated-attributes", "duplicated-attribute"),
        ("learn", "connect/how-to-connect-health-diagnose-sync-errors", "duplicated-attribute"),
        ("spec", "003_46288bd48b3cebc1", "duplicated-attribute"),
        ("spec", "001_1153ee41af5faf11", "object-not-syncing"),
        ("native", "one-object-sync-issue", "object-not-syncing"),
        ("native", "large-attribute", "which-error"),
    ],
)
def test_a_place_carries_its_flow(library, collection, path, flow):
    assert library.for_article(collection=collection, path=path) == (flow,)


def test_the_flow_named_in_the_header_comes_first(library):
    assert library.for_article(named="which-error", topics=["32629786"]) == ("which-error", "duplicated-attribute")


def test_a_flow_that_does_not_exist_is_left_out(library):
    assert library.for_article(named="no-such-flow") == ()


def test_most_articles_carry_none(library):
    assert library.for_article(collection="selfhelp", path="articles/other/thing", topics=["1"], products=["2"]) == ()
