"""The documents of the spec, as a reader meets them."""

import re

import pytest

from portal.markup.reading import read
from portal.markup.rendering import Rendered, render
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared


def document(words: str) -> Rendered:
    """The one spec document whose title holds these words."""
    for file in sorted((SHARED / "spec").glob("*.txt")):
        one = render(read(file.read_bytes(), file.name), path=file.name)
        if words in one.title:
            return one
    raise AssertionError(f"no document is called {words!r}")


def test_every_missing_picture_of_the_health_document_has_a_drawing():
    html = document("Diagnose and remediate").html
    assert html.count("stand-in-note") == 7
    assert 'class="missing"' not in html


def test_the_steps_behind_the_table_go_on_counting():
    assert re.findall(r"<ol[^>]*>", document("Diagnose and remediate").html)[:2] == ["<ol>", '<ol start="2">']


def test_the_links_of_the_health_document_lead_somewhere():
    one = document("Diagnose and remediate")
    assert "https://learn.microsoft.com/entra/fundamentals/users-restore" in one.html
    assert "/how-to-connect-preview#user-writeback" in one.html
    assert one.links == ("how-to-connect-syncservice-duplicate-attribute-resiliency", "how-to-connect-preview")


def test_the_wrong_sentence_about_the_metaverse_carries_a_note():
    html = document("Attribute not syncing").html
    assert html.count('<span class="note"') == 1
    assert html.count('class="missing"') == 4
    assert html.count("stand-in-note") == 3


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("specific user", "tshoot-connect-sync-errors"),
        ("specific user", "how-to-connect-sync-service-manager-ui-operations"),
        ("specific user", "how-to-connect-syncservice-duplicate-attribute-resiliency"),
        ("specific user", "tshoot-connect-object-not-syncing"),
        ("Object not syncing", "tshoot-connect-objectsync"),
    ],
)
def test_its_old_links_lead_to_where_the_pages_live_now(words, target):
    html = document(words).html
    assert f'href="https://learn.microsoft.com/entra/identity/hybrid/connect/{target}"' in html
    assert "docs.microsoft.com" not in html
