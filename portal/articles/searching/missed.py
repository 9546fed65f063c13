"""Counts what was sought and not found, in words of our own vocabulary only: nothing in it can tell who asked."""

from __future__ import annotations

from django.db import connection

from portal import clock
from portal.articles.searching.models import MissedQuery, SearchWord
from portal.clouds import Cloud
from portal.search.languages import language_of
from portal.search.query import parse
from portal.search.spelling import shortened
from portal.search.words import words

LONGEST, MOST_WORDS = 200, 12
# Anybody can seek ever other words in vain; what was sought often outlives what was sought once.
MOST_KEPT = 10_000
_COUNT = """
    INSERT INTO portal_missedquery (words, locale, cloud, count, last_seen) VALUES (%s, %s, %s, 1, %s)
    ON CONFLICT (words, locale, cloud)
    DO UPDATE SET count = portal_missedquery.count + 1, last_seen = EXCLUDED.last_seen
"""


def count_miss(text: str, *, locale: str, cloud: Cloud | None) -> None:
    """Count a query that found nothing; what is left of it when nothing may be kept is counted as no words at all."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [redacted(text, locale), locale, cloud.value if cloud else "", clock.now()])


def forget_rarest() -> int:
    """Drop what was sought least often, longest ago first, down to MOST_KEPT."""
    rarest = MissedQuery.objects.order_by("-count", "-last_seen", "pk").values("pk")[MOST_KEPT:]
    return MissedQuery.objects.filter(pk__in=rarest).delete()[0]


def redacted(text: str, locale: str) -> str:
    """The words of a query that our titles and headings have too, or that are a slip away from one; all others are left out.

    A name or address that is in no title can so never be kept; of a run with an @ or digits in it nothing is.
    """
    runs = [run for run in parse(text).text.split() if run.replace("-", "").isalpha()]
    said = [word.text for run in runs for word in words(run) if not word.whole][:MOST_WORDS]
    forms = {form for word in said for form in shortened(word)}
    near = SearchWord.objects.filter(language__in={language_of(locale), "en"}, shortened__overlap=list(forms))
    known = set(near.values_list("word", flat=True))
    kept = [one for word in said if (one := word if word in known else _slip_of(word, known))]
    return " ".join(kept)[:LONGEST]


def _slip_of(word: str, known: set[str]) -> str:
    """The known word that this is a slip away from, so that not even a misspelt name is kept as it was typed."""
    forms = shortened(word)
    return min((one for one in known if not forms.isdisjoint(shortened(one))), default="")
