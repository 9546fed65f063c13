"""The five documents that the product must serve: alone in a database, and among the corpora and our own articles."""

import html
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from portal.articles.models import ArticleText
from portal.clouds import Cloud
from portal.pages.caching import store
from tests.factories import run_import
from tests.shared import CORPUS, SHARED, needs_shared

pytestmark = needs_shared

SWEDISH = "004_b23ea7a59728ec74"
URL = re.compile(r"\]\([^)]*\)|https?://\S+|<[^>]*>")


@pytest.fixture
def alone(db):
    return run_import(SHARED / "spec", collection="spec")


@pytest.fixture(scope="module")
def among_all(django_db_setup, django_db_blocker) -> Iterator[dict[str, object]]:
    """Everything imported once, in a transaction that ends with the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        store.clear()
        yield {
            "spec": run_import(SHARED / "spec", collection="spec"),
            "selfhelp": run_import(CORPUS / "selfhelp"),
            "alchemy": run_import(CORPUS / "alchemy"),
            "alchemy-sxs": run_import(CORPUS / "alchemy-sxs", collection="alchemy-sxs"),
            "native": run_import(settings.ARTICLES_DIR, collection="native"),
        }
        transaction.set_rollback(True)
    store.clear()


def follow(address: str) -> tuple[int, str, str]:
    """Status, last address and page of a pasted link."""
    response = Client().get(address, follow=True)
    last = response.redirect_chain[-1][0] if response.redirect_chain else address
    return response.status_code, last, response.content.decode()


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page.partition('class="body"')[2]))


def test_five_are_read_each_with_a_page(alone):
    assert (alone.read, alone.new, alone.rejected) == (5, 5, 0)
    assert len(set(ArticleText.objects.values_list("path", flat=True))) == 5
    for text in ArticleText.objects.all():
        status, _, page = follow(f"/en-us/public/articles/spec/{text.path}/")
        assert status == 200
        assert "<h1" in page


def test_their_dialects_and_locales_are_found(alone):
    found = {text.path[:3]: (text.kind, text.locale) for text in ArticleText.objects.all()}
    assert found == {
        "000": ("generic", "en-us"),
        "001": ("resource", "en-us"),
        "002": ("generic", "en-us"),
        "003": ("learn", "en-us"),
        "004": ("alchemy", "sv-se"),
    }


def test_a_topic_leads_to_its_article_in_a_cloud_that_has_it(alone):
    status, last, page = follow("/topics/32629809?cloud=mooncake")
    assert (status, last) == (200, "/en-us/mooncake/articles/spec/000_551cbc3fcb503210/")
    assert "Object not syncing" in page


def test_a_topic_that_the_cloud_lacks_is_404_and_names_public(alone):
    status, _, page = follow("/topics/32629808?cloud=mooncake")
    assert status == 404
    assert "Azure public cloud" in page
    assert "/en-us/public/topics/32629808/" in page


def test_a_resource_and_a_tag_find_the_article_without_topics(alone):
    address = "/resources/microsoft.aad/Microsoft_AAD_IAM?tags=userandgroups_user"
    assert follow(address)[:2] == (200, "/en-us/public/articles/spec/001_1153ee41af5faf11/")
    assert follow(address.replace("userandgroups_user", "something_else"))[0] == 404


def test_a_swedish_topic_leads_to_the_swedish_text(alone):
    status, last, page = follow("/topics/7855?locale=sv-se")
    assert (status, last) == (200, f"/sv-se/public/articles/spec/{SWEDISH}/")
    assert 'class="body" lang="sv-SE"' in page


def pairs() -> list[list[str]]:
    return ArticleText.objects.get(path=SWEDISH).pairs


def words(markdown: str) -> list[str]:
    return re.findall(r"\w{2,}", URL.sub(" ", markdown))


@pytest.mark.parametrize(("read", "sides"), [("translated", [1]), ("original", [2]), ("both", [1, 2])])
def test_no_span_of_the_swedish_document_is_lost(alone, read, sides):
    source = (SHARED / "spec" / f"{SWEDISH}.txt").read_text("utf-8")
    units = re.findall(r'data-ttu-id="([^"]+)"', source)
    assert [pair[0] for pair in pairs()] == units
    page = follow(f"/sv-se/public/articles/spec/{SWEDISH}/?read={read}")[2]
    shown = text_of(page) + page.partition("<h1")[2].partition("</h1>")[0]
    for pair in pairs():
        for side in sides:
            assert [word for word in words(pair[side]) if word not in shown] == []


def test_its_languages_are_marked_on_every_part(alone):
    address = f"/sv-se/public/articles/spec/{SWEDISH}/"
    assert 'class="body" lang="en-US"' in follow(f"{address}?read=original")[2]
    both = follow(f"{address}?read=both")[2]
    assert both.count('lang="en"') >= len(pairs()) - 1
    assert 'name="robots" content="noindex, nofollow"' in follow(address)[2]


def test_the_corpora_are_read_whole(among_all):
    selfhelp = among_all["selfhelp"]
    assert selfhelp.read == 3121
    assert selfhelp.rejected <= 3
    rejected = [problem for problem in selfhelp.problems if problem.severity == "error"]
    assert len(rejected) >= selfhelp.rejected
    assert among_all["alchemy"].rejected == 0
    locales = {"ar-sa", "de-de", "ja-jp", "sv-se"}
    for name in ("alchemy", "alchemy-sxs"):
        texts = ArticleText.objects.filter(collection=name)
        assert texts.count() == among_all[name].read
        assert set(texts.values_list("locale", flat=True)) == locales


def test_a_second_run_over_the_corpus_writes_nothing(among_all):
    again = run_import(CORPUS / "selfhelp")
    assert not again.wrote
    assert again.unchanged + again.rejected == again.read


@pytest.mark.parametrize("topic", ["32629809", "32629808", "7855", "32629786"])
@pytest.mark.parametrize("locale", ["en-us", "sv-se"])
def test_one_article_answers_each_topic_without_a_choice(among_all, topic, locale):
    status, last, _ = follow(f"/topics/{topic}?locale={locale}&cloud=public")
    assert status == 200
    assert "/articles/" in last


def test_the_resource_address_lists_all_of_its_articles(among_all):
    address = "/resources/microsoft.aad/Microsoft_AAD_IAM?tags=userandgroups_user"
    status, last, page = follow(address)
    listed = set(re.findall(r'href="/en-us/public/articles/(\w[\w-]*)/([^"]+)/"', page))
    assert status == 200
    assert last.startswith("/en-us/public/resources/")
    assert ("spec", "001_1153ee41af5faf11") in listed
    everything = ArticleText.objects.at_resource("microsoft.aad", "microsoft_aad_iam").in_cloud(Cloud.PUBLIC)
    tagged = everything.for_readers().filter(tags__contains=["userandgroups_user"])
    assert listed >= set(tagged.values_list("collection", "path"))


def test_every_topic_of_a_sample_has_an_answer_in_each_of_its_clouds(among_all):
    rows = ArticleText.objects.for_readers().filter(collection="selfhelp").exclude(topics=[]).order_by("path")[::150]
    for text in rows:
        for cloud in text.clouds:
            status, last, _ = follow(f"/topics/{text.topics[0]}?cloud={cloud}")
            assert status == 200, (text, cloud)
            assert f"/{cloud}/" in last
