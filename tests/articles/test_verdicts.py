"""Why this article: what became of every article that could answer, and by which rule."""

import pytest

from portal.articles.topics import Question, Why, answer_topic
from portal.articles.verdicts import Fate, verdicts
from portal.clouds import Cloud
from tests.factories import make_text

pytestmark = pytest.mark.django_db


def judged(**case):
    question = Question(cloud=Cloud.PUBLIC, locale="en-us", **case)
    return [(one.text.path, one.fate, one.rule) for one in verdicts(answer_topic("111", question))]


def test_the_only_article_is_shown_for_being_the_only_one():
    make_text(path="a", topics=["111"])
    assert judged() == [("a", Fate.SHOWN, Why.ONLY)]


@pytest.mark.parametrize(
    ("winner", "loser", "case", "rule"),
    [
        ({"products": ["14"]}, {"products": ["15"]}, {"product": "14"}, Why.PRODUCT),
        ({"kind": "resource", "resource": "vm"}, {}, {"resource": "vm"}, Why.RESOURCE),
        ({"tags": ["x"]}, {"tags": ["y"]}, {"tags": frozenset({"x"})}, Why.TAGS),
        ({}, {"tags": ["y"]}, {}, Why.TAGS),
        ({"clouds": ["public"]}, {}, {}, Why.CLOUDS),
        ({}, {"kind": "resource", "resource": "vm"}, {}, Why.KIND),
    ],
)
def test_winner_and_loser_name_the_rule_between_them(winner, loser, case, rule):
    make_text(path="winner", topics=["111"], **winner)
    make_text(path="loser", topics=["111"], **loser)
    assert judged(**case) == [("winner", Fate.SHOWN, rule), ("loser", Fate.LOST, rule)]


def test_our_own_article_stands_beside():
    make_text(path="imported", topics=["111"])
    make_text(path="own", collection="native", topics=["111"])
    assert judged() == [("imported", Fate.SHOWN, Why.COLLECTION), ("own", Fate.LOST, Why.BESIDE)]


def test_articles_that_no_rule_tells_apart_are_a_choice():
    make_text(path="a", topics=["111"])
    make_text(path="b", topics=["111"])
    assert judged() == [("a", Fate.CHOICE, Why.CHOICE), ("b", Fate.CHOICE, Why.CHOICE)]


def test_the_version_stored_before_is_said_to_be_the_older_one():
    make_text(path="old", topics=["111"], article_id="same")
    make_text(path="new", topics=["111"], article_id="same")
    assert judged() == [("new", Fate.SHOWN, Why.ONLY), ("old", Fate.VERSION, Why.CHOICE)]


def test_an_article_of_other_clouds_is_named_too():
    make_text(path="a", topics=["111"])
    make_text(path="b", topics=["111"], clouds=["fairfax"])
    assert judged()[1] == ("b", Fate.HIDDEN, Why.CLOUDS)
