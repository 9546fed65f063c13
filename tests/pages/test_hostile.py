"""Addresses, headers and cookies that make no sense, or mean harm: an answer each time, never a failure of ours."""

from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_text

pytestmark = pytest.mark.django_db

PIECES = [
    "%00", "a%00b", "..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "%20", "%25", "%252e", "%C0%80", "%ED%A0%80", "%FF%FE", "%E2%80%8B",
    "%0d%0aSet-Cookie:x=1", "%5C%5Cevil.example", "%3Cscript%3Ealert(1)%3C/script%3E", "' OR 1=1 --", "{{7*7}}", "${7*7}", "x" * 4000,
    "%F0%9F%92%A9", "%D8%B9", ";", "?", "@", "a'b\"c", "-1", "9" * 400, "null", "__proto__", "~", "%7F", "%E2%80%AE", "con", "a/../b", "//", ".",
]  # fmt: skip
PLACES = [
    "/{}", "/{}/", "/{}/public/", "/en-us/{}/", "/en-us/public/{}/", "/en-us/public/articles/{}/a/", "/en-us/public/articles/selfhelp/{}/",
    "/en-us/public/articles/selfhelp/a/{}/", "/en-us/public/topics/{}/", "/en-us/public/products/{}/", "/en-us/public/services/{}/",
    "/en-us/public/collections/{}/", "/en-us/public/resources/{}/r/", "/en-us/public/resources/s/{}/", "/en-us/public/article-ids/{}/",
    "/en-us/public/flows/{}/", "/topics/{}", "/products/{}", "/resources/{}/r", "/resources/s/{}", "/articles/{}", "/articles/x/{}/",
    "/media/{}/a", "/media/native/{}", "/api/v1/topics/{}", "/api/v1/{}", "/static/{}",
]  # fmt: skip
PARAMETERS = [
    "/en-us/public/articles/selfhelp/a/?read={}", "/en-us/public/topics/?after={}", "/en-us/public/services/s/?page={}", "/topics/?id={}",
    "/topics/111?cloud={}", "/topics/111?locale={}", "/topics/111?product={}&resource={}&tags={}", "/en-us/public/topics/111/?product={}",
    "/en-us/public/topics/111/?tags={}&resource={}", "/en-us/public/resources/s/r/?tags={}", "/api/v1/topics/111?cloud={}",
    "/api/v1/topics/111?tags={}&resource={}", "/api/v1/articles?path={}", "/api/v1/articles?article_id={}", "/api/v1/articles?after={}",
    "/api/v1/articles?topic={}&product={}", "/?{}", "/en-us/public/?{}={}",
]  # fmt: skip


@pytest.fixture
def articles():
    make_text(path="a", topics=["111"], service="s")
    make_text(path="r", topics=["111"], kind="resource", service="s", resource="r", products=["14"])


def answer(client, address, **headers):
    response = client.get(address, headers=headers)
    assert response.status_code < 500, address
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    body = response.content.decode("utf-8", "replace") if is_page else ""
    assert "<script>alert" not in body
    assert "Traceback" not in body
    assert "\n" not in response.headers.get("Location", "")
    assert not response.headers.get("Location", "").startswith(("//", "/\\", "http"))
    return response


@pytest.mark.parametrize("place", PLACES)
def test_no_address_fails(client, articles, place):
    for piece in PIECES:
        answer(client, place.replace("{}", piece))


@pytest.mark.parametrize("place", PARAMETERS)
def test_no_parameter_fails(client, articles, place):
    for piece in PIECES:
        answer(client, place.replace("{}", piece.replace("?", "%3F")))
    answer(client, place.replace("{}", "1&read=2&cloud=3"))


HEADERS = [
    {"accept-language": ",".join(f"xx-{number};q=0.{number % 10}" for number in range(20_000))},
    {"accept-language": ";" * 10_000},
    {"accept-language": "sv;q=nan, de;q=1e999, ja;q=-1, *;q=0.5"},
    {"accept-language": "sv-" * 10_000},
    {"accept-language": "\x00\ud7ff"},
    {"accept-encoding": "gzip;" * 10_000},
    {"accept-encoding": "*;q=x, gzip;q=0.0001"},
    {"if-none-match": '"' * 10_000},
    {"if-none-match": "W/" * 10_000},
    {"if-modified-since": "nonsense"},
    {"range": "bytes=0-0,1-1,2-2"},
    {"cookie": "portal_locale=" + "x" * 100_000},
    {"cookie": "portal_cloud=%00; portal_locale=%00; sessionid=%00; csrftoken=\x01"},
    {"cookie": "=;;;=; a" + "; b=c" * 5_000},
    {"cookie": 'portal-session="\\000aaaaaaaaaaaa"; portal-csrf="\\000"'},
    {"hx-request": "true", "hx-current-url": "http://["},
    {"hx-request": "true", "hx-history-restore-request": "true", "hx-target": "<script>"},
    {"x-forwarded-for": "1,2,3", "x-forwarded-proto": "https", "x-forwarded-host": "evil.example"},
    {"x-http-method-override": "DELETE"},
    {"referer": "http://evil.example/\x00"},
    {"content-type": "application/json; charset=nonsense"},
    {"user-agent": ""},
]


@pytest.mark.parametrize("headers", HEADERS, ids=lambda headers: next(iter(headers)))
def test_no_header_fails(client, articles, headers):
    for address in (
        "/",
        "/topics/111",
        "/en-us/public/articles/selfhelp/a/",
        "/en-us/public/topics/111/",
        "/api/v1/articles",
        "/en-us/public/tenants/contoso/errors/",
        "/none/",
    ):
        answer(client, address, **headers)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "localhost:port",
        "[::1",
        "a b",
        "localhost\x00",
        "x" * 5000,
        "127.0.0.1:80:80",
        "@localhost",
    ],
)
def test_a_host_that_is_not_ours_is_400(client, articles, host):
    for address in ("/", "/en-us/public/", "/api/v1/articles"):
        assert client.get(address, headers={"host": host}).status_code in ((400,) if host else (200, 302, 400))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parts=st.lists(
        st.sampled_from(
            [*PIECES[:30], "en-us", "sv-se", "public", "articles", "topics", "api", "v1", "media", "111", "a"]
        ),
        max_size=7,
    ),
    end=st.sampled_from(["", "/", "?read=both", "?page=2&page=", "?%00", "#x"]),
)
def test_no_mixture_fails(client, parts, end):
    answer(client, "/" + "/".join(parts) + end)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_no_text_fails_as_a_topic_or_a_path(client, text):
    written = quote(text, safe="")
    for place in ("/topics/{}", "/en-us/public/articles/selfhelp/{}/", "/api/v1/topics/{}", "/topics/?id={}"):
        answer(client, place.replace("{}", written))


def test_a_post_without_a_token_is_refused_with_a_page_of_ours(client, articles):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/en-us/public/topics/111/")
    assert response.status_code in (403, 405)
    assert b"style" not in response.content.replace(b"stylesheet", b"")
