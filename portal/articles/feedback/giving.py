"""Takes a reader's word on an article: once a day for each client and article, the last one counts."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import connection, transaction

from portal import clock
from portal.articles.feedback import clients
from portal.articles.feedback.models import Feedback, FeedbackVoice
from portal.articles.feedback.redacting import redacted

# More articles than anybody reads in a day, and few enough that a script is not worth its while.
MOST_A_DAY = 40


@dataclass(frozen=True, kw_only=True)
class Word:
    """What a reader says of one revision of a text."""

    collection: str
    path: str
    locale: str
    revision: str
    cloud: str
    helpful: bool
    reason: str = ""
    comment: str = ""


class TooMany(Exception):
    """This client has spoken of as many articles today as one may."""


def give(word: Word, *, client: str) -> Feedback:
    """Store the word, in place of an earlier one of the same client on the same article today. Raises TooMany."""
    today = clock.now().date()
    values = {**asdict(word), "comment": redacted(word.comment), "given_on": today}
    with transaction.atomic():
        key = clients.key_of(today)
        who = clients.hashed(key, "client", client)
        about = clients.hashed(key, "article", word.collection, word.path)
        _one_at_a_time(who)
        voices = FeedbackVoice.objects.filter(day_id=today, client=who)
        earlier = voices.filter(article=about).select_related("feedback").first()
        if earlier:
            Feedback.objects.filter(pk=earlier.feedback_id).update(**values)
            earlier.feedback.refresh_from_db()
            return earlier.feedback
        if voices.count() >= MOST_A_DAY:
            raise TooMany
        feedback = Feedback.objects.create(**values)
        FeedbackVoice.objects.create(day_id=today, client=who, article=about, feedback=feedback)
        return feedback


def _one_at_a_time(who: bytes) -> None:
    """Two requests of one client at once would both find themselves the first; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(who[:8], signed=True)])
