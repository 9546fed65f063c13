"""One error and its diagnosis on the page: objects, evidence, answers, Close, and every way in which an act is not done."""

from __future__ import annotations

import re

import pytest

from portal.accounts.models import Membership
from portal.accounts.rights import Role
from portal.diagnosis import questions
from portal.diagnosis.models import Diagnosis
from portal.sync.models import SyncError, SyncState
from tests.diagnosis.office import FIRST, SECOND
from tests.directories.simulator.scenes import orphan
from tests.pages.tenants.rows import made
from tests.pages.tenants.visitors import HTMX, answer, browser, hidden, of_error, words


@pytest.fixture
def ada(office):
    return browser(office.ada)


def test_both_objects_stand_side_by_side_with_the_conflict_marked_in_words(office, ada):
    page = words(ada.get(of_error(office)))
    error = office.error()
    assert page.count(f'class="conflict-value">{error.value}') == 2
    assert "in conflict" in page
    for one in ("Incoming", "Existing", "Source anchor", "Active Directory: not there"):
        assert one in page


def test_the_first_question_shows_why_how_evidence_and_every_answer(office, ada):
    page = words(ada.get(of_error(office)))
    for one in (
        "Does the user exist in your on-premises Active Directory?",
        "How to find out",
        "This suggests:",
        "You decide.",
        "I don&#x27;t know",
        "Not Started",
    ):
        assert one in page


def test_looking_opens_nothing(office, ada):
    ada.get(of_error(office))
    assert office.error().diagnoses.count() == 0


def test_an_answer_leads_to_the_next_question_and_keeps_who_gave_it(office, ada):
    page = words(answer(ada, office, "no"))
    assert "Do both of these accounts belong to the same user?" in page
    assert office.ada.name in page
    assert office.status() == "not-started"


def test_no_then_yes_offers_the_dry_run_and_no_close(office, ada):
    answer(ada, office, "no")
    page = words(answer(ada, office, "yes"))
    assert of_error(office, "fix/") in page
    assert of_error(office, "close/") not in page


def test_yes_offers_close_and_no_fix(office, ada):
    page = words(answer(ada, office, "yes"))
    assert of_error(office, "close/") in page
    assert of_error(office, "fix/") not in page


def test_i_do_not_know_leads_on_and_never_to_a_fix(office, ada):
    page = words(answer(ada, office, "dont-know"))
    assert "Where could you look for the existing user?" in page
    page = words(answer(ada, office, "active-directory"))
    assert of_error(office, "fix/") not in page
    assert f"?back={FIRST}" in page


def test_going_back_keeps_the_later_answers(office, ada):
    answer(ada, office, "no"), answer(ada, office, "yes")
    page = ada.get(of_error(office) + f"?back={FIRST}")
    assert re.search(r'value="no" required checked', words(page))
    form = hidden(page)
    ada.post(of_error(office, "answer/"), {**form, "answer": "no"})
    assert of_error(office, "fix/") in words(ada.get(of_error(office)))


def test_htmx_gets_the_step_alone(office, ada):
    form = hidden(ada.get(of_error(office)))
    part = ada.post(of_error(office, "answer/"), {**form, "answer": "no"}, headers=HTMX)
    assert (part.status_code, "<html" in words(part)) == (200, False)
    assert 'id="step"' in words(part)
    assert 'aria-live="polite"' in words(part)


def test_close_and_reopen(office, ada):
    answer(ada, office, "yes")
    form = hidden(ada.get(of_error(office)))
    ada.post(of_error(office, "close/"), form)
    page = words(ada.get(of_error(office)))
    assert "Manual Fix Required" in page
    assert f"Closed by {office.ada.name}" in page
    ada.post(of_error(office, "reopen/"), {"cycle": form["cycle"]})
    assert office.status() == "not-started"
    assert of_error(office, "close/") in words(ada.get(of_error(office)))


def test_the_next_cycle_resets_the_status_and_offers_the_answers_again(office, ada):
    answer(ada, office, "yes")
    ada.post(of_error(office, "close/"), hidden(ada.get(of_error(office))))
    office.cycle()
    page = words(ada.get(of_error(office)))
    assert "Not Started" in page
    assert "Still there" in page
    assert f"{office.ada.name} answered:" in page
    assert not re.search(r'value="yes" required checked', page)


def test_history_tells_answers_and_close_over_the_cycles(office, ada):
    answer(ada, office, "yes")
    ada.post(of_error(office, "close/"), hidden(ada.get(of_error(office))))
    office.cycle()
    page = words(ada.get(of_error(office)))
    assert f"{office.ada.name} answered “Yes”" in page
    assert f"{office.ada.name} closed it" in page


def test_a_reader_sees_everything_and_can_answer_nothing(office):
    rosa = browser(office.rosa)
    page = rosa.get(of_error(office))
    assert "Does the user exist" in words(page)
    assert "Continue</button>" not in words(page)
    assert f"Ask somebody who has it: {office.ada.name}, {office.cem.name}." in words(page)
    for act in ("answer/", "close/", "reopen/", "fix/"):
        assert rosa.post(of_error(office, act), {**hidden(page), "answer": "no"}).status_code == 403
    assert office.error().diagnoses.count() == 0


def refused(office, visitor, **change: str):
    form = hidden(visitor.get(of_error(office)))
    before = list(office.error().diagnoses.values("answers", "revision", "status"))
    page = visitor.post(of_error(office, "answer/"), {**form, "answer": "no", **change})
    assert list(office.error().diagnoses.values("answers", "revision", "status")) in (before, [EMPTY, *before])
    return page


