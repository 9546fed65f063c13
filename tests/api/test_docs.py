"""The OpenAPI document and its page, which needs nothing from elsewhere and nothing that the policy forbids."""

import re

import pytest

pytestmark = pytest.mark.django_db


def test_the_document_names_every_address(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {"/api/v1/topics/{topic}", "/api/v1/articles"} <= paths.keys()


def test_the_page_is_served_by_ourselves(client):
    response = client.get("/api/v1/docs")
    page = response.content.decode()
    assert response.status_code == 200
    assert "Content-Security-Policy" in response.headers
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert addresses
    assert all(address.startswith("/") for address in addresses)
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_the_page_holds_no_script_of_its_own(client):
    page = client.get("/api/v1/docs").content.decode()
    inline = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", page)
    assert inline == []
    assert not re.search(r"\sstyle=|<style|\son\w+=", page)
