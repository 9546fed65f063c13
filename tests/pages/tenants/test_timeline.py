"""A fix as a line of moments, whatever became of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from portal.diagnosis.fixes.journal import What
from portal.diagnosis.models import Fix, FixState, JournalEntry
from portal.pages.tenants.timeline import moments

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=30)


def states(state: FixState, *lines: What, **more) -> list[str]:
    fix = Fix(state=state, requested_at=NOON, **more)
    journal = [JournalEntry(what=what, at=NOON + timedelta(seconds=number)) for number, what in enumerate(lines)]
    return [one.state for one in moments(fix, journal, next_cycle_at=LATER)]


def test_a_fix_just_asked_for_waits_for_a_worker():
    assert states(FixState.CLAIMED) == ["past", "now", "ahead", "ahead", "ahead"]


def test_one_that_was_taken_is_being_written():
    assert states(FixState.RUNNING, What.TAKEN) == ["past", "past", "now", "ahead", "ahead"]


def test_one_that_was_applied_waits_for_the_next_cycle():
    told = states(FixState.DONE, What.TAKEN, What.AFTER, What.AFTER, ended_at=NOON)
    assert told == ["past", "past", "past", "past", "now"]


def test_one_that_was_refused_wrote_nothing_and_waits_for_nothing():
    assert states(FixState.REFUSED, What.TAKEN, ended_at=NOON) == ["past", "past", "never", "trouble", "never"]


def test_one_whose_result_is_not_known_is_settled_by_the_next_cycle_and_not_told_as_unwritten():
    assert states(FixState.UNKNOWN, What.TAKEN) == ["past", "past", "trouble", "now"]
    assert states(FixState.UNKNOWN, What.TAKEN, What.AFTER)[2:] == ["past", "trouble", "now"]


def test_one_that_did_not_help_ends_in_trouble():
    told = states(FixState.SETTLED, What.TAKEN, What.AFTER, ended_at=NOON, settled_at=LATER, settled_how="still-there")
    assert told == ["past", "past", "past", "past", "trouble"]


def test_it_says_from_when_to_when_was_written():
    fix = Fix(state=FixState.DONE, requested_at=NOON, ended_at=LATER)
    journal = [JournalEntry(what=What.AFTER, at=NOON), JournalEntry(what=What.AFTER, at=LATER)]
    written = moments(fix, journal, next_cycle_at=None)[2]
    assert (written.at, written.until) == (NOON, LATER)
