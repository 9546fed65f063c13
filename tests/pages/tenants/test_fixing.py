"""Apply Fix on the page: the dry run, the confirmation, progress, every refusal, and a result that nobody knows."""

from __future__ import annotations

import pytest

from portal.diagnosis.fixes import refusing
from portal.diagnosis.models import Fix, FixState
from portal.directories.refusals import REFUSALS, Refusal
from portal.directories.simulator.world import switches
from tests.pages.tenants.visitors import HTMX, address, browser, of_error, words


@pytest.fixture
def ada(office):
    return browser(office.ada)


@pytest.fixture
def ready(office):
    """The answers lead to the fix."""
    office.at_the_fix()
    return office


def confirmed(visitor, office, **more: str):
    seen = visitor.get(of_error(office, "fix/")).context["plan"].digest
    return visitor.post(of_error(office, "fix/"), {"seen": seen, "confirmed": "1", **more})


def test_the_dry_run_says_what_is_read_checked_written_and_lost(ready, ada):
    page = words(ada.get(of_error(ready, "fix/")))
    for one in (
        "What is written",
        "What is lost",
        "What was checked",
        "What was read",
        "onPremisesImmutableId",
        "Needs",
        "Undo",
    ):
        assert one in page
    assert ready.writes() == []
    assert not Fix.objects.exists()


def test_nothing_is_written_without_the_confirmation(ready, ada):
    page = ada.post(of_error(ready, "fix/"), {"seen": "x"})
    assert page.status_code == 400
    assert "Nothing was written" in words(page)
    assert not Fix.objects.exists()


def test_confirmed_it_becomes_a_fix_and_the_page_shows_it_running(ready, ada):
    sent = confirmed(ada, ready)
    fix = Fix.objects.get()
    assert (sent.status_code, sent.url) == (303, address(ready, f"fixes/{fix.pk}/"))
    page = words(ada.get(sent.url))
    assert 'hx-trigger="every 1s"' in page
    assert "Refresh" in page
    assert "A fix is running" in words(ada.get(of_error(ready)))
    assert ready.status() == "not-started"


def test_progress_is_told_only_when_there_is_news(ready, ada):
    where = confirmed(ada, ready).url
    part = ada.get(where, headers=HTMX)
    assert "<html" not in words(part)
    seen = part.context["version"]
    assert ada.get(f"{where}?seen={seen}", headers=HTMX).status_code == 204
    ready.run(Fix.objects.get())
    assert ada.get(f"{where}?seen={seen}", headers=HTMX).status_code == 200


def test_done_it_is_pending_sync_with_its_journal_until_a_cycle_clears_it(ready, ada):
    where = confirmed(ada, ready).url
    ready.run(Fix.objects.get())
    page = words(ada.get(where))
    assert "Pending Sync" in page
    assert "✓" not in page  # the mark is the stylesheet's; the words say it
    assert page.count("written</span>") == len(ready.writes())
    assert "hx-trigger" not in page.partition('id="progress"')[2].partition(">")[0]
    error = ready.error()
    assert "Pending Sync" in words(ada.get(of_error(ready)))
    ready.cycle()
    assert f"cycle {ready.state.cycle - 1} cleared it" in words(ada.get(of_error(ready, error=error)))
    assert "The error is gone." in words(ada.get(where))


def test_a_second_click_leads_to_the_same_fix(ready, ada):
    seen = ada.get(of_error(ready, "fix/")).context["plan"].digest
    form = {"seen": seen, "confirmed": "1"}
    first, second = ada.post(of_error(ready, "fix/"), form), browser(ready.cem).post(of_error(ready, "fix/"), form)
    assert first.url == second.url
    assert Fix.objects.count() == 1


def test_no_fix_before_the_answers_lead_there(office, ada):
    for page in (ada.get(of_error(office, "fix/")), ada.post(of_error(office, "fix/"), {"confirmed": "1"})):
        assert page.status_code == 409
        assert "The answers do not lead to the fix" in words(page)
    assert not Fix.objects.exists()


def test_a_contributor_may_and_a_reader_may_not(ready):
    assert browser(ready.cem).get(of_error(ready, "fix/")).status_code == 200
    assert browser(ready.rosa).get(of_error(ready, "fix/")).status_code == 403


def test_an_object_changed_after_the_dry_run_is_refused_and_nothing_written(ready, ada):
    seen = ada.get(of_error(ready, "fix/")).context["plan"].digest
    incoming = next(iter(one for one in ready.directory.world().ad.values() if one.is_live))
    ready.act("ad-rename", object=incoming.id, name="Somebody Else")
    sent = ada.post(of_error(ready, "fix/"), {"seen": seen, "confirmed": "1"})
    page = words(ada.get(sent.url))
    assert REFUSALS["changed-since"].sentence in page
    assert ready.writes() == []


def test_a_setting_in_the_way_is_named_with_microsofts_sentence(office, ada):
    office.switch("userWritebackEnabled", on=True)
    office.at_the_fix()
    page = ada.get(of_error(office, "fix/"))
    assert page.status_code == 409
    for one in (
        REFUSALS["user-writeback"].sentence,
        "userWritebackEnabled",
        "Status it leaves",
        "Not Started",
        "Not met.",
    ):
        assert one in words(page)


def test_an_identifier_in_the_way_can_be_allowed_to_be_cleared(office, ada):
    office.switch("objectIdentifierHardening", on=True)
    office.at_the_fix()
    refused = words(ada.get(of_error(office, "fix/")))
    assert REFUSALS["identifier-set"].sentence in refused
    assert 'name="clears_identifier"' in refused
    allowed = ada.get(of_error(office, "fix/") + "?clears_identifier=1")
    assert allowed.status_code == 200
    assert 'type="hidden" name="clears_identifier"' in words(allowed)
    assert "onPremisesObjectIdentifier" in words(allowed)


