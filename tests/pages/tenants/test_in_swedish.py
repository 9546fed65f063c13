"""Pages of a tenant say nothing in English to a reader of Swedish, but Microsoft's own sentences and names."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from portal.accounts.models import Person
from portal.diagnosis.fixes import ending
from portal.diagnosis.models import Fix, FixState
from portal.directories.simulator.people.acting import ACTIONS
from portal.sync.models import SyncError
from tests.pages.tenants.visitors import HTMX, browser
from tests.spoken import english_in, speak_swedish

Told = dict[str, str]


@pytest.fixture(autouse=True)
def swedish(settings, tmp_path):
    speak_swedish(settings, tmp_path)


def reader_of(tenant: str, person: Person) -> Callable[[Iterable[str]], Told]:
    """What the pages of a tenant say in English to somebody who reads Swedish, each piece with a page that says it."""
    client = browser(person)

    def read(pages: Iterable[str]) -> Told:
        found = {page: client.get(f"/sv-se/public/tenants/{tenant}/{page}").content.decode() for page in pages}
        return {piece: page for page, html in found.items() for piece in english_in(html)}

    return read


def test_the_demo(committed_demo):
    numbers = SyncError.objects.of(committed_demo).values_list("pk", flat=True)
    read = reader_of("contoso", Person.objects.get(subject="local:ada"))
    assert read(["errors/", "errors/?category=no", "standing/", "record/", "demo/"]) == {}
    assert read(f"demo/?action={name}" for name in ACTIONS) == {}
    assert read(f"errors/{number}/" for number in numbers) == {}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"action": "interval", "minutes": "45"}, "En cykel körs med 45 minuters mellanrum."),
        ({"action": "interval", "minutes": "0"}, "Ange ett antal minuter från 1 till 1440."),
        ({"action": "interval"}, "Fyll i: Minuter."),
    ],
)
def test_what_the_demo_answers(committed_demo, given, told):
    client = browser(Person.objects.get(subject="local:ada"))
    page = client.post("/sv-se/public/tenants/contoso/demo/act/", given, follow=True).content.decode()
    assert told in page
    assert english_in(page) == []


@pytest.mark.parametrize("part", ["you/", "your-errors/", "your-errors/duplicated-attribute/"])
def test_what_is_personal_on_pages_for_everybody(office, part):
    page = browser(office.ada, **HTMX).get(f"/sv-se/public/{part}")
    assert page.status_code == 200
    assert english_in(page.content.decode()) == []


def test_what_a_reader_may_not_do(office):
    error = office.error()
    office.at_the_fix()
    assert reader_of("contoso", office.rosa)([f"errors/{error.pk}/", f"errors/{error.pk}/fix/", "record/"]) == {}


def test_a_diagnosis_from_the_first_question_to_the_fix(office):
    read, page = reader_of("contoso", office.ada), f"errors/{office.error().pk}/"
    assert read([page, f"{page}summary/"]) == {}
    office.answered("dont-know")
    assert read([page]) == {}
    office.at_the_fix()
    assert read([page, f"{page}fix/"]) == {}
    fix = office.requested()
    assert read([page, f"fixes/{fix.pk}/"]) == {}
    office.run(fix)
    assert fix.state == FixState.DONE
    assert read([page, f"{page}summary/", f"fixes/{fix.pk}/", "errors/", "record/"]) == {}
    office.cycle()
    assert read([page, f"fixes/{fix.pk}/", "errors/", "record/"]) == {}


def test_a_diagnosis_that_was_closed(office):
    office.closed()
    assert (
        reader_of("contoso", office.ada)(
            [f"errors/{office.error().pk}/", f"errors/{office.error().pk}/fix/", "record/"]
        )
        == {}
    )


@pytest.mark.parametrize("setting", ["userWritebackEnabled", "exportUnderWay", "objectIdentifierHardening"])
def test_a_fix_that_is_refused(office, setting):
    office.at_the_fix()
    office.switch(setting, on=True)
    assert reader_of("contoso", office.ada)([f"errors/{office.error().pk}/fix/"]) == {}


def test_a_fix_whose_result_is_unknown(office):
    read, page = reader_of("contoso", office.ada), f"errors/{office.error().pk}/"
    fix = office.requested()
    Fix.objects.update(state=FixState.UNKNOWN, message=ending.UNKNOWN, ended_at=fix.requested_at)
    assert read([page, f"fixes/{fix.pk}/", "errors/"]) == {}


def test_a_directory_that_does_not_answer(office):
    office.at_the_fix()
    office.play("unreachable", times="-1")
    page = f"errors/{office.error().pk}/"
    assert reader_of("contoso", office.ada)([page, f"{page}fix/", "errors/"]) == {}
