"""The pages of a guided diagnosis: its questions one by one, its drawing, its ends, and what is pasted."""

from __future__ import annotations

import lxml.html
import pytest
from django.http import HttpResponse
from django.test import Client

from portal.articles.flow_files import library
from tests.pages.flow_pages import (
    ERRORS,
    FIRST,
    FLOW,
    HTMX,
    SECOND,
    TO_THE_FIX,
    answers_in,
    asked,
    carried,
    facts,
    ours,
    shown,
    text_of,
    texts,
)

__all__ = ["ours"]
pytestmark = pytest.mark.django_db


class TestWalking:
    def test_every_flow_is_listed(self):
        links = shown("/en-us/public/flows/").xpath('//ul[@class="cards"]//a/@href')
        assert links == [f"/en-us/public/flows/{name}/" for name in library().names]

    def test_it_begins_with_the_first_question_and_all_its_answers(self):
        found = shown(FLOW)
        flow = library().flow("duplicated-attribute")
        assert asked(found) == flow.questions[FIRST].ask
        assert found.xpath(f'//input[@name="{FIRST}"]/@value') == list(flow.questions[FIRST].answers)

    def test_an_answer_in_the_address_leads_to_the_next_question(self):
        assert asked(shown(f"{FLOW}?{FIRST}=no")) == "Do both of these accounts belong to the same user?"

    def test_the_last_answer_leads_to_an_end(self):
        found = shown(FLOW + TO_THE_FIX)
        assert texts(found, '//div[contains(@class, "outcome-fix")]/h2') == ["An orphaned user: it can be fixed here"]
        assert not found.xpath('//form[@class="question"]')

    def test_earlier_answers_are_carried_along_in_the_form(self):
        found = shown(f"{FLOW}?{FIRST}=no")
        assert carried(found) == [(FIRST, "no")]

    def test_htmx_gets_the_step_alone(self):
        response = Client().get(f"{FLOW}?{FIRST}=no", headers=HTMX)
        assert response.content.decode().lstrip().startswith('<section id="step"')

    def test_a_flow_that_does_not_exist_is_not_found(self):
        shown("/en-us/public/flows/no-such-flow/", 404)

    def test_it_is_the_same_for_everybody_and_may_be_kept(self):
        response = Client().get(FLOW)
        assert "public" in response.headers["Cache-Control"]
        assert "Cookie" not in response.headers.get("Vary", "")


class TestAddresses:
    def test_an_answer_that_is_none_is_said_and_not_followed(self):
        said = text_of(shown(f"{FLOW}?{FIRST}=perhaps", 400))
        assert "“perhaps” is no answer to “Does the user exist in your on-premises Active Directory?”" in said
        assert "Answers are: yes, no" in said

    def test_an_answer_that_is_none_further_on_is_said_too(self):
        assert "“perhaps” is no answer to “Do both" in text_of(shown(f"{FLOW}?{FIRST}=no&{SECOND}=perhaps", 400))

    def test_what_is_said_of_it_is_text_only(self):
        response = Client().get(FLOW, {FIRST: "<script>alert(1)</script>"})
        assert response.status_code == 400
        assert b"<script>alert" not in response.content

    def test_parameters_that_are_no_questions_are_ignored(self):
        found = shown(f"{FLOW}?utm_source=mail&upn=joe%40contoso.com&{FIRST}=no&page=7")
        assert asked(found) == "Do both of these accounts belong to the same user?"
        assert "joe@contoso.com" not in lxml.html.tostring(found, encoding="unicode")

    def test_an_answer_to_a_question_that_was_not_asked_yet_changes_nothing(self):
        assert asked(shown(f"{FLOW}?{SECOND}=yes")) == "Does the user exist in your on-premises Active Directory?"


