import pytest

from portal.diagnosis import problems, questions
from portal.diagnosis.models import Diagnosis
from portal.diagnosis.redacting import Redactor, Sort
from portal.diagnosis.summary import summary
from portal.directories.simulator.world import switches
from tests.diagnosis.office import apply_fix
from tests.directories.simulator.scenes import orphan
from tests.effort import coming_to_an_end


def secrets_of(office, error) -> list[str]:
    refs = [error.fault["incoming"], error.fault["existing"]]
    names = ("display_name", "user_principal_name", "mail", "anchor", "connector_id", "cloud_id", "distinguished_name")
    return [
        office.ada.name,
        office.tenant.name,
        error.value,
        *(ref[name] for ref in refs for name in names if ref[name]),
    ]


def test_it_tells_the_error_both_objects_the_answers_and_the_outcome(office):
    diagnosis = office.at_the_fix()
    text = summary(diagnosis).text
    error = office.error()
    for secret in secrets_of(office, error):
        assert secret in text
    assert "Does the user exist in your on-premises Active Directory?: No" in text
    assert "Outcome: An orphaned user: it can be fixed here" in text
    assert "The directory suggests: no" in text


def test_its_status_is_that_of_the_errors_page(open_office):
    office = open_office(orphan(address_only=False))
    first, second = office.errors()
    other = office.open(second)
    fix = office.fixed(first)
    assert f"Status: Pending Sync (fix {fix.pk}: Done)" in summary(questions.current(second) or other).text
    assert "Open question" not in summary(other).text
    office.cycle()
    gone = Diagnosis.objects.get(pk=fix.diagnosis.pk)
    assert f"Status: Gone: cycle {gone.error.cleared_in} cleared it" in summary(gone).text


def test_markdown_has_headings_and_keeps_values_out_of_its_own_signs(office):
    text = summary(office.at_the_fix()).markdown
    assert text.startswith("# Sync error")
    assert "## Existing object" in text
    assert f"`{office.error().value}`" in text


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_redacted_nothing_of_anybody_is_left(office, form):
    fix = office.requested()
    office.run(fix)
    diagnosis = fix.diagnosis
    told = getattr(summary(diagnosis, redacted=True), form)
    open_told = getattr(summary(diagnosis), form)
    for secret in secrets_of(office, office.error()):
        assert secret in open_told
        assert secret.casefold() not in told.casefold(), secret
    assert "@" not in told


def test_the_same_thing_has_the_same_label_wherever_it_stands(office):
    told = summary(office.at_the_fix(), redacted=True).text
    assert told.count("[person 1]") == 2
    assert "[name 1]" in told


def test_a_refused_fix_is_told_with_its_sentence(office):
    office.switch(switches.WRITEBACK, on=True)
    diagnosis = office.at_the_fix()
    with pytest.raises(problems.Refused):
        apply_fix(diagnosis, office.ada)
    assert "The fix process failed to update the values." in summary(diagnosis, redacted=True).text


@pytest.mark.parametrize(
    "text",
    [
        "ask joe@contoso.com",
        "CN=Joe Johnson,OU=People,DC=contoso,DC=com",
        "0d9f2f0e-7e06-4d0b-9d3e-3d5d9d9d9d9d",
        "S-1-5-21-1004336348-1177238915-682003330-512",
        "anchor q83vEjRWeJCrze8SNFZ4kA== is taken",
    ],
)
def test_what_nobody_listed_is_found_by_its_shape(text):
    redacted = Redactor([]).redact(text)
    assert "[" in redacted
    for word in ("joe", "contoso", "0d9f2f0e", "1004336348", "q83v"):
        assert word not in redacted.casefold()


def test_a_short_name_is_not_cut_out_of_words():
    assert Redactor([(Sort.NAME, "Bo")]).redact("Both were told by Bo.") == "Both were told by [name 1]."


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ("Groß Straße", "by Groß Straße"),
        ("Groß Straße", "by GROSS STRASSE"),
        ("İbrahim Öz", "by İbrahim Öz"),
        ("Cem Yıldız", "by Cem Yildiz"),
        ("Cem Yildiz", "by CEM YILDIZ and Cem Yıldız"),
        ("Zoë", "by Zoe\u0308"),
        ("Zoe\u0308", "by ZOË"),
        ("Ａｄａ Ｌ", "by Ada L"),
        ("林", "by 林"),
    ],
)
def test_a_name_is_found_in_every_spelling_of_its_letters(known, told):
    redacted = Redactor([(Sort.NAME, known)]).redact(told)
    assert redacted.replace(" and ", "").replace("[name 1]", "") == "by "


def test_an_address_at_a_name_without_dots_is_an_address():
    assert Redactor([]).redact("smtp:joe.j@contoso is taken") == "smtp:[address 1] is taken"


@pytest.mark.parametrize("piece", ["a", "S-1-", "a@", "A", "-", "[", "CN=a,"])
def test_a_long_value_comes_to_an_end(piece):
    with coming_to_an_end():
        Redactor([(Sort.NAME, "Ada Lindgren")]).redact(piece * 20_000)


@pytest.mark.parametrize(
    "told",
    ["held as secret.onmicrosoft.com", r"made by CONTOSO\jjohnson", "id 0123456789abcdef0123456789abcdef"],
)
def test_what_names_an_organization_or_an_account_is_found_by_its_shape(told):
    redacted = Redactor([]).redact(told)
    assert told.split()[-1] not in redacted
    assert "[" in redacted


def test_a_person_called_by_one_letter_is_redacted_too():
    assert Redactor([(Sort.NAME, "Q")]).redact("Display name: Q") == "Display name: [name 1]"


def test_the_domain_of_an_address_is_redacted_where_it_stands_alone(office):
    diagnosis = office.at_the_fix()
    error = diagnosis.error
    error.fault = {**error.fault, "detail": "The domain contoso.com is shared."}
    error.save()
    assert "contoso.com" not in summary(diagnosis, redacted=True).text
