"""Guided diagnoses inside articles: our own, those of a topic, and imported ones."""

from __future__ import annotations

import lxml.html
import pytest
from django.test import Client

from tests.factories import make_text, make_tree, page, run_import, selfhelp
from tests.pages.flow_pages import ERRORS, asked, ours, shown

__all__ = ["ours"]
pytestmark = pytest.mark.django_db


class TestInsideArticles:
    def carries(self, found: lxml.html.HtmlElement, flow: str) -> bool:
        """Whether the page holds the form of a flow's first question, which leads on to the flow's own page."""
        forms = found.xpath('//section[@class="diagnosis"]//form[@class="question"]')
        return [form.get("action") for form in forms] == [f"/en-us/public/flows/{flow}/"]

    def test_a_native_article_carries_the_flow_of_its_header(self, ours):
        found = shown("/en-us/public/articles/native/duplicated-attributes/")
        assert self.carries(found, "duplicated-attribute")
        assert asked(found) == "Does the user exist in your on-premises Active Directory?"

    def test_a_native_article_that_is_about_errors_asks_for_the_message_too(self, ours):
        found = shown("/en-us/public/articles/native/large-attribute/")
        assert self.carries(found, "which-error")
        assert found.xpath('//section[@class="diagnosis"]//form[@class="paste"]')

    def test_the_article_that_support_staff_paste_as_a_topic_carries_it(self, ours):
        response = Client().get("/topics/32629786", follow=True)
        assert response.redirect_chain[-1][0] == "/en-us/public/articles/native/duplicated-attributes/"
        assert self.carries(lxml.html.document_fromstring(response.content.decode()), "duplicated-attribute")

    def test_an_imported_article_carries_it_by_its_topic(self, tmp_path):
        files = {"articles/a/names-twice.md": selfhelp("Names twice", supportTopicIds="32629786")}
        run_import(make_tree(tmp_path / "selfhelp", files), collection="selfhelp")
        assert self.carries(shown("/en-us/public/articles/selfhelp/articles/a/names-twice/"), "duplicated-attribute")

    def test_an_imported_article_carries_it_by_its_article_id(self, tmp_path):
        files = {"articles/a/missing.md": selfhelp("Missing", articleId="57148C7D-b106-4b71-9e27-8048ceb3ea36")}
        run_import(make_tree(tmp_path / "selfhelp", files), collection="selfhelp")
        assert self.carries(shown("/en-us/public/articles/selfhelp/articles/a/missing/"), "object-not-syncing")

    def test_an_imported_article_that_is_bound_to_two_flows_carries_one_and_links_the_other(self, tmp_path):
        header = {"supportTopicIds": "32629786", "productPesIds": "16666"}
        run_import(
            make_tree(tmp_path / "selfhelp", {"articles/a/both.md": selfhelp("Both", **header)}), collection="selfhelp"
        )
        found = shown("/en-us/public/articles/selfhelp/articles/a/both/")
        assert self.carries(found, "duplicated-attribute")
        assert ERRORS in found.xpath('//section[@class="diagnosis"]//a/@href')

    def test_an_article_of_something_else_carries_none(self):
        assert not shown(page(make_text(topics=["1"]))).xpath('//section[@class="diagnosis"]')

    @pytest.mark.parametrize(
        ("path", "kind"), [("duplicated-attributes", "duplicated-attribute"), ("large-attribute", "large-attribute")]
    )
    def test_the_readers_own_errors_are_fetched_apart_or_by_a_plain_link(self, ours, path, kind):
        found = shown(f"/en-us/public/articles/native/{path}/")
        (place,) = found.xpath('//*[@id="own-errors"]')
        address = f"/en-us/public/your-errors/{kind}/"
        assert (place.get("hx-get"), place.xpath(".//a/@href")) == (address, [address])

    def test_the_page_stays_the_same_for_everybody(self, ours):
        response = Client().get("/en-us/public/articles/native/large-attribute/")
        assert "no-store" not in response.headers["Cache-Control"]
        assert "Cookie" not in response.headers.get("Vary", "")
