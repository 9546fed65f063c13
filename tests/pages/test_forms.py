"""A scoping form at its shared address: filled in without JavaScript, or with it; nothing of it is stored."""

import re
from html import unescape

import pytest

from tests.factories import make_text, page
from tests.forms import corpus
from tests.forms.made import element, options
from tests.shared import needs_shared

pytestmark = pytest.mark.django_db

HERE = {"sec-fetch-site": "same-origin"}
ELEMENTS = [
    element("what", "dropdown", required=True, dropdownOptions=options("slow", "broken")),
    element("speed", order=2, visibility="what == slow", required=True, maxLength=5),
    element("which", "multiselectdropdown", order=3, dropdownOptions=options("one", "two")),
    element("since", "datetimepicker", order=4),
    element("note", "infoblock", order=5, content="Read <a href='https://docs.microsoft.com/x'>this</a>."),
    element("story", "multilinetextbox", order=6, useAsAdditionalDetails=True, hints=[{"text": "Every step"}]),
]


def address(text, *, locale: str = "en-us", cloud: str = "public") -> str:
    return f"/{locale}/{cloud}/forms/{text.collection}/{text.path}/"


@pytest.fixture
def form():
    data = {"title": "A form", "formElements": ELEMENTS, "fileAttachmentHint": "The trace"}
    return make_text(path="a/form", kind="problemscopingquestions", html="", topics=["111"], data=data)


def send(client, form, do="check", *, query="", **answers):
    body = {f"a.{name}": said for name, said in answers.items() if name not in ("zone", "seen")}
    body |= {name: answers[name] for name in ("zone", "seen") if name in answers}
    headers = {"HX-Request": "true", **HERE} if query == "htmx" else HERE
    return client.post(address(form), {**body, "do": do}, headers=headers)


def words(response) -> str:
    return unescape(response.content.decode())


def fields(response) -> set[str]:
    return set(re.findall(r'name="a\.([^"]+)"', words(response)))


ANSWERS = {
    "what": "slow",
    "speed": "50 ms",
    "which": ["one", "two"],
    "since": "2026-01-31T08:15",
    "story": "It was.\nSlow.",
}


def test_the_empty_form_is_a_page_that_any_cache_may_hold(client, form):
    response = client.get(address(form))
    assert response.status_code == 200
    assert "public" in response.headers["Cache-Control"]
    assert "Set-Cookie" not in response.headers
    assert "csrf" not in words(response)
    again = client.get(address(form), headers={"if-none-match": response.headers["ETag"]})
    assert again.status_code == 304


def test_it_shows_what_its_conditions_show(client, form):
    assert fields(client.get(address(form))) == {"what", "which", "since", "story"}
    assert "speed" in fields(send(client, form, "update", what="slow"))


def test_an_update_keeps_every_answer_and_complains_of_nothing(client, form):
    response = send(client, form, "update", what="slow", which=["two"], since="2026-01-31T08:15", story="It was <b>")
    shown = words(response)
    assert response.status_code == 200
    assert '<option value="slow" lang="en-US" selected>' in shown
    assert re.search(r'value="two" checked', shown)
    assert 'value="2026-01-31T08:15"' in shown
    assert "It was <b></textarea>" in shown
    assert "It was &lt;b&gt;" in response.content.decode()
    assert "error" not in shown.casefold().replace("htmx", "").split("<main")[1]


def test_htmx_gets_the_moving_part_alone(client, form):
    response = send(client, form, "update", query="htmx", what="slow")
    assert words(response).lstrip().startswith('<form id="form"')
    assert "HX-Request" in response.headers["Vary"]


@pytest.mark.parametrize("first", [{}, {"hx-request": "true"}])
def test_the_part_that_one_asks_for_is_no_page_for_the_next(client, form, first):
    client.get(address(form), headers=first)
    assert words(client.get(address(form))).startswith("<!doctype html>")
    assert words(client.get(address(form), headers={"hx-request": "true"})).lstrip().startswith('<form id="form"')


