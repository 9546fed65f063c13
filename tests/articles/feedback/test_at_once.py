"""Feedback sent many times at once, on connections of their own."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from portal.articles.feedback.giving import Word, give
from portal.articles.feedback.models import Feedback, FeedbackVoice
from tests.committed import committed

__all__ = ["committed"]


def speak(number: int) -> None:
    word = Word(collection="selfhelp", path="a", locale="en-us", revision="", cloud="public", helpful=number % 2 == 0)
    try:
        give(word, client="192.0.2.7")
    finally:
        connection.close()


def test_many_requests_of_one_client_at_once_count_as_one(committed):
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(speak, range(24)))
    assert (Feedback.objects.count(), FeedbackVoice.objects.count()) == (1, 1)
