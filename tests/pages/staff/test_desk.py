"""The desk: from any id to what an admin sees, why, and the link to paste."""

import pytest

from portal.articles.finding import Sort
from portal.articles.topics import Why
from portal.pages.staff.reasons import LOST, WON
from tests.factories import make_text

pytestmark = pytest.mark.django_db
DESK = "/en-us/public/staff/"


def shown(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def test_an_id_leads_to_an_address_of_its_own(staff):
    make_text(topics=["111"])
    answer = staff.post(DESK, {"find": " 111 "})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{DESK}?sort=topic&id=111"


def test_an_id_of_several_things_is_a_choice(staff):
    make_text(topics=["111"], products=["111"])
    page = shown(staff.post(DESK, {"find": "111"}))
    assert f"{DESK}?sort=topic&amp;id=111" in page
    assert f"{DESK}?sort=product&amp;id=111" in page


def test_a_pasted_message_finds_our_article_and_stands_in_no_address(staff):
    make_text(collection="native", path="duplicated-attributes", title="Two objects, one address")
    page = shown(staff.post(DESK, {"find": "Error: AttributeValueMustBeUnique for bob@contoso.com"}))
    assert "Two objects, one address" in page
    assert "sort=article&amp;id=native%2Fduplicated-attributes" in page
    assert page.count("bob@") == 1


def test_what_is_not_found_is_said_and_kept(staff):
    page = shown(staff.post(DESK, {"find": "zzz <b>"}))
    assert "Nothing has this ID" in page
    assert "zzz &lt;b&gt;" in page


def test_an_unknown_topic_is_not_found(staff):
    assert "Nothing has this ID" in shown(staff.get(f"{DESK}?id=999"), 404)


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize(
    "key", ["a", "a/", "/a", "/", "a/b", "a/b/c", "a/b\nc", "..", "%00", "<script>alert(1)</script>", "x" * 500]
)
def test_an_id_of_any_form_is_answered(staff, sort, key):
    page = shown(staff.get(DESK, {"sort": sort.value, "id": key}), 404)
    assert "Nothing has this ID" in page
    assert "<script>alert" not in page


def test_two_clouds_stand_side_by_side(staff):
    make_text(topics=["111"], title="For everybody", clouds=["public", "mooncake"])
    make_text(topics=["111"], title="For the government", clouds=["fairfax"])
    sides = staff.get(f"{DESK}?id=111&in=fairfax&beside=usnat").context["sides"]
    assert [side.cloud.value for side in sides] == ["fairfax", "usnat"]
    assert [one.text.title for one in sides[0].answer.best] == ["For the government"]
    assert sides[1].answer.best == ()
    assert [cloud.value for cloud in sides[1].answer.elsewhere] == ["public", "fairfax", "mooncake"]


def test_product_resource_tags_and_language_decide_as_they_do_for_the_admin(staff):
    make_text(path="one", topics=["111"], products=["14"])
    make_text(path="two", topics=["111"], products=["15"])
    make_text(path="two", locale="sv-se", title="Två", topics=["111"], products=["15"])
    side = staff.get(f"{DESK}?id=111&product=15&for=sv-se").context["sides"][0]
    assert [one.text.title for one in side.answer.best] == ["Två"]
    where = staff.get("/sv-se/public/topics/111/?product=15").headers["Location"]
    assert where.endswith("/two/")


def test_the_link_is_absolute_names_the_cloud_and_leads_there(staff, client):
    make_text(path="a", topics=["111"], title="A [bad] title", clouds=["fairfax"])
    link = staff.get(f"{DESK}?id=111&in=fairfax&product=14").context["sides"][0].link
    assert link.address == "http://localhost/topics/111?cloud=fairfax&product=14"
    assert link.markdown == rf"[A \[bad\] title]({link.address})"
    assert client.get(link.address, follow=True).redirect_chain[-1][0] == "/en-us/fairfax/articles/selfhelp/a/"


@pytest.mark.parametrize("sort", ["article", "article-id", "product", "resource"])
def test_every_sort_of_link_leads_into_its_cloud(staff, client, sort):
    make_text(path="x/y", article_id="me", products=["14"], service="s", resource="r", clouds=["fairfax"])
    key = {"article": "selfhelp/x/y", "article-id": "me", "product": "14", "resource": "s/r"}[sort]
    link = staff.get(DESK, {"sort": sort, "id": key, "in": "fairfax"}).context["sides"][0].link
    answer = client.get(link.address, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[0][0].startswith("/en-us/fairfax/")


def test_the_qr_code_is_a_drawing_without_inline_style(staff):
    make_text(topics=["111"])
    picture = staff.get(f"{DESK}?id=111").context["sides"][0].link.picture
    assert picture.startswith("<svg ")
    assert "style=" not in picture


def test_an_address_too_long_for_any_code_is_still_shown(staff):
    make_text(topics=["111"])
    case = {"id": "111", "product": "å" * 200, "resource": "å" * 200, "tags": "å" * 200}
    assert "topics/111?cloud=public" in shown(staff.get(DESK, case))


def test_every_rule_has_words_for_winner_or_loser():
    assert set(WON) | set(LOST) | {Why.CHOICE} == set(Why)


def test_it_says_which_article_lost_by_which_rule(staff):
    make_text(topics=["111"], title="Fits", products=["14"])
    make_text(topics=["111"], title="Does not", products=["15"])
    page = shown(staff.get(f"{DESK}?id=111&product=14"))
    assert str(WON[Why.PRODUCT]) in page
    assert str(LOST[Why.PRODUCT]) in page


@pytest.mark.parametrize("query", ["in=nimbus", "beside=nimbus", "for=klingon", "sort=thing"])
def test_a_bad_value_is_said(staff, query):
    assert "<h1>" in shown(staff.get(f"{DESK}?id=111&{query}"), 400)


def test_it_takes_a_handful_of_queries(staff, django_assert_max_num_queries):
    for number in range(12):
        make_text(topics=["111"], title=f"Article {number}")
    with django_assert_max_num_queries(8):
        staff.get(f"{DESK}?id=111")
