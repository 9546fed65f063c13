"""The case summary of a diagnosis on its page: with names or without, as text or Markdown, to read or to take along."""

from __future__ import annotations

import pytest

from tests.pages.tenants.visitors import answer, browser, of_error, words


@pytest.fixture
def ada(office):
    return browser(office.ada)


def test_the_summary_has_names_or_none(office, ada):
    answer(ada, office, "no")
    plain, redacted = (
        ada.get(of_error(office, "summary/")),
        ada.get(of_error(office, "summary/") + "?redacted=1&as=markdown"),
    )
    error = office.error()
    assert error.value in words(plain)
    assert error.value not in words(redacted).partition("<pre")[2]
    assert "# Sync error" in words(redacted)


@pytest.mark.parametrize(("form", "ending"), [("text", "txt"), ("markdown", "md")])
def test_the_summary_can_be_downloaded(office, ada, form, ending):
    answer(ada, office, "no")
    file = ada.get(of_error(office, "summary/") + f"?as={form}&redacted=1&download=1")
    assert file.headers["Content-Disposition"].endswith(f'-redacted.{ending}"')
    assert file.headers["Cache-Control"] == "no-store"
    assert office.error().incoming_name not in words(file)


def test_the_summary_of_a_form_that_there_is_not_is_refused(office, ada):
    assert ada.get(of_error(office, "summary/") + "?as=pdf").status_code == 400
