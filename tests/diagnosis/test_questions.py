import shutil
from contextlib import suppress
from itertools import count

import pytest

from portal.accounts.models import Membership
from portal.accounts.rights import Role
from portal.diagnosis import problems, questions
from portal.diagnosis.models import Diagnosis
from tests.diagnosis.machine.life import Crash, Life
from tests.diagnosis.office import FIRST, SECOND
from tests.directories.simulator.scenes import stage


def change_flow(settings, tmp_path, old: str, new: str) -> None:
    """The flow as another version of the portal would have it."""
    folder = tmp_path / "articles" / "flows"
    shutil.copytree(settings.ARTICLES_DIR / "flows", folder)
    for translated in folder.glob("*.*.toml"):
        translated.unlink()
    file = folder / "duplicated-attribute.toml"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))
    settings.ARTICLES_DIR = tmp_path / "articles"


def test_it_opens_one_diagnosis_for_error_and_cycle_whoever_opens_it(office):
    assert office.open() == questions.diagnosis_now(office.error(), office.cem)
    assert Diagnosis.objects.count() == 1


def test_opened_or_half_answered_is_still_not_started(office):
    office.answered("no")
    assert office.status() == "not-started"


@pytest.mark.parametrize("who", ["rosa", "sam"])
def test_it_refuses_who_may_not_enter_a_diagnosis(office, who):
    with pytest.raises(problems.RoleMissing):
        questions.diagnosis_now(office.error(), getattr(office, who))
    assert not Diagnosis.objects.exists()


def test_it_refuses_people_of_another_tenant(office, open_office):
    with pytest.raises(problems.RoleMissing):
        questions.diagnosis_now(office.error(), open_office(slug="fabrikam").ada)


def test_it_refuses_errors_that_are_not_diagnosed_and_says_why(open_office):
    scene = stage()
    scene.group("Aurora", "aurora@contoso.com")
    scene.group("Borealis", "aurora@contoso.com")
    scene.cycle()
    office = open_office(scene)
    assert office.status() == "manual-fix-required"
    with pytest.raises(problems.NotDiagnosed) as caught:
        office.open()
    assert "is not a user" in caught.value.message


def test_it_refuses_an_error_that_was_cleared(office):
    error = office.error()
    office.act("ad-delete", object=next(one.id for one in office.directory.world().ad.values() if one.is_live))
    office.later(minutes=31)
    office.read()
    with pytest.raises(problems.ErrorCleared):
        questions.diagnosis_now(error, office.ada)


def test_an_answer_is_kept_with_who_when_and_what_the_directory_said(office):
    diagnosis = office.answered("no")
    (given,) = diagnosis.given
    assert (given["question"], given["answer"], given["by"]) == (FIRST, "no", office.ada.name)
    assert given["at"] == office.now.isoformat()
    assert given["evidence"]["suggests"] == "no"
    assert diagnosis.fingerprint == given["fingerprint"] == given["evidence"]["fingerprint"]


def test_no_then_yes_leads_to_the_fix(office):
    assert office.answered("no", "yes").outcome == "orphaned"


def test_changing_an_answer_keeps_the_later_ones(office):
    diagnosis = office.answered("no", "yes")
    diagnosis = questions.answer(diagnosis, FIRST, "yes", revision=diagnosis.revision, by=office.ada)
    assert diagnosis.outcome == "two-live-users"
    diagnosis = questions.answer(diagnosis, FIRST, "no", revision=diagnosis.revision, by=office.ada)
    assert diagnosis.outcome == "orphaned"
    assert [given["answer"] for given in diagnosis.given] == ["no", "yes", "yes", "no"]


def test_i_do_not_know_leads_on_and_never_to_the_fix(office):
    diagnosis = office.answered("dont-know", "active-directory")
    assert diagnosis.outcome == "look-in-active-directory"


@pytest.mark.parametrize(
    ("question", "answer"), [(FIRST, "perhaps"), ("who-are-you", "yes"), (SECOND, "yes"), ("both-names", "one")]
)
def test_it_refuses_an_answer_that_is_not_in_the_flow_or_not_on_the_way(office, question, answer):
    diagnosis = office.open()
    with pytest.raises(problems.NotInFlow) as caught:
        questions.answer(diagnosis, question, answer, revision=0, by=office.ada)
    assert answer in caught.value.message
    assert Diagnosis.objects.get().given == []


def test_it_refuses_a_form_that_somebody_was_faster_with(office):
    stale = office.open()
    office.answered("no")
    with pytest.raises(problems.StaleForm):
        questions.answer(stale, FIRST, "yes", revision=stale.revision, by=office.cem)
    assert Diagnosis.objects.get().answers == {FIRST: "no"}


def test_it_refuses_a_form_of_an_earlier_cycle(office):
    diagnosis = office.open()
    office.later(minutes=31)
    office.read()
    with pytest.raises(problems.CycleOver):
        questions.answer(diagnosis, FIRST, "no", revision=0, by=office.ada)


def test_it_refuses_a_form_of_a_changed_flow_which_opening_again_takes_over(office, settings, tmp_path):
    diagnosis = office.answered("no")
    change_flow(settings, tmp_path, 'yes = { say = "Yes", hint = "One', 'yes = { say = "Yes, certainly", hint = "One')
    with pytest.raises(problems.FlowChanged):
        questions.answer(diagnosis, SECOND, "yes", revision=diagnosis.revision, by=office.ada)
    again = office.open()
    assert again.answers == {FIRST: "no"}
    assert office.answer(again, "yes").outcome == "orphaned"


def test_a_reworded_hint_is_no_change_of_the_flow(office, settings, tmp_path):
    diagnosis = office.open()
    change_flow(settings, tmp_path, "Its account was deleted", "The account was deleted")
    assert office.answer(diagnosis, "no").answers == {FIRST: "no"}


def test_it_refuses_a_role_lost_in_between(office):
    diagnosis = office.open()
    Membership.objects.filter(person=office.ada).update(role=Role.READER)
    with pytest.raises(problems.RoleMissing):
        office.answer(diagnosis, "no")
    assert Diagnosis.objects.get().answers == {}


@pytest.mark.parametrize("fault", ["timeout-before", "nonsense", "unreachable", "throttled"])
def test_a_directory_in_trouble_does_not_keep_a_person_from_answering(office, fault):
    office.play(fault, operation="find")
    diagnosis = office.answered("no")
    (given,) = diagnosis.given
    assert given["evidence"] is None
    assert given["trouble"]
    assert (diagnosis.answers, diagnosis.fingerprint) == ({FIRST: "no"}, "")


def test_answers_of_an_earlier_cycle_are_offered_and_not_forced(office):
    office.answered("no", "yes")
    office.later(minutes=31)
    office.read()
    diagnosis = office.open()
    assert diagnosis.answers == {}
    offered = questions.earlier_answers(diagnosis)
    assert {name: one.answer for name, one in offered.items()} == {FIRST: "no", SECOND: "yes"}
    assert offered[FIRST].by == office.ada.name


def test_every_act_is_in_the_record(office):
    office.answered("no", "yes")
    assert office.lines() == ["opened", "answered", "answered"]


@pytest.mark.parametrize("after", [False, True])
def test_a_process_that_ends_opens_a_diagnosis_with_its_line_in_the_record_or_not_at_all(office, after):
    for at in count(1):
        with suppress(Crash):
            Life(at=at, after=after).live(office.open)
            break
        assert office.lines().count("opened") == Diagnosis.objects.count()
    assert office.lines().count("opened") == Diagnosis.objects.count() == 1