def test_a_directory_in_trouble_keeps_everything_as_it_was(ready, ada):
    ready.play("unreachable", operation="plan")
    page = ada.get(of_error(ready, "fix/"))
    assert page.status_code == 503
    assert "could not be reached" in words(page)


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_every_refusal_has_its_sentence_what_to_do_next_and_the_status_it_leaves(office, ada, code):
    fix = refusing.keep_refused(office.at_the_fix(), office.ada, Refusal(code, facts={"licences": "Microsoft 365 E3"}))
    page = words(ada.get(address(office, f"fixes/{fix.pk}/"))).replace("&#x27;", "'")
    assert REFUSALS[code].sentence in page
    for one in ("What to do next", "Status it leaves", "Microsoft 365 E3"):
        assert one in page


def test_a_refused_fix_is_told_beside_the_offer_of_another(ready, ada):
    refusing.keep_refused(ready.open(), ready.ada, Refusal("soft-deleted"))
    page = words(ada.get(of_error(ready)))
    assert "The last fix was refused:" in page
    assert of_error(ready, "fix/") in page


@pytest.fixture
def unknown(ready):
    """A fix of which nobody knows whether its first step was written."""
    ready.play("timeout-before", operation="apply", times="-1")
    ready.play("timeout-before", operation="observe", times="-1")
    fix = ready.requested()
    Fix.objects.filter(pk=fix.pk).update(
        state=FixState.UNKNOWN, message="The result is open.", ended_at=fix.requested_at
    )
    return fix


def test_an_unknown_result_is_said_and_only_a_global_administrator_can_settle_it(ready, unknown, ada):
    where = address(ready, f"fixes/{unknown.pk}/")
    assert "It was written</button>" in words(ada.get(where))
    cem = browser(ready.cem)
    assert "Only a Global Administrator can settle it." in words(cem.get(where))
    assert cem.post(f"{where}settle/", {"how": "written"}).status_code == 403
    assert "The result of the fix is not known" in words(cem.get(of_error(ready)))


@pytest.mark.parametrize(("how", "status"), [("written", "pending-sync"), ("not-written", "not-started")])
def test_a_global_administrator_settles_it(ready, unknown, ada, how, status):
    where = address(ready, f"fixes/{unknown.pk}/")
    assert ada.post(f"{where}settle/", {"how": how}).url == where
    assert ready.status() == status
    assert ready.lines()[-1] == "fix-settled"


def test_a_way_to_settle_that_there_is_not_is_refused(ready, unknown, ada):
    where = address(ready, f"fixes/{unknown.pk}/settle/")
    assert ada.post(where, {"how": "perhaps"}).status_code == 409
    ada.post(where, {"how": "written"})
    again = ada.post(where, {"how": "written"})
    assert again.status_code == 409
    assert "The result of this fix is not open." in words(again)


def test_another_tenants_fix_is_not_there(ready, open_office, ada):
    other = open_office(slug="northwind")
    other.at_the_fix()
    fix = other.requested()
    theirs, missing = ada.get(address(ready, f"fixes/{fix.pk}/")), ada.get(address(ready, "fixes/99999/"))
    assert theirs.status_code == missing.status_code == 404


def test_a_refusal_that_nothing_here_can_cure_can_be_put_on_record(office, ada):
    office.act("cloud-role", object=office.error().existing_key, role="Exchange Administrator", how="active", on="on")
    office.switch(switches.HARDENED_ROLES, on=True)
    office.at_the_fix()
    assert "Set the status" in words(ada.get(of_error(office, "fix/")))
    ada.post(of_error(office, "fix/"), {"confirmed": "1"})
    assert office.status() == "manual-fix-required"


def test_a_refusal_says_who_may_what_it_costs_and_since_when_it_is_so(office, ada):
    office.switch(switches.HARDENED_IDENTIFIER, on=True)
    office.at_the_fix()
    page = words(ada.get(of_error(office, "fix/")))
    for one in (
        "Who may do it",
        "Can it be undone?",
        "When it takes effect",
        "What being wrong costs",
        "Applies from",
        "Checked",
    ):
        assert one in page


def test_a_status_that_is_not_on_record_yet_is_not_told_as_left(office, ada):
    office.switch(switches.HARDENED_ROLES, on=True)
    office.act("cloud-role", object=office.error().existing_key, role="User Administrator", how="active", on="on")
    office.at_the_fix()
    assert "Status once it is on record" in words(ada.get(of_error(office, "fix/")))
    sent = ada.post(of_error(office, "fix/"), {"confirmed": "1"})
    assert "Status it leaves" in words(ada.get(sent.url))


def test_a_takeover_that_is_blocked_is_marked_among_what_was_checked(office, ada):
    office.switch(switches.BLOCK_TAKEOVER, on=True)
    office.at_the_fix()
    page = ada.get(of_error(office, "fix/"))
    assert [one.key for one in page.context["preconditions"] if not one.met] == ["takeover"]
    assert words(page).count(switches.BLOCK_TAKEOVER) == 1


def test_the_dry_run_of_an_error_that_is_gone_says_that_it_is_gone(ready, ada):
    error = ready.error()
    ready.fixed(error)
    ready.cycle()
    page = ada.get(of_error(ready, "fix/", error=error))
    assert page.status_code == 410
    assert "This error is gone" in words(page)


def test_the_history_keeps_that_a_fix_was_applied_when_a_cycle_settles_it(ready, ada):
    error = ready.error()
    fix = ready.fixed(error)
    ready.cycle()
    page = words(ada.get(of_error(ready, error=error)))
    assert f"Fix {fix.pk} was applied" in page
    assert f"Fix {fix.pk} was settled" in page
