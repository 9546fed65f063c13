"""What settles a fix: a cycle whose export began after it, or a Global Administrator where nobody can tell."""

import pytest

from portal.diagnosis import cycles, problems
from portal.diagnosis.fixes import settling
from portal.diagnosis.fixes.claims import fix_of
from portal.diagnosis.models import Fix
from portal.directories.simulator.world import switches
from tests.directories.simulator.scenes import orphan, pending_orphan


def unknown(office) -> Fix:
    fix = office.requested()
    office.play("timeout-before", operation="apply", step="move-to-cloud", times="6")
    office.run(fix)
    assert fix.state == "unknown"
    return fix


@pytest.mark.parametrize("scene", [orphan, pending_orphan], ids=["in the cloud", "in Active Directory"])
def test_the_next_cycle_settles_a_fix_whose_errors_are_gone(open_office, scene):
    office = open_office(scene())
    error = office.error()
    fix = office.fixed()
    closed = office.cycle()
    fix.refresh_from_db()
    error.refresh_from_db()
    assert (fix.state, fix.settled_how, fix.settled_in) == ("settled", "cleared", closed.cycle.number)
    assert error.cleared_in == closed.cycle.number
    assert not fix.claims.filter(released_at=None).exists()


def test_pending_sync_holds_in_every_cycle_until_the_fix_is_settled(office):
    fix = office.fixed()
    office.switch(switches.SERVER_DOWN, on=True)
    for _ in range(3):
        office.cycle()
        assert (office.status(), fix_of(office.error())) == ("pending-sync", fix)
        assert office.open().status == "pending-sync"


def test_an_export_that_began_before_the_fix_ended_says_nothing_of_it(open_office):
    office = open_office(pending_orphan())
    fix = office.requested()
    office.later(minutes=31)
    office.directory.errors()
    office.later(minutes=1)
    office.run(fix)
    cycles.run_cycle(office.tenant)
    fix.refresh_from_db()
    assert (fix.state, office.status()) == ("done", "pending-sync")


def test_an_error_still_there_after_a_fix_begins_anew_with_that_mark_and_its_fix(open_office):
    office = open_office(pending_orphan())
    error = office.error()
    fix = office.fixed()
    (step,) = fix.plan["steps"]
    office.act("ad-set", object=step["target"], attribute="mS-DS-ConsistencyGuid", value=step["before"])
    closed = office.cycle()
    fix.refresh_from_db()
    assert (fix.state, fix.settled_how) == ("settled", "still-there")
    after = office.error()
    assert (office.status(), office.marks()) == ("not-started", ["still-there-after-fix"])
    assert after.fixed_in == closed.cycle.number
    assert fix in after.fixes.all()
    assert error.incoming_key == after.incoming_key


def test_an_unknown_fix_is_settled_by_a_complete_read_that_shows_the_error_still_there(office):
    fix = unknown(office)
    office.cycle()
    fix.refresh_from_db()
    assert (fix.state, fix.settled_how) == ("settled", "still-there")
    assert (office.status(), fix_of(office.error())) == ("not-started", None)


def test_an_unknown_fix_stays_unknown_while_no_read_is_complete(office):
    fix = unknown(office)
    office.switch(switches.SERVER_DOWN, on=True)
    office.cycle()
    fix.refresh_from_db()
    assert (fix.state, office.marks()[0]) == ("unknown", "result-unknown")


@pytest.mark.parametrize(
    ("how", "state", "status"), [("written", "done", "pending-sync"), ("not-written", "settled", "not-started")]
)
def test_a_global_administrator_settles_what_nobody_can_tell(office, how, state, status):
    fix = settling.settle_unknown(unknown(office), how, office.ada)
    assert (fix.state, office.status()) == (state, status)
    assert (fix_of(office.error()) is None) == (how == "not-written")
    assert office.lines()[-1] == "fix-settled"


def test_it_refuses_to_settle_by_whom_or_how_it_may_not_be(office):
    fix = unknown(office)
    with pytest.raises(problems.RoleMissing):
        settling.settle_unknown(fix, "written", office.cem)
    with pytest.raises(problems.CannotSettleSo):
        settling.settle_unknown(fix, "perhaps", office.ada)
    settling.settle_unknown(fix, "not-written", office.ada)
    with pytest.raises(problems.NothingToSettle):
        settling.settle_unknown(fix, "written", office.ada)


def test_another_error_that_the_pair_gets_after_the_fix_is_linked_to_it_and_never_told_as_cleared(open_office):
    """The address is free, but the takeover is blocked: the same pair comes back with another error."""
    office = open_office(orphan())
    fix = office.fixed()
    office.switch(switches.BLOCK_TAKEOVER, on=True)
    office.cycle()
    fix.refresh_from_db()
    after = office.error()
    assert (fix.settled_how, fix in after.fixes.all()) == ("still-there", True)
    assert "still-there-after-fix" in office.marks(after)
