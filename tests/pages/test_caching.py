"""Anonymous pages: the same bytes for everyone, kept in the process, with validators that any cache can use."""

import gzip
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.articles.models import ContentVersion
from portal.pages.caching import store
from tests.factories import make_text, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def text():
    return make_text(path="a", topics=["111"], html="<p>" + "Words. " * 200 + "</p>")


def queries(client, address, **headers):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(address, headers=headers)
    assert response.status_code == 200
    return len(captured)


def test_a_first_hit_takes_at_most_3_queries(client, text):
    make_text(path="a", locale="sv-se", source_path="s.md", topics=["111"])
    make_text(path="ours", collection="native", kind="native", topics=["111"])
    make_text(path="form", kind="problemscopingquestions", topics=["111"])
    store.get("to poll the version once")
    assert queries(client, page(text)) <= 3 + 1  # and the poll, which these tests do at each request


def test_a_warm_hit_takes_none_between_two_polls(client, text, settings):
    settings.CONTENT_POLL_MILLISECONDS = 60_000
    assert queries(client, page(text)) > 0
    assert queries(client, page(text)) == 0


def test_a_warm_hit_takes_one_when_it_polls(client, text):
    queries(client, page(text))
    assert queries(client, page(text)) == 1


@pytest.mark.parametrize(
    "address", ["", "services/", "products/", "topics/", "collections/selfhelp/", "services/s/", "products/14/"]
)
def test_lists_take_a_handful_of_queries_however_many_articles(client, address):
    for number in range(60):
        for code in ("en-us", "sv-se"):
            made = f"{code}/n{number}.md"
            fields = {"service": "s", "products": ["14"], "topics": [str(number)], "source_path": made}
            make_text(path=f"n{number}", locale=code, both_html="<p>Both.</p>", **fields)
    assert queries(client, f"/en-us/public/{address}") <= 7


@pytest.mark.parametrize("address", ["/en-us/public/topics/111/", "/en-us/public/resources/s/r/"])
def test_choices_take_a_handful_too(client, address):
    for number in range(40):
        make_text(path=f"n{number}", topics=["111"], kind="resource", service="s", resource="r")
    assert queries(client, address) <= 5


def test_everyone_gets_the_same_bytes(client, text):
    plain = client.get(page(text))
    client.cookies["portal_locale"], client.cookies["portal_cloud"], client.cookies["sessionid"] = (
        "sv-se",
        "fairfax",
        "x",
    )
    other = client.get(page(text), headers={"accept-language": "de", "user-agent": "x", "referer": "http://x/"})
    assert other.content == plain.content


def test_it_sets_no_cookie_and_holds_no_token(client, text):
    for address in (page(text), "/en-us/public/", "/en-us/public/topics/"):
        response = client.get(address)
        assert "Set-Cookie" not in response.headers
        assert not response.cookies
        assert "csrf" not in response.content.decode().casefold()
        assert "Cookie" not in response.headers.get("Vary", "")


def test_unknown_parameters_are_ignored_and_never_shown(client, text):
    plain = client.get(page(text))
    other = client.get(page(text) + "?utm_source=REFLECTED&lang=REFLECTED")
    assert other.content == plain.content
    assert b"REFLECTED" not in client.get("/en-us/public/?q=REFLECTED").content


def test_shared_caches_may_hold_it_and_must_ask_again(client, text):
    control = client.get(page(text)).headers["Cache-Control"]
    assert "public" in control
    assert "must-revalidate" in control
    assert re.search(r"s-maxage=\d+", control)


@pytest.mark.parametrize("shape", ["{0}", "W/{0}", '"other", {0}', "*"])
def test_who_has_the_page_is_told_so(client, text, shape):
    first = client.get(page(text))
    etag = first.headers["ETag"]
    again = client.get(page(text), headers={"if-none-match": shape.format(etag)})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == etag
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert "Accept-Encoding" in again.headers["Vary"]


