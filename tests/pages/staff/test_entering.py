"""Who comes to the staff pages, and from where."""

from __future__ import annotations

import pytest

from tests.pages.tenants.visitors import browser

pytestmark = pytest.mark.django_db


def test_an_address_without_language_leads_to_hers():
    client = browser(**{"accept-language": "sv"})
    answer = client.get("/staff/topics/?state=none")
    assert (answer.status_code, answer["Location"]) == (302, "/sv-se/public/staff/topics/?state=none")
    assert answer["Cache-Control"] == "no-store"
