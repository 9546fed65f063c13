"""Pictures: served with a policy that lets none of them act."""

import pytest

from portal.articles.models import Media

pytestmark = pytest.mark.django_db

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"


def make_media(path, content=SVG, content_type="image/svg+xml"):
    number = str(Media.objects.count())
    return Media.objects.create(
        collection="native", path=path, root="/made", content_type=content_type, content=content, digest=number * 64
    )


def test_a_picture_comes_with_its_type_and_a_policy(client):
    make_media("slug/media/a b.png", b"png", "image/png")
    response = client.get("/media/native/slug/media/a%20b.png")
    assert response.content == b"png"
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"].startswith("public")


def test_who_has_it_is_told_so(client):
    make_media("a.svg")
    etag = client.get("/media/native/a.svg").headers["ETag"]
    again = client.get("/media/native/a.svg", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert "sandbox" in again.headers["Content-Security-Policy"]


def test_a_drawing_comes_in_english_where_it_lacks_the_language(client):
    make_media("a.light.en-us.svg", b"<svg>english</svg>")
    make_media("a.light.sv-se.svg", b"<svg>svenska</svg>")
    assert b"svenska" in client.get("/media/native/a.light.sv-se.svg").content
    assert b"english" in client.get("/media/native/a.light.ja-jp.svg").content
    assert client.get("/media/native/a.dark.ja-jp.svg").status_code == 404


@pytest.mark.parametrize(
    "path", ["none.png", "../../etc/passwd", "a%00b", "%2e%2e/x", "x" * 3000, "a.light.xx-xx.svg/"]
)
def test_what_is_not_there_is_404(client, path):
    assert client.get(f"/media/native/{path}").status_code in (400, 404)


def test_it_takes_one_query(client, django_assert_num_queries):
    make_media("a.light.en-us.svg")
    with django_assert_num_queries(1):
        client.get("/media/native/a.light.sv-se.svg")


def test_it_cannot_be_posted_to(client):
    make_media("a.svg")
    assert client.post("/media/native/a.svg").status_code in (403, 405)