def test_a_changed_page_has_another_validator(client, text):
    first = client.get(page(text)).headers["ETag"]
    text.html = "<p>Other words.</p>"
    text.save()
    ContentVersion.raise_number()
    again = client.get(page(text), headers={"if-none-match": first})
    assert again.status_code == 200
    assert again.headers["ETag"] != first
    assert b"Other words." in again.content


def test_it_comes_compressed_to_who_can_read_it(client, text):
    plain = client.get(page(text))
    zipped = client.get(page(text), headers={"accept-encoding": "br, gzip;q=0.8"})
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    assert len(zipped.content) < len(plain.content)
    assert zipped.headers["ETag"] != plain.headers["ETag"]
    assert "Accept-Encoding" in plain.headers["Vary"]


@pytest.mark.parametrize("header", ["identity", "gzip;q=0", "br", "x-gzip-like", ""])
def test_and_plain_to_who_cannot(client, text, header):
    assert "Content-Encoding" not in client.get(page(text), headers={"accept-encoding": header}).headers


def test_head_is_answered_without_a_body(client, text):
    response = client.head(page(text))
    assert response.status_code == 200
    assert response.content == b""
    assert response.headers["ETag"] == client.get(page(text)).headers["ETag"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_other_methods_are_refused(client, text, method):
    response = getattr(client, method)(page(text))
    assert response.status_code in (403, 405)


def test_an_absent_parameter_is_not_an_empty_one(client, text):
    """A cache that takes the two for one lets a broken address poison the good one (CVE-2026-113593)."""
    assert client.get(page(text) + "?read=").status_code == 400
    assert client.get(page(text)).status_code == 200
    store.clear()
    assert client.get(page(text)).status_code == 200
    assert client.get(page(text) + "?read=").status_code == 400


def test_parameters_are_told_apart_from_paths_and_from_each_other(client):
    make_text(path="a", html="<p>One.</p>")
    make_text(path="a/read=original", html="<p>Two.</p>")
    one = client.get("/en-us/public/articles/selfhelp/a/?read=original")
    two = client.get("/en-us/public/articles/selfhelp/a/read=original/")
    assert b"One." in one.content
    assert b"Two." in two.content


def test_hosts_do_not_share_pages(client, text, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    one = client.get(page(text), headers={"host": "one.example"}).content.decode()
    two = client.get(page(text), headers={"host": "two.example"}).content.decode()
    assert "http://one.example/" in one
    assert "one.example" not in two


def test_a_foreign_host_is_refused(client, text):
    assert client.get(page(text), headers={"host": "evil.example"}).status_code == 400
    assert client.get(page(text), headers={"host": "evil.example:80/x"}).status_code == 400


def test_a_forwarded_host_is_not_believed(client, text):
    response = client.get(page(text), headers={"x-forwarded-host": "evil.example", "x-forwarded-proto": "https"})
    assert b"evil.example" not in response.content


def test_problems_are_not_kept(client, text):
    assert client.get("/en-us/public/articles/selfhelp/later/").status_code == 404
    make_text(path="later")
    assert client.get("/en-us/public/articles/selfhelp/later/").status_code == 200


def test_problem_pages_say_that_they_must_be_asked_for_again(client):
    for address in ("/en-us/public/articles/selfhelp/none/", "/en-us/public/topics/1/", "/nonsense/"):
        response = client.get(address)
        assert response.status_code == 404
        assert response.headers["Cache-Control"] in ("no-cache", "no-store")


def test_the_store_is_bounded(client, settings):
    for number in range(30):
        make_text(path=f"n{number}", html=f"<p>{number}</p>" + "<p>Words.</p>" * 400)
    before, store.capacity = store.capacity, 200_000
    try:
        for number in range(30):
            assert client.get(f"/en-us/public/articles/selfhelp/n{number}/").status_code == 200
        assert 0 < store._size <= store.capacity
    finally:
        store.capacity = before
