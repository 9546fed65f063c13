"""What the worker tidies up by itself."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from portal import clock, tasks
from portal.articles.feedback.models import FeedbackDay


def true_now() -> datetime:
    """Django and Procrastinate look at the real time, whatever a test before holds ours at."""
    return datetime.fromtimestamp(time.time(), UTC)


def begun(*, expires: timedelta) -> str:
    session = SessionStore()
    session.create()
    Session.objects.filter(pk=session.session_key).update(expire_date=true_now() + expires)
    return session.session_key


@pytest.mark.django_db
def test_only_sessions_that_have_ended_are_forgotten():
    ended, open_one = begun(expires=timedelta(hours=-1)), begun(expires=timedelta(hours=1))
    tasks.forget_old_sessions(timestamp=0)
    assert set(Session.objects.filter(pk__in=[ended, open_one]).values_list("pk", flat=True)) == {open_one}


@pytest.mark.django_db
def test_the_voices_of_past_days_are_forgotten_on_days_without_feedback_too():
    today = clock.now().date()
    for day in (today, today - timedelta(days=1)):
        FeedbackDay.objects.create(day=day, key=b"k" * 32)
    tasks.forget_feedback_voices(timestamp=0)
    assert [one.day for one in FeedbackDay.objects.all()] == [today]


def test_every_kind_of_tidying_come_by_themselves():
    names = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    assert {"forget_old_sessions", "forget_failed_jobs", "forget_feedback_voices", "forget_rarest_misses"} <= names


@pytest.mark.parametrize(("hours", "kept"), [(-1, True), (1, False)], ids=["lately", "long ago"])
def test_jobs_that_failed_long_ago_are_forgotten(hours, kept):
    with app.replace_connector(InMemoryConnector()):
        connector = app.connector
        app.configure_task("old", allow_unknown=True).defer()
        connector.jobs[1]["status"] = "failed"
        connector.events[1] = [{"type": "failed", "at": true_now() - timedelta(hours=tasks.FAILED_JOBS_HOURS + hours)}]
        asyncio.run(tasks.forget_failed_jobs(timestamp=0))
        assert (1 in connector.jobs) == kept