EMPTY = {"answers": {}, "revision": 0, "status": "not-started"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"answer": "perhaps"}, "is not an answer that can be given"),
        ({"answer": ""}, "is not an answer that can be given"),
        ({"question": SECOND}, "is not an answer that can be given"),
        ({"question": "no-such"}, "is not an answer that can be given"),
        ({"revision": "7"}, "Somebody changed this diagnosis"),
        ({"revision": "x"}, "Somebody changed this diagnosis"),
        ({"cycle": "1"}, "has ended"),
        ({"cycle": "0"}, "has ended"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_with_its_reason(office, ada, change, says):
    page = refused(office, ada, **change)
    assert page.status_code == 409
    assert says in words(page)
    assert "Does the user exist" in words(page)


def test_two_people_at_once_the_second_is_told(office, ada):
    form = hidden(ada.get(of_error(office)))
    answer(browser(office.cem), office, "yes")
    page = ada.post(of_error(office, "answer/"), {**form, "answer": "no"})
    assert page.status_code == 409
    assert "Somebody changed this diagnosis" in words(page)


def test_an_error_cleared_meanwhile_says_so(office, ada):
    form = hidden(ada.get(of_error(office)))
    pk = office.error().pk
    where = of_error(office, "answer/")
    SyncError.objects.filter(pk=pk).update(cleared_in=2)
    page = ada.post(where, {**form, "answer": "no"})
    assert page.status_code == 410
    assert "This error is gone" in words(page)


def test_a_role_lost_in_between_is_told(office, ada):
    form = hidden(ada.get(of_error(office)))
    Membership.objects.filter(person=office.ada).update(role=Role.READER)
    assert ada.post(of_error(office, "answer/"), {**form, "answer": "no"}).status_code == 403


def test_a_close_that_the_answers_do_not_lead_to_is_refused(office, ada):
    answer(ada, office, "no")
    page = ada.post(of_error(office, "close/"), hidden(ada.get(of_error(office))))
    assert page.status_code == 409
    assert "do not lead to an end that can be closed" in words(page)


def test_a_refusal_comes_as_a_part_too(office, ada):
    form = hidden(ada.get(of_error(office)))
    part = ada.post(of_error(office, "answer/"), {**form, "answer": "perhaps"}, headers=HTMX)
    assert (part.status_code, "<html" in words(part)) == (409, False)
    assert 'role="alert"' in words(part)


@pytest.mark.parametrize("fault", ["timeout-before", "nonsense", "unreachable", "throttled"])
def test_a_directory_in_trouble_is_said_and_the_report_is_shown(office, ada, fault):
    office.play(fault, operation="find", times="-1", seconds="5")
    page = words(ada.get(of_error(office)))
    assert "Below is what the last report said" in page
    assert "You can answer all the same" in page
    assert office.error().existing_name in page


def test_what_is_not_diagnosed_says_why_and_where_to_go(office, ada):
    error = made(office, category="large-attribute")
    page = words(ada.get(of_error(office, error=error)))
    assert "Manual Fix Required, by rule" in page
    assert "/flows/which-error/" in page
    assert "Continue</button>" not in page
    SyncState.objects.filter(tenant=office.tenant).update(cycle=office.state.cycle + 1)
    assert "Manual Fix Required" in words(ada.get(of_error(office, error=error)))


def test_a_cleared_error_keeps_its_history(office, ada):
    error = office.error()
    SyncError.objects.filter(pk=error.pk).update(cleared_in=2)
    page = words(ada.get(of_error(office, error=error)))
    assert "cycle 2 cleared it" in page
    assert "First read by the portal" in page


def test_the_questions_are_in_the_readers_language_where_there_are_words(office, ada):
    page = words(ada.get(of_error(office).replace("/en-us/", "/sv-se/")))
    assert "Does the user exist" not in page


def test_a_form_of_changed_questions_is_told_so_and_nothing_is_saved(office, ada):
    form = hidden(ada.get(of_error(office)))
    assert form["flow_version"]
    sent = ada.post(of_error(office, "answer/"), {**form, "flow_version": "of-old", "answer": "no"})
    assert sent.status_code == 409
    assert "The questions were changed after you opened the page" in words(sent)
    assert not Diagnosis.objects.exists()


def test_both_look_ups_of_the_first_question_are_shown_unfolded(office, ada):
    shown = ada.get(of_error(office)).context["evidence"]
    assert {"Its sign-in name", "The existing user’s sign-in name, in the cloud"} <= {
        str(one.label) for one in shown.lookups
    }


def test_an_account_under_the_existing_users_name_that_is_the_incoming_object_is_not_told_as_the_existing_one(
    open_office,
):
    office = open_office(orphan(address_only=False))
    page = words(browser(office.ada).get(of_error(office)))
    assert "this is the incoming object" in page
    assert "Active Directory: not there" in page


def test_after_a_fix_the_existing_user_is_seen_in_active_directory(office, ada):
    error = office.error()
    office.fixed(error)
    office.cycle()
    page = words(ada.get(of_error(office, error=error)))
    assert "Active Directory: not there" not in page


def test_an_error_that_only_waits_for_the_sweep_asks_nothing(office, ada):
    SyncError.objects.update(sweep_by=office.now)
    page = words(ada.get(of_error(office)))
    assert "There is nothing to do" in page
    assert "wanted a value of" in page
    assert "conflict-value" not in page
    assert 'name="answer"' not in page


def test_an_error_that_was_cleared_while_she_looked_is_shown_as_gone(office, ada, monkeypatch):
    office.open()
    real = questions.current

    def cleared_meanwhile(error):
        found = real(error)
        SyncError.objects.update(cleared_in=2)
        return found

    monkeypatch.setattr(questions, "current", cleared_meanwhile)
    assert ada.get(of_error(office)).status_code == 200
