"""The page for what went wrong on our side: in the reader's language, and without asking what may be down."""

from __future__ import annotations

from django.test import RequestFactory

from portal.pages import problem_pages


def answer(address: str = "/sv-se/public/"):
    return problem_pages.server_error(RequestFactory().get(address, headers={"host": "localhost"}))


def test_it_says_what_happened_and_what_to_do_without_the_database():
    page = answer("/en-us/fairfax/articles/native/x/").content.decode()
    assert "Nothing you entered was changed." in page
    assert 'href="/en-us/fairfax/"' in page


def test_it_speaks_the_language_of_the_address():
    assert '<html lang="sv-SE"' in answer().content.decode()


def test_it_is_plain_text_where_even_its_template_fails(monkeypatch):
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(problem_pages, "render", fails)
    response = answer()
    assert (response.status_code, response["Content-Type"]) == (500, "text/plain")
    assert "Try again in a minute" in response.content.decode()
