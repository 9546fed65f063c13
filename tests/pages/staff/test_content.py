"""Content health on its pages: what is listed, narrowed, paged, told apart by import, and taken along as CSV."""

from datetime import timedelta

import pytest

from portal import clock
from portal.articles.feedback.models import Feedback
from portal.articles.health.models import Finding, KnownProblem, TranslationBasis
from portal.articles.models import ImportRun
from portal.articles.searching.models import MissedQuery
from portal.pages.staff.content.listed import PAGE
from portal.pages.staff.content.lists import LISTS
from tests.factories import make_text

pytestmark = pytest.mark.django_db

CONTENT = "/en-us/public/staff/content/"


def make_run(*, root: str = "/made", collection: str = "selfhelp") -> ImportRun:
    now = clock.now()
    counts = {"new": 1, "changed": 2, "removed": 0, "rejected": 0}
    return ImportRun.objects.create(
        collection=collection, root=root, started_at=now, ended_at=now + timedelta(seconds=1), report={"counts": counts}
    )


def make_problem(run: ImportRun, **fields) -> KnownProblem:
    values = {
        "collection": "selfhelp", "root": run.root, "path": "a.md", "code": "closed-break", "severity": "warning",
        "message": "A line break is written </br>. Write <br>.", "lines": [7], "times": 1, "new_in": run,
    }  # fmt: skip
    return KnownProblem.objects.create(**{**values, **fields})


def make_votes(text, *, no: int, yes: int = 0, **fields) -> None:
    values = {"collection": text.collection, "path": text.path, "locale": text.locale, "revision": text.digest}
    for number in range(no + yes):
        Feedback.objects.create(
            **values, cloud="public", helpful=number >= no, given_on=clock.now().date(), **fields
        )  # fmt: skip


def shown(client, rest: str = "", status: int = 200) -> str:
    answer = client.get(CONTENT + rest)
    assert answer.status_code == status
    return answer.content.decode()


def csv_of(client, rest: str) -> list[str]:
    answer = client.get(CONTENT + rest)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/csv")
    return b"".join(answer.streaming_content).decode().splitlines()


@pytest.mark.parametrize("name", LISTS)
def test_every_list_says_so_when_it_is_empty(staff, name):
    assert str(LISTS[name].nothing) in shown(staff, f"{name}/")
    assert len(csv_of(staff, f"{name}.csv")) == 1


def test_the_overview_of_an_empty_portal_says_how_to_begin(staff):
    assert "import_articles" in shown(staff)


def test_the_overview_tells_what_each_import_brought(staff):
    first = make_run()
    make_problem(first, path="gone.md", gone_in=make_run())
    make_problem(ImportRun.objects.first(), path="new.md")
    page = shown(staff)
    assert f"problems/?run={first.pk}" in page
    assert "1 new, 2 changed, 0 removed, 0 rejected" in page
    assert "code=closed-break&amp;state=gone" in page


def test_a_problem_names_file_line_code_and_message(staff):
    make_problem(make_run())
    page = shown(staff, "problems/")
    assert "a.md:7" in page
    assert "Write &lt;br&gt;." in page
    assert "closed-break" in page


def test_problems_are_narrowed_by_what_the_address_says(staff):
    run = make_run()
    theirs = make_text(path="theirs", header={"ownershipid": "Team_A", "ms.author": "ada"})
    make_problem(run, path="theirs.md", text=theirs)
    make_problem(run, path="other.md", code="glued-heading", severity="note", collection="learn")
    for query in (
        "owner=Team_A",
        "author=ada",
        "code=closed-break",
        "severity=warning",
        "collection=selfhelp",
        "file=THEIRS",
    ):
        page = shown(staff, f"problems/?{query}")
        assert ("theirs.md" in page, "other.md:" in page) == (True, False), query
        assert len(csv_of(staff, f"problems.csv?{query}")) == 2


def test_new_and_gone_are_told_apart_by_import(staff):
    first, second = make_run(), make_run()
    make_problem(first, path="old.md")
    make_problem(second, path="new.md")
    make_problem(first, path="gone.md", gone_in=second)
    pages = {state: shown(staff, f"problems/?state={state}") for state in ("open", "new", "gone")}
    found = {state: [name for name in ("old", "new", "gone") if f"{name}.md:" in page] for state, page in pages.items()}
    assert found == {"open": ["old", "new"], "new": ["new"], "gone": ["gone"]}
    assert "gone.md:" in shown(staff, f"problems/?run={second.pk}")


def test_a_long_list_goes_on_after_its_last_row(staff):
    run = make_run()
    made = [make_problem(run, path=f"f{number:03}.md") for number in range(PAGE + 1)]
    first = shown(staff, "problems/?severity=warning")
    assert f"severity=warning&amp;after={made[PAGE - 1].pk}" in first
    assert f"f{PAGE:03}.md" not in first
    assert f"f{PAGE:03}.md" in shown(staff, f"problems/?severity=warning&after={made[PAGE - 1].pk}")


