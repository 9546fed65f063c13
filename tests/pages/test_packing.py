"""The offline pack: one file that holds all it needs."""

from __future__ import annotations

import re

import lxml.html
import pytest
from django.conf import settings
from django.test import Client

from portal.articles.models import ArticleText
from portal.flows import read
from tests.factories import run_import

pytestmark = pytest.mark.django_db
NAMES = sorted(read(settings.ARTICLES_DIR / "flows").names)


@pytest.fixture
def ours(db):
    run_import(settings.ARTICLES_DIR, collection="native")


def pack(name: str, cloud: str = "public", locale: str = "en-us") -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(Client().get(f"/{locale}/{cloud}/flows/{name}/pack/").content.decode())


@pytest.mark.parametrize("name", NAMES)
def test_every_link_within_the_file_leads_somewhere_and_no_id_stands_twice(ours, name):
    page = pack(name)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert [one for one in page.xpath("//a/@href") if one.startswith("#") and one[1:] not in ids] == []


@pytest.mark.parametrize("name", NAMES)
def test_it_asks_nobody_for_anything(ours, name):
    page = pack(name)
    assert page.xpath("//script | //link | //iframe | //form") == []
    shown = [*page.xpath("//img/@src"), *page.xpath("//source/@srcset")]
    assert shown or name == "which-error"
    assert [one[:40] for one in shown if not one.startswith("data:image/")] == []
    assert [one for one in page.xpath("//a/@href") if not re.match("#|https://|mailto:", one)] == []
    assert not re.search(r"url\(|@import", page.xpath("string(//style)"))


def test_it_holds_every_question_every_end_and_the_articles_they_name(ours):
    page, flow = (
        pack("duplicated-attribute"),
        read(settings.ARTICLES_DIR / "flows").flow("duplicated-attribute", "en-us"),
    )
    ids = set(page.xpath("//@id"))
    assert {f"q--{name}" for name in (*flow.questions, *flow.outcomes)} <= ids
    assert {f"pack--{slug}" for node in flow.outcomes.values() for slug in node.articles} <= ids


def test_in_an_air_gapped_cloud_no_link_leaves_it_but_those_of_its_own(ours):
    page = pack("duplicated-attribute", cloud="usnat")
    assert [one for one in page.xpath("//div[@class='body']//a/@href") if "learn.microsoft.com" in one] == []


def test_it_comes_as_a_file_with_a_name_that_tells_what_it_is(ours):
    answer = Client().get("/sv-se/fairfax/flows/duplicated-attribute/pack/")
    assert answer["Content-Disposition"] == 'attachment; filename="mooring-duplicated-attribute-sv-se-fairfax.html"'


def test_a_diagnosis_there_is_none_of_is_a_404(db):
    assert Client().get("/en-us/public/flows/nothing/pack/").status_code == 404


def test_code_that_looks_like_markup_stays_as_it_was_written(ours):
    code = ' id="anchor" href="#place" src="/media/native/a.png"'
    texts = ArticleText.objects.filter(collection="native", path="duplicated-attributes")
    assert texts.update(html=f'<p id="p"><code>{code}</code></p>')
    page = pack("duplicated-attribute")
    assert page.xpath("//p[@id='duplicated-attributes--p']/code/text()") == [code]