@pytest.mark.parametrize("do", ["update", "check", "edit", "summary", "text", "nonsense"])
def test_no_cache_keeps_an_answer(client, form, do):
    response = send(client, form, do, **ANSWERS)
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers


def test_a_form_sent_from_elsewhere_is_refused(client, form):
    assert client.post(address(form), {"do": "update"}, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.post(address(form), {"do": "update"}, headers={"origin": "https://evil.example"}).status_code == 403


def test_faults_stand_together_and_lead_to_their_questions(client, form):
    response = send(client, form, what="slow", speed="much too fast", seen=["what", "speed"])
    shown = words(response)
    assert response.status_code == 200
    assert "Error: A form" in shown
    links = re.findall(r'<a href="#(q\d+)">([^<]+)</a>', shown)
    assert links == [("q2", "Shorten the answer to “Speed” to 5 characters; it has 13.")]
    assert re.search(r'id="q2"[^>]*aria-describedby="q2-error"[^>]*aria-invalid="true"', shown)
    assert 'value="much too fast"' in shown


def test_questions_that_were_not_on_the_page_are_shown_before_anything_is_asked_of_them(client, form):
    response = send(client, form, what="broken", seen=["which"])
    shown = words(response)
    assert response.status_code == 200
    assert "Your answers opened 3 more questions" in shown
    assert "Check your answers" not in shown


def test_good_answers_are_shown_to_be_checked_and_can_be_changed(client, form):
    shown = words(send(client, form, **ANSWERS))
    assert "Check your answers" in shown
    assert "2026-01-31 08:15 UTC" in shown
    assert 'formaction="/en-us/public/forms/selfhelp/a/form/#q1"' in shown
    assert fields(send(client, form, "edit", **ANSWERS)) == {"what", "speed", "which", "since", "story"}


def test_the_summary_has_every_answer_as_text_and_as_markdown(client, form):
    shown = words(send(client, form, "summary", zone="+01:00", **ANSWERS))
    told, markdown = re.findall(r"<pre[^>]*>(.*?)</pre>", shown, re.DOTALL)
    assert "What: Slow\nSpeed: 50 ms\nWhich:\n    One\n    Two\nSince: 2026-01-31 08:15 UTC+01:00" in told
    assert "Story:\n    It was.\n    Slow." in told
    assert "Support topic: 111\nCloud: Azure public cloud" in told
    assert "To attach: The trace" in told
    assert "- What: `Slow`" in markdown


@pytest.mark.parametrize(("do", "ending"), [("text", "txt"), ("markdown", "md")])
def test_the_summary_comes_as_a_file(client, form, do, ending):
    response = send(client, form, do, **ANSWERS)
    assert response.headers["Content-Disposition"] == f'attachment; filename="case-summary.{ending}"'
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_a_summary_is_not_made_of_answers_that_cannot_be_used(client, form):
    assert "needs a look" in words(send(client, form, "summary", what="slow"))
    assert "needs a look" in words(send(client, form, "text", what="purple"))


def test_an_answer_to_a_hidden_question_is_left_out(client, form):
    assert "secret" not in words(send(client, form, "summary", what="broken", speed="secret"))


def test_links_of_an_info_block_fit_the_cloud(client):
    form = make_text(path="f", kind="problemscopingquestions", html="", data={"formElements": ELEMENTS})
    assert 'href="https://docs.microsoft.com/x"' in words(client.get(address(form)))
    assert 'href="https://docs.microsoft.com/x"' not in words(client.get(address(form, cloud="usnat")))


def test_it_is_not_there_in_other_clouds_and_says_which_have_it(client):
    form = make_text(kind="problemscopingquestions", clouds=["mooncake"], data={"formElements": ELEMENTS})
    assert client.get(address(form)).status_code == 404
    assert "21Vianet" in words(client.get(address(form)))
    assert client.post(address(form), {}, headers=HERE).status_code == 404
    assert client.get(address(form, cloud="mooncake")).status_code == 200


def test_an_article_is_no_form(client):
    assert client.get(address(make_text(path="a"))).status_code == 404
    assert client.get("/en-us/public/forms/selfhelp/none/").status_code == 404


def test_a_topic_with_nothing_but_a_form_leads_to_it(client, form):
    assert client.get("/en-us/public/topics/111/").headers["Location"] == address(form)


def test_an_article_offers_the_form_beside_it(client, form):
    shown = words(client.get(page(make_text(path="b", topics=["111"]))))
    assert f'href="{address(form)}"' in shown


def test_the_api_leads_to_the_form(client, form):
    (one,) = client.get("/api/v1/topics/111").json()["forms"]
    assert one["url"] == f"http://testserver{address(form)}"


@pytest.mark.parametrize("data", [None, {}, {"formElements": 7}, {"formElements": [element(control="infoblock")]}])
def test_a_form_that_asks_nothing_says_so(client, data):
    form = make_text(kind="problemscopingquestions", html="", data=data)
    assert "asks nothing" in words(client.get(address(form)))


def test_a_list_of_a_service_is_typed_and_says_so(client):
    way_out = {"defaultDropdownOptions": {"value": "dont_know_answer", "text": "I do not know"}}
    data = {"formElements": [element(control="dropdown", required=True, dynamicDropdownOptions=way_out)]}
    form = make_text(kind="problemscopingquestions", html="", data=data)
    shown = words(client.get(address(form)))
    assert "This portal cannot ask for it" in shown
    assert 'type="checkbox" name="a.q" value="dont_know_answer"' in shown
    assert "Q: I do not know" in words(send(client, form, "summary", q=["", "dont_know_answer"]))
    assert "Q: my-server" in words(send(client, form, "summary", q="my-server"))


def test_words_of_the_form_keep_their_language_on_a_page_in_another(client, form):
    shown = words(client.get(address(form, locale="ar-sa")))
    assert '<html lang="ar-SA" dir="rtl">' in shown
    assert '<span lang="en-US" dir="ltr">What</span>' in shown
    assert "Välj ett svar på ”What”" in words(client.post(address(form, locale="sv-se"), {"do": "check"}, headers=HERE))


@needs_shared
def test_every_form_of_the_corpus_has_a_page_and_a_summary(client):
    """Each is shown, answered by its first options, and held against its rules, as its JSON stands in the corpus."""
    text = make_text(path="f", kind="problemscopingquestions", html="")
    for path, source in corpus.readable().items():
        text.data, text.title = source.data, source.header.title
        text.save()
        sent = {"do": "update"}
        for _again in range(4):
            response = client.post(address(text), sent, headers=HERE)
            assert response.status_code == 200, path
            shown = words(response)
            sent |= first_answers(shown)
        assert 'id="q' in shown, path
        checked = client.post(address(text), {**sent, "do": "summary"}, headers=HERE)
        assert checked.status_code == 200, path
        assert "told-text" in words(checked) or "not written as expected" in words(checked), path


def first_answers(shown: str) -> dict[str, str]:
    """What a hasty person sends: the first real option of every list, a moment, a number, and a word."""
    answers = {}
    for name, rest in re.findall(r'<select id="q\d+" name="(a\.[^"]+)"(.*?)</select>', shown, re.DOTALL):
        answers[name] = re.findall(r'<option value="([^"]+)"', rest)[0]
    for _kind, name, value in re.findall(r'type="(radio|checkbox)" name="(a\.[^"]+)" value="([^"]+)"', shown):
        answers.setdefault(name, value)
    for name in re.findall(r'<textarea id="q\d+" name="(a\.[^"]+)"', shown):
        answers[name] = "Words."
    for kind, name in re.findall(r'<input id="q\d+"( type="datetime-local")? name="(a\.[^"]+)"', shown):
        answers.setdefault(name, "2026-01-31T08:15" if kind else "7")
    return answers