@pytest.mark.parametrize(
    "query", ["state=lost", "severity=grave", "run=x", "after=-1", "after=99999999999999999999", f"after={'0' * 5_000}"]
)
def test_a_value_that_makes_no_sense_is_told(staff, query):
    assert "makes no sense" in shown(staff, f"problems/?{query}", status=400)


@pytest.mark.parametrize("rest", ["nonsense/", "nonsense.csv", "stale/123456/"])
def test_a_list_there_is_none_of_is_not_found(staff, rest):
    shown(staff, rest, status=404)


def test_htmx_gets_the_list_alone(staff):
    answer = staff.get(f"{CONTENT}problems/", headers={"hx-request": "true"})
    assert answer.content.decode().lstrip().startswith('<section id="list"')


def test_a_stale_translation_leads_to_what_changed(staff):
    make_text(path="x", collection="native", text="Open the new portal.")
    text = make_text(path="x", collection="native", locale="sv-se", translation="human")
    TranslationBasis.objects.create(
        collection="native", path="x", locale="sv-se", text_hash="", source_hash="",
        source_text="Open the old portal.", taken_at=clock.now(),
    )  # fmt: skip
    found = Finding.objects.create(text=text, kind="stale", code="source-changed", detail="en-us")
    page = shown(staff, "stale/")
    assert "25 %" in page
    assert f"stale/{found.pk}/" in page
    difference = shown(staff, f"stale/{found.pk}/")
    assert "<del>old</del>" in difference
    assert "<ins>new</ins>" in difference


def test_a_stale_translation_without_its_english_says_what_is_known(staff):
    text = make_text(path="x", locale="sv-se")
    found = Finding.objects.create(text=text, kind="stale", code="other-is-newer", detail="de-de")
    assert "not known" in shown(staff, "stale/")
    assert "does not have both editions" in shown(staff, f"stale/{found.pk}/")


def test_a_garbled_name_stands_with_its_words_in_their_language(staff):
    text = make_text(path="x", locale="ar-sa")
    Finding.objects.create(text=text, kind="term", code="SourceAnchor", detail="مع سورسينتشور")
    assert '<span lang="ar-SA" dir="auto">مع سورسينتشور</span>' in shown(staff, "terms/")


def test_addresses_that_moved_are_counted_by_address(staff):
    run = make_run()
    for path in ("a.md", "b.md"):
        make_problem(run, path=path, code="address-retired", severity="note", message="https://old.example moved.")
    assert csv_of(staff, "moved.csv")[1:] == ["https://old.example moved.,2"]


def test_articles_that_do_not_help_are_ordered_by_what_their_votes_prove(staff):
    few, many, well = make_text(title="Few"), make_text(title="Many"), make_text(title="Well")
    make_votes(few, no=4)
    make_votes(many, no=18, yes=2)
    make_votes(well, no=5, yes=15)
    lines = csv_of(staff, "unhelpful.csv")[1:]
    assert [line.partition(",")[0] for line in lines] == ["Many", "Well"]


def test_comments_come_newest_first_with_the_revision_they_speak_of(staff):
    text = make_text(title="A fault")
    make_votes(text, no=1, comment="Older words", reason="wrong")
    make_votes(text, no=1, comment="Newer <b>words</b>")
    Feedback.objects.filter(comment="Older words").update(revision="0")
    page = shown(staff, "comments/")
    assert page.index("Newer &lt;b&gt;words") < page.index("Older words")
    assert "an earlier one" in page
    assert "Older words" not in shown(staff, "comments/?code=missing")


def test_owners_have_their_counts_in_one_row(staff):
    text = make_text(header={"ownershipid": "Team_A", "ms.author": "bo"})
    make_text(header={"ms.author": "ada"})
    Finding.objects.create(text=text, kind="link", code="article-not-stored", detail="x")
    make_problem(make_run(), text=text)
    assert csv_of(staff, "owners.csv")[1:] == ["Team_A,,1,1,0,0,1", ",ada,1,0,0,0,0"]


def test_a_page_takes_a_handful_of_queries_however_long_the_list(staff, django_assert_max_num_queries):
    run = make_run()
    for number in range(30):
        text = make_text(locale="sv-se")
        make_problem(run, path=f"{number}.md", text=text)
        Finding.objects.create(text=text, kind="stale", code="other-is-newer", detail="de-de")
        make_votes(text, no=5, comment="x")
    for rest in ("", *(f"{name}/" for name in LISTS)):
        with django_assert_max_num_queries(14):
            shown(staff, rest)


def test_what_was_sought_in_vain_is_listed_most_often_first_and_can_be_sought_again(staff):
    for words, count in (("writeback", 2), ("anchor", 5), ("", 1)):
        MissedQuery.objects.create(words=words, locale="en-us", cloud="public", count=count, last_seen=clock.now())
    page = shown(staff, "missed/")
    assert page.index(">anchor<") < page.index(">writeback<") < page.index("words that stand in none of our titles")
    assert "/search/?q=anchor" in page
