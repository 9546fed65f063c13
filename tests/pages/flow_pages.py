"""How tests read the pages of guided diagnoses."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

import lxml.html
import pytest
from django.conf import settings
from django.test import Client

from tests.factories import run_import

FLOW = "/en-us/public/flows/duplicated-attribute/"
ERRORS = "/en-us/public/flows/which-error/"
FIRST, SECOND = "user-exists-on-premises", "same-user"
TO_THE_FIX = f"?{FIRST}=no&{SECOND}=yes"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def ours(db) -> None:
    """Our own articles, as they are shipped."""
    run_import(settings.ARTICLES_DIR, collection="native")


def shown(address: str, status: int = 200, **headers: str) -> lxml.html.HtmlElement:
    response = Client().get(address, headers=headers)
    assert response.status_code == status, response.content[:300]
    return lxml.html.document_fromstring(response.content.decode())


def text_of(element: lxml.html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def texts(found: lxml.html.HtmlElement, path: str) -> list[str]:
    return [text_of(one) for one in found.xpath(path)]


def asked(found: lxml.html.HtmlElement) -> str:
    (question,) = texts(found, '//form[@class="question"]//legend')
    return question


def carried(found: lxml.html.HtmlElement) -> list[tuple[str, str]]:
    """What the form of the open question sends beside its answer."""
    return [(one.name, one.value) for one in found.xpath('//form[@class="question"]/input[@type="hidden"]')]


def facts(found: lxml.html.HtmlElement) -> dict[str, str]:
    return dict(zip(texts(found, '//dl[@class="facts"]/dt'), texts(found, '//dl[@class="facts"]/dd'), strict=True))


def answers_in(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))