class TestGoingBack:
    def test_each_answer_given_can_be_changed(self):
        (way,) = shown(FLOW + TO_THE_FIX).xpath('//ol[@class="way"]')
        assert len(way.xpath("li")) == 2
        assert texts(way, "li//strong") == ["No", "Yes"]

    def test_change_leads_back_to_the_question_with_its_answer_and_all_others(self):
        first = shown(FLOW + TO_THE_FIX).xpath('//ol[@class="way"]//a/@href')[0]
        assert answers_in(first) == {FIRST: "no", SECOND: "yes", "back": FIRST}
        found = shown(first)
        assert asked(found) == "Does the user exist in your on-premises Active Directory?"
        assert found.xpath("//input[@checked]/@value") == ["no"]

    def test_a_later_answer_is_kept_while_an_earlier_one_is_changed(self):
        found = shown(f"{FLOW}{TO_THE_FIX}&back={FIRST}")
        assert carried(found) == [(SECOND, "yes")]

    def test_a_change_and_back_again_loses_nothing(self):
        (change, *_) = shown(f"{FLOW}?{FIRST}=yes&{SECOND}=yes").xpath('//ol[@class="way"]//a/@href')
        assert answers_in(change)[SECOND] == "yes"

    def test_back_to_what_is_no_question_is_ignored(self):
        assert shown(f"{FLOW}{TO_THE_FIX}&back=nowhere").xpath('//div[contains(@class, "outcome-fix")]')

    def test_one_can_start_again(self):
        (again,) = [a for a in shown(FLOW + TO_THE_FIX).xpath("//a") if text_of(a) == "Start again"]
        assert again.get("href") == FLOW


class TestTheWhole:
    def test_the_drawing_marks_the_way_taken(self):
        found = shown(f"{FLOW}map/{TO_THE_FIX}")
        (wide,) = found.xpath('//*[local-name()="svg"][contains(@class, "flow-drawing-wide")]')
        taken = wide.xpath('.//*[local-name()="g"][contains(@class, "flow-node-taken")]/@data-node')
        here = wide.xpath('.//*[local-name()="g"][contains(@class, "flow-node-here")]/@data-node')
        assert (set(taken), here) == ({FIRST, SECOND, "orphaned"}, ["orphaned"])

    def test_a_narrow_page_has_a_drawing_of_its_own(self):
        found = shown(f"{FLOW}map/")
        assert len(found.xpath('//*[local-name()="svg"][contains(@class, "flow-drawing-narrow")]')) == 1
        ids = found.xpath("//@id")
        assert len(ids) == len(set(ids))

    def test_the_outline_marks_it(self):
        found = shown(f"{FLOW}map/{TO_THE_FIX}&as=outline")
        (outline,) = found.xpath('//ul[@class="flow-outline"]')
        assert texts(outline, './/li[@class="taken"]/strong[not(@aria-current)]') == ["✓ No →", "✓ Yes →"]
        assert texts(outline, './/*[@aria-current="step"]') == ["An orphaned user: it can be fixed here"]

    def test_the_table_marks_it(self):
        found = shown(f"{FLOW}map/{TO_THE_FIX}&as=table")
        rows = found.xpath('//tr[@class="taken"]')
        assert [texts(row, "td")[0] for row in rows] == ["✓ No", "✓ Yes"]
        assert texts(rows[-1], "td")[1] == "➜ An orphaned user: it can be fixed here"

    def test_without_answers_nothing_is_marked(self):
        assert not shown(f"{FLOW}map/?as=table").xpath('//tr[@class="taken"]')

    def test_the_ways_of_showing_it_keep_the_answers(self):
        links = shown(f"{FLOW}map/{TO_THE_FIX}").xpath('//nav[@class="ways"]/a/@href')
        assert [answers_in(one) for one in links] == [
            {"as": shown_as, FIRST: "no", SECOND: "yes"} for shown_as in ("drawing", "outline", "table")
        ]

    def test_the_way_back_to_the_questions_keeps_them_too(self):
        assert f"{FLOW}{TO_THE_FIX}" in shown(f"{FLOW}map/{TO_THE_FIX}").xpath('//p[@class="actions"]/a/@href')

    def test_another_way_of_showing_it_is_said(self):
        assert "drawing, outline, table" in text_of(shown(f"{FLOW}map/?as=poem", 400))

    def test_a_flow_too_large_to_draw_shows_the_way_and_says_so(self):
        found = shown(f"{ERRORS}map/?category=data")
        assert "too large to draw whole" in text_of(found)
        assert found.xpath('//*[local-name()="g"][@data-node="validation"]')
        assert not found.xpath('//*[local-name()="g"][@data-node="cloud-based"]')


