from datetime import UTC, datetime

import pytest

from portal.diagnosis.marks import marks
from portal.diagnosis.models import Fix
from portal.sync.models import EVERY_CYCLE, SyncError, SyncState

NOON = datetime(2026, 11, 20, 12, 5, tzinfo=UTC)


def make_error(**more) -> SyncError:
    given = {"is_eligible": True, "eligibility": "fits", "first_cycle": 3, "last_cycle": 3, "status_cycle": 0}
    return SyncError(**(given | more))


def kinds(error: SyncError, fix: Fix | None = None, *, cycle: int = 7) -> list[str]:
    return [mark.kind for mark in marks(error, SyncState(cycle=cycle), fix)]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (make_error(), []),
        (make_error(last_cycle=4), ["still-there"]),
        (make_error(last_cycle=6, came_back_in=6), ["came-back"]),
        (make_error(last_cycle=6, fixed_in=6), ["still-there-after-fix"]),
        (make_error(last_cycle=6, came_back_in=5, fixed_in=6), ["still-there-after-fix"]),
        (make_error(last_cycle=6, came_back_in=6, fixed_in=4), ["came-back"]),
        (make_error(last_cycle=6, sweep_by=NOON), ["waiting-for-sweep"]),
        (make_error(status="manual-fix-required", status_cycle=6), ["reset-by-cycle"]),
        (make_error(status="manual-fix-required", status_cycle=7), []),
        (make_error(status="pending-sync", status_cycle=EVERY_CYCLE), []),
        (make_error(is_eligible=False, eligibility="type-not-diagnosed"), ["by-rule"]),
        (make_error(cleared_in=5, last_cycle=4, fixed_in=3), ["cleared"]),
    ],
)
def test_the_history_of_an_error_is_told_by_its_marks(error, expected):
    assert kinds(error) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [("claimed", "fix-running"), ("running", "fix-running"), ("unknown", "result-unknown"), ("done", None)],
)
def test_a_fix_that_holds_the_pair_is_told_first(state, expected):
    fix = Fix(state=state, requested_at=NOON, ended_at=NOON)
    assert kinds(make_error(last_cycle=6), fix) == [*([expected] if expected else []), "still-there"]


def test_the_sweep_has_its_time():
    (mark,) = marks(make_error(sweep_by=NOON), SyncState(cycle=7))
    assert mark.label == "Waiting for the sweep, by 12:05 UTC"
