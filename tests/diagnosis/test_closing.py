import pytest

from portal.accounts.models import Membership
from portal.diagnosis import closing, problems, questions
from tests.diagnosis.office import FIRST


def test_close_sets_manual_fix_required_for_this_cycle(office):
    diagnosis = office.closed()
    assert (diagnosis.status, office.status()) == ("manual-fix-required", "manual-fix-required")
    assert (diagnosis.closed_by, diagnosis.closed_at) == (office.ada, office.now)


def test_the_next_cycle_resets_the_status_and_keeps_the_history(office):
    diagnosis = office.closed()
    office.later(minutes=31)
    office.read()
    assert office.status() == "not-started"
    assert office.open().status == "not-started"
    diagnosis.refresh_from_db()
    assert diagnosis.status == "manual-fix-required"


@pytest.mark.parametrize("answers", [[], ["no"], ["no", "yes"], ["dont-know", "active-directory"]])
def test_it_refuses_to_close_before_an_end_that_offers_it(office, answers):
    with pytest.raises(problems.NothingToClose):
        closing.close(office.answered(*answers), office.ada)
    assert office.status() == "not-started"


def test_it_refuses_a_second_close_and_further_answers(office):
    diagnosis = office.closed()
    with pytest.raises(problems.ClosedAlready):
        closing.close(diagnosis, office.cem)
    with pytest.raises(problems.ClosedAlready):
        questions.answer(diagnosis, FIRST, "no", revision=diagnosis.revision, by=office.ada)


def test_it_refuses_to_close_a_page_that_somebody_was_faster_with(office):
    seen = office.answered("yes")
    questions.answer(seen, FIRST, "existing-should-go", revision=seen.revision, by=office.cem)
    with pytest.raises(problems.StaleForm):
        closing.close(seen, office.ada, revision=seen.revision)


def test_it_refuses_a_role_lost_in_between(office):
    diagnosis = office.answered("yes")
    Membership.objects.filter(person=office.ada).delete()
    with pytest.raises(problems.RoleMissing):
        closing.close(diagnosis, office.ada)


def test_reopen_goes_back_to_not_started_with_all_answers(office):
    diagnosis = closing.reopen(office.closed(), office.cem)
    assert (diagnosis.status, office.status()) == ("not-started", "not-started")
    assert diagnosis.answers == {FIRST: "yes"}
    assert (diagnosis.closed_at, diagnosis.closed_by) == (None, None)
    assert office.answer(diagnosis, *[]).revision == diagnosis.revision


@pytest.mark.parametrize("when", ["never closed", "next cycle"])
def test_it_refuses_to_reopen_what_is_not_closed_now(office, when):
    diagnosis = office.open() if when == "never closed" else office.closed()
    if when == "next cycle":
        office.later(minutes=31)
        office.read()
    with pytest.raises(problems.NotClosed):
        closing.reopen(diagnosis, office.ada)


def test_every_act_is_in_the_record(office):
    closing.reopen(office.closed(), office.ada)
    assert office.lines() == ["opened", "answered", "closed", "reopened"]
