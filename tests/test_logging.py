"""What reaches the log: nothing that a person typed into an address."""

from __future__ import annotations

import logging

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/topics/anna@contoso.com/x", "/en-us/public/topics/anna@contoso.com/"])
def test_an_address_that_leads_nowhere_is_not_written_down(client, caplog, address):
    with caplog.at_level(logging.DEBUG):
        assert client.get(address, follow=True).status_code in (400, 404)
    assert "anna" not in caplog.text