class TestEnds:
    END = f"{ERRORS}?category=match&which-match=soft-match"

    def test_it_says_who_may_do_it(self):
        assert facts(shown(self.END))["Who may do it"] == (
            "Active Directory administrator, Hybrid Identity Administrator"
        )

    def test_it_says_whether_it_can_be_undone_and_how(self):
        assert facts(shown(self.END))["Can it be undone?"].startswith("Can partly be undone. A changed value can be")

    def test_it_says_when_it_takes_effect_and_what_being_wrong_costs(self):
        said = facts(shown(self.END))
        assert said["When it takes effect"] == "With the next sync cycle, by default within 30 minutes."
        assert said["What being wrong costs"].startswith("A wrong match gives one person's mailbox")

    def test_it_says_when_it_was_checked_against_what_and_from_when_it_applies(self):
        found = shown(self.END)
        assert facts(found)["Checked"] == "Sept. 10, 2026, against learn.microsoft.com (1)"
        assert facts(found)["Applies from"] == "July 1, 2026"
        assert found.xpath('//dl[@class="facts"]//a/@href') == [
            "https://learn.microsoft.com/entra/identity/hybrid/connect/tshoot-connect-sync-errors"
        ]

    def test_it_lists_the_steps_and_warns_before_them(self):
        found = shown(self.END)
        assert len(found.xpath('//ol[@class="outcome-steps"]/li')) == 3
        (warning,) = found.xpath('//div[contains(@class, "alert-warning")]')
        assert "clearing its identifier first" in text_of(warning)
        assert warning.xpath('following::ol[@class="outcome-steps"]')

    def test_it_goes_on_with_another_flow_where_it_ends_at_one(self):
        found = shown(f"{ERRORS}?category=duplicate&which-duplicate=refused")
        assert FLOW in found.xpath('//div[contains(@class, "outcome")]//a[@class="button"]/@href')

    def test_it_names_our_articles(self, ours):
        links = shown(self.END).xpath('//section[@id="step"]//a/@href')
        assert "/en-us/public/articles/native/data-mismatch-soft-match/" in links

    def test_it_speaks_the_readers_language(self):
        said = text_of(shown(self.END.replace("en-us", "sv-se")))
        assert "Med nästa synkroniseringscykel, normalt inom 30 minuter." in said


class TestPasting:
    def test_a_flow_that_knows_messages_asks_for_one(self):
        (form,) = shown(ERRORS).xpath('//form[@class="paste"]')
        assert (form.get("method"), form.get("action")) == ("post", f"{ERRORS}paste/")
        assert not shown(FLOW).xpath('//form[@class="paste"]')

    def test_a_message_that_is_known_leads_on(self):
        found = self.pasted("Unable to update this object …\nDataValidationFailed")
        (link,) = found.xpath('//form[@class="paste"]//li/a')
        assert text_of(link) == "IdentityDataValidationFailed: the data are not valid"
        assert link.get("href") == f"{ERRORS}?category=data&which-data=validation"

    def test_several_guesses_are_all_offered(self):
        assert len(self.pasted("LargeObject and InvalidSoftMatch").xpath('//form[@class="paste"]//li')) == 2

    def test_a_message_that_is_not_known_is_said_and_the_question_stays(self):
        found = self.pasted("my printer is on fire")
        assert "We do not know this message." in text_of(found)
        assert asked(found) == "What does the message speak of?"

    def test_what_was_pasted_stays_in_the_form_as_text(self):
        found = self.pasted("<script>alert(1)</script> joe@contoso.com")
        assert found.xpath("//textarea")[0].text.strip() == "<script>alert(1)</script> joe@contoso.com"

    def test_a_message_that_is_too_long_is_cut_and_that_is_said(self):
        assert "Only the first 8,000 characters were read." in text_of(self.pasted("x" * 9_000))

    def test_nothing_of_it_is_kept_by_caches_or_in_the_address(self):
        response = self.post("LargeObject joe@contoso.com")
        assert response.headers["Cache-Control"] == "no-store"
        assert "Location" not in response.headers

    def test_another_site_cannot_paste(self):
        assert self.post("x", origin="https://elsewhere.example").status_code == 403

    def post(self, text: str, *, origin: str = "http://testserver") -> HttpResponse:
        return Client().post(f"{ERRORS}paste/", {"text": text}, headers={"origin": origin})

    def pasted(self, text: str) -> lxml.html.HtmlElement:
        response = self.post(text)
        assert response.status_code == 200
        return lxml.html.document_fromstring(response.content.decode())
