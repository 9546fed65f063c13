"""Pages that everybody sees say nothing in English to a reader of Swedish."""

from __future__ import annotations

import pytest

from tests.factories import make_text
from tests.spoken import english_in, speak_swedish


@pytest.fixture(autouse=True)
def swedish(settings, tmp_path):
    speak_swedish(settings, tmp_path)


def test_english_is_recognized():
    html = '<html lang="sv" dir="ltr">Hej <b lang="en">the</b> <bdi>Friends of Ada</bdi> <i title="Look at this">'
    assert english_in(html) == ["Look at this"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "",
        "articles/selfhelp/en-artikel/",
        "services/",
        "products/",
        "topics/",
        "topics/9999/",
        "topics/no-topic!/",
        "nowhere/",
        "flows/",
        "flows/duplicated-attribute/",
        "flows/duplicated-attribute/?user-exists-on-premises=no&same-user=yes",
        "flows/duplicated-attribute/?user-exists-on-premises=maybe",
        "flows/duplicated-attribute/map/?as=table",
    ],
)
def test_a_swedish_page_says_nothing_in_english(client, address):
    make_text(
        path="en-artikel",
        locale="sv-se",
        title="En artikel",
        html="<p>Ord.</p>",
        text="Ord.",
        service="microsoft.activedirectory",
        topics=["4711"],
        products=["15571"],
        translation="machine",
    )
    page = client.get(f"/sv-se/public/{address}").content.decode()
    assert english_in(page) == []


@pytest.mark.django_db
def test_the_sign_in_page_says_nothing_in_english(client, settings):
    settings.DEMO = True
    for answer in (
        client.get("/sign-in", headers={"accept-language": "sv", "host": host}) for host in ("localhost", "testserver")
    ):
        assert english_in(answer.content.decode()) == []


@pytest.mark.django_db
def test_the_words_that_a_script_shows_come_with_it(client):
    page = client.get("/sv-se/public/").content.decode()
    assert 'data-copy="Kopiera" data-copied="Kopierat"' in page
