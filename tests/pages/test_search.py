"""The search page: results and ways to narrow them, straight ways, help where nothing is found, and what is kept of nobody."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.articles.searching.models import MissedQuery
from portal.pages.finding import _told_apart
from portal.pages.search import LONGEST_SHARED
from tests.factories import make_tree, native, run_import, selfhelp

pytestmark = pytest.mark.django_db

SEARCH = "/en-us/public/search/"
HTMX = {"hx-request": "true"}
OURS = {"sec-fetch-site": "same-origin"}
MESSAGE = (
    "Unable to update this object because the following attributes associated with this object have values that may already"
    " be associated with another object in your local directory services: [ProxyAddresses SMTP:joe@contoso.com;]."
)


@pytest.fixture(autouse=True)
def texts(tmp_path):
    files = {
        "anchors.md": selfhelp("Source anchors", "An anchor <ties> objects.", articleId="a-1", productPesIds="16666"),
        "licences.md": selfhelp("Licences", "No anchors here.", cloudEnvironments="fairfax"),
        "our/sv-se.md": native("Källankare", "Om ankare."),
        **{f"many/{number:02}.md": selfhelp(f"Quota {number:02}", "Quotas.") for number in range(12)},
    }
    run_import(make_tree(tmp_path, files))


def ask(client, text, address=SEARCH, **more):
    return client.get(address, {"q": text, **more})


def shown(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def titles(response):
    return [re.sub("<[^>]*>", "", one) for one in re.findall(r'<li><a [^>]*dir="ltr">(.*?)</a><span', shown(response))]


def test_it_shows_hits_with_their_words_marked(client):
    page = shown(ask(client, "anchors"))
    assert "<mark>anchors</mark>" in page
    assert "<mark>anchor</mark> &lt;ties&gt;" in page
    assert '<p id="found-status" role="status" class="quiet">1 article for Azure public cloud' in page
    assert 'href="/en-us/public/articles/selfhelp/anchors/"' in page


def test_only_what_is_for_the_cloud_is_found_and_a_cloud_in_the_query_wins(client):
    assert titles(ask(client, "licences")) == []
    page = ask(client, "licences cloud:fairfax")
    assert titles(page) == ["Licences"]
    assert 'href="/en-us/fairfax/articles/selfhelp/licences/"' in shown(page)


def test_english_is_offered_where_the_language_has_nothing_and_said_so(client):
    page = shown(ask(client, "anchors", "/sv-se/public/search/"))
    assert 'lang="en-US"' in page
    assert "på engelska" in page


def test_an_empty_query_says_how_to_search(client):
    for text in ("", "   "):
        page = shown(ask(client, text))
        assert "topic:32629809" in page
        assert MissedQuery.objects.count() == 0


def test_pages_follow_each_other_and_show_each_hit_once(client):
    first = ask(client, "quotas")
    following = re.search(r'<a href="([^"]*after=[^"]*)"><bdi>Next page', shown(first))[1].replace("&amp;", "&")
    second = client.get(following)
    assert sorted(titles(first) + titles(second)) == [f"Quota {number:02}" for number in range(12)]
    assert "First page" in shown(second)
    assert "Next page" not in shown(second)


def test_a_mark_that_is_none_is_a_clear_error(client):
    assert "no mark of a page" in shown(ask(client, "quotas", after="nonsense"), 400)


def test_facets_narrow_and_widen_again(client):
    swedish = "/sv-se/public/search/"
    page = shown(ask(client, "anchors ankare", swedish))
    assert "collection=native" in page
    narrowed = ask(client, "anchors ankare", swedish, collection="native")
    assert titles(narrowed) == ["Källankare"]
    assert 'aria-current="true"' in shown(narrowed)


def test_a_product_that_has_only_a_number_says_what_it_is():
    labels = _told_apart({"15613": "15613", "16578": "Entra ID", "14785": "Entra ID"})
    assert list(labels.values()) == ["Product 15613", "Entra ID (16578)", "Entra ID (14785)"]


def test_limits_that_leave_nothing_can_be_taken_away(client):
    page = shown(ask(client, "anchors", kind="learn"))
    assert "Search without these limits" in page
    assert MissedQuery.objects.count() == 0


@pytest.mark.parametrize("value", ["<script>", "x" * 5000, "%", "'"])
@pytest.mark.parametrize("name", ["kind", "collection", "product"])
def test_a_limit_that_makes_no_sense_finds_nothing(client, name, value):
    assert titles(ask(client, "anchors", **{name: value})) in ([], ["Source anchors"])


@pytest.mark.parametrize("text", ["%", '"' * 190, "- - -", "topic:9 -x", "😀", "كلمة", "<b>", "a" * 9_000])
def test_any_query_is_answered(client, text):
    page = shown(ask(client, text))
    assert "<b>" not in page


@pytest.mark.parametrize(
    ("text", "leads"),
    [("16666", "/products/16666/"), ("a-1", ""), ("AttributeValueMustBeUnique", "/flows/which-error/")],
)
def test_what_names_one_place_leads_straight_there(client, text, leads):
    response = ask(client, text)
    if not leads:
        assert response.status_code == 200
        return
    assert response.status_code == 302
    assert leads in response.headers["Location"]
    assert response.headers["Cache-Control"] == "no-cache"
    assert client.get(response.headers["Location"]).status_code in (200, 302)


def test_a_topic_leads_straight_to_its_answer(client, tmp_path):
    run_import(make_tree(tmp_path / "t", {"t.md": selfhelp("Topic", "x", supportTopicIds="32629786")}))
    response = client.get(SEARCH, {"q": " 32629786 "}, follow=True)
    assert response.redirect_chain[-1][0].endswith("/t/")


def test_htmx_is_told_to_go_there(client):
    response = client.get(SEARCH, {"q": "16666"}, headers=HTMX)
    assert response.status_code == 204
    assert response.headers["HX-Redirect"].endswith("/products/16666/")


def test_a_quoted_id_lists_instead(client):
    assert shown(ask(client, '"16666"'))


def test_an_unknown_id_says_so(client):
    assert "No article answers this ID" in shown(ask(client, "99999999"))


def test_a_pasted_message_leads_to_its_flow_before_any_article(client):
    page = shown(client.post(SEARCH, {"q": f"{MESSAGE}\x00 Quotas anchors"}, headers=OURS))
    assert page.index("This looks like:") < page.index("/flows/which-error/?") < page.index("articles hits")


def test_nothing_found_helps(client):
    page = shown(ask(client, "licences"))
    assert "Nothing found for Azure public cloud" in page
    assert '<a href="/en-us/fairfax/search/?q=licences">' in page
    assert "/flows/which-error/" in page


def test_a_slip_is_corrected(client):
    assert '<a href="/en-us/public/search/?q=licences">' in shown(
        ask(client, "licencess", "/en-us/fairfax/search/")
    ).replace("/fairfax/", "/public/")


def test_what_is_not_found_is_counted_each_time_by_words_of_ours_alone(client):
    for _ in range(2):
        ask(client, "licences joe-jackson")
    client.head(SEARCH, {"q": "licences joe-jackson"})
    missed = MissedQuery.objects.get()
    assert (missed.words, missed.count, missed.locale, missed.cloud) == ("licences", 2, "en-us", "public")


@pytest.mark.parametrize("text", ["joe@contoso.com", "x " * LONGEST_SHARED])
def test_what_may_name_people_is_kept_by_nobody(client, text):
    for response in (ask(client, text), client.post(SEARCH, {"q": text}, headers=OURS)):
        page = shown(response)
        assert response.headers["Cache-Control"] == "no-store"
        assert "ETag" not in response.headers
        links = " ".join(re.findall(r'(?:href|name="here" value)="([^"]*)"', page))
        assert "joe" not in links
        assert "%40" not in links


def test_a_posted_search_can_be_narrowed_and_paged_by_posts(client):
    page = shown(client.post(SEARCH, {"q": "quotas"}, headers=OURS))
    assert "?q=" not in page
    after = re.search(r'form="again"[^>]*name="after" value="([^"]+)"', page)[1]
    assert len(titles(client.post(SEARCH, {"q": "quotas", "after": after}, headers=OURS))) == 2


def test_a_form_from_elsewhere_is_refused(client):
    assert client.post(SEARCH, {"q": "quotas"}, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_shared_searches_are_the_same_for_everyone(client):
    first = ask(client, "anchors", utm="x")
    assert first.headers["Cache-Control"].startswith("public")
    assert first.content == ask(client, "anchors").content
    assert not first.cookies
    again = client.get(SEARCH, {"q": "anchors"}, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("appended", ["&who=anna%40contoso.com", "&&q=anchors", "&q=anna&q=anchors"])
def test_what_one_reader_appends_stands_in_nobodys_page(client, appended):
    mine = client.get(f"{SEARCH}?q=anchors{appended}")
    assert 'name="here" value="/en-us/public/search/?q=anchors"' in shown(mine)
    assert "anna" not in shown(mine)
    assert mine.content == ask(client, "anchors").content


def test_it_takes_a_handful_of_queries_however_many_hits(client):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        ask(client, "quotas")
    assert len(captured) <= 14


def test_titles_are_suggested(client):
    response = client.get(f"{SEARCH}suggest/", {"q": "source an"}, headers=HTMX)
    assert 'role="option"' in shown(response)
    assert "Source anchors" in shown(response)
    assert response.headers["Cache-Control"].startswith("public")


@pytest.mark.parametrize("text", ["a", "", "zzzz", "joe@contoso"])
def test_where_there_is_nothing_to_suggest_nothing_is(client, text):
    assert shown(client.get(f"{SEARCH}suggest/", {"q": text}, headers=HTMX)).strip() == ""


def test_what_looks_personal_is_not_looked_up(client):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(f"{SEARCH}suggest/", {"q": "source@anchors"}, headers=HTMX)
    assert response.headers["Cache-Control"] == "no-store"
    assert not captured


def test_suggestions_are_no_page_of_their_own(client):
    response = client.get(f"{SEARCH}suggest/", {"q": "source an"})
    assert response.headers["Location"] == f"{SEARCH}?q=source+an"


def test_another_cloud_is_asked_the_same(client):
    assert 'name="here" value="/en-us/public/search/?q=anchors+%C3%A5"' in shown(ask(client, "anchors å"))
    form = {"cloud": "fairfax", "here": "/en-us/public/search/?q=anchors+%C3%A5"}
    response = client.post("/choices/", form, headers=OURS)
    assert response.headers["Location"] == "/en-us/fairfax/search/?q=anchors+%C3%A5"


@pytest.mark.parametrize(("address", "boxes"), [("", 1), ("services/", 1), ("search/", 1), ("no-such-page/", 1)])
def test_every_page_has_one_box(client, address, boxes):
    page = client.get(f"/en-us/public/{address}").content.decode()
    assert page.count('role="search"') == boxes
