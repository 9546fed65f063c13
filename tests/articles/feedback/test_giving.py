"""A reader's word: once a day for each client and article, bounded, and tied to nobody."""

from datetime import UTC, datetime, timedelta

import pytest

from portal import clock
from portal.articles.feedback import clients
from portal.articles.feedback.giving import MOST_A_DAY, TooMany, Word, give
from portal.articles.feedback.models import Feedback, FeedbackDay, FeedbackVoice

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HERS, HIS = "192.0.2.7", "192.0.2.8"


@pytest.fixture(autouse=True)
def at_noon():
    with clock.frozen(NOON):
        yield


def word(path: str = "a", *, helpful: bool = False, **fields: str) -> Word:
    values = {"collection": "selfhelp", "locale": "en-us", "revision": "0" * 64, "cloud": "public", **fields}
    return Word(path=path, helpful=helpful, **values)


def test_it_is_kept_with_the_day_and_the_revision():
    give(word(reason="wrong", comment="Step 3 is gone."), client=HERS)
    kept = Feedback.objects.get()
    assert (kept.helpful, kept.reason, kept.comment, kept.given_on) == (False, "wrong", "Step 3 is gone.", NOON.date())
    assert kept.revision == "0" * 64


def test_a_second_word_on_the_same_day_replaces_the_first():
    give(word(comment="No!"), client=HERS)
    give(word(helpful=True), client=HERS)
    assert [(one.helpful, one.comment) for one in Feedback.objects.all()] == [(True, "")]


def test_another_client_and_another_article_count_for_themselves():
    give(word(), client=HERS)
    give(word(), client=HIS)
    give(word("b"), client=HERS)
    assert Feedback.objects.count() == 3


def test_a_client_may_speak_of_so_many_articles_a_day_and_still_change_her_mind():
    for number in range(MOST_A_DAY):
        give(word(f"a{number}"), client=HERS)
    with pytest.raises(TooMany):
        give(word("one-more"), client=HERS)
    give(word("a0", helpful=True), client=HERS)
    give(word("one-more"), client=HIS)
    with clock.frozen(NOON + timedelta(days=1)):
        give(word("one-more"), client=HERS)
    assert Feedback.objects.filter(path="one-more").count() == 2


def test_nothing_stored_holds_the_address_in_any_form_that_can_be_read_back():
    give(word(comment=f"From {HERS}"), client=HERS)
    voice = FeedbackVoice.objects.get()
    assert HERS not in Feedback.objects.get().comment
    assert HERS.encode() not in bytes(voice.client)
    assert len(bytes(FeedbackDay.objects.get().key)) == 32
    assert {field.name for field in Feedback._meta.get_fields()} == {
        "id", "collection", "path", "locale", "revision", "cloud", "helpful", "reason", "comment", "given_on", "feedbackvoice",
    }  # fmt: skip


def test_with_the_next_day_nobody_can_tell_who_spoke():
    give(word(), client=HERS)
    with clock.frozen(NOON + timedelta(days=1)):
        clients.forget_other_days(clock.now().date())
    assert (FeedbackDay.objects.count(), FeedbackVoice.objects.count(), Feedback.objects.count()) == (0, 0, 1)


def test_the_first_word_of_a_day_forgets_the_day_before():
    give(word(), client=HERS)
    with clock.frozen(NOON + timedelta(days=1)):
        give(word("b"), client=HIS)
    assert FeedbackVoice.objects.count() == 1


def test_the_same_client_has_another_hash_each_day():
    give(word(), client=HERS)
    first = bytes(FeedbackVoice.objects.get().client)
    with clock.frozen(NOON + timedelta(days=1)):
        give(word(), client=HERS)
    assert bytes(FeedbackVoice.objects.get().client) != first
