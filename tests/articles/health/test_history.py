"""Problems over several imports: what is new, what is gone, and what an import that looked elsewhere leaves alone."""

import pytest

from portal.articles.health import listing
from portal.articles.health.listing import Wish
from portal.articles.health.models import KnownProblem
from portal.articles.models import ImportRun
from tests.factories import make_tree, run_import, selfhelp

pytestmark = pytest.mark.django_db

BROKEN = "One</br>two."


@pytest.fixture
def tree(tmp_path):
    return make_tree(
        tmp_path, {"a.md": selfhelp(body=BROKEN), "b/c.md": selfhelp(title="C", body=BROKEN, ownershipId="Team")}
    )


def paths(**wish) -> list[str]:
    return sorted(listing.problems(Wish(**wish)).values_list("path", flat=True))


def rewrite(tree, **files: str) -> None:
    make_tree(tree, {name.replace("__", "/") + ".md": content for name, content in files.items()})


def test_a_first_import_finds_what_is_open_and_calls_nothing_new(tree):
    run_import(tree)
    assert paths() == ["a.md", "b/c.md"]
    assert paths(state="new") == []
    assert paths(run=ImportRun.objects.get().pk) == ["a.md", "b/c.md"]


def test_a_problem_that_was_cured_is_gone_with_its_import_and_kept(tree):
    run_import(tree)
    rewrite(tree, a=selfhelp(body="Well."))
    run_import(tree)
    assert paths() == ["b/c.md"]
    assert paths(state="gone") == ["a.md"]
    assert KnownProblem.objects.get(path="a.md").gone_in == ImportRun.objects.first()


def test_a_new_problem_is_new_until_the_next_import(tree):
    run_import(tree)
    rewrite(tree, d=selfhelp(title="D", body=BROKEN))
    run_import(tree)
    assert paths(state="new") == ["d.md"]
    rewrite(tree, e=selfhelp(title="E"))
    run_import(tree)
    assert paths(state="new") == []
    assert "d.md" in paths()


def test_a_problem_that_moves_to_another_line_is_the_same_one(tree):
    run_import(tree)
    before = KnownProblem.objects.get(path="a.md")
    rewrite(tree, a=selfhelp(body=f"A line more.\n\n{BROKEN}"))
    run_import(tree)
    after = KnownProblem.objects.get(path="a.md")
    assert (after.pk, after.new_in_id, after.gone_in) == (before.pk, before.new_in_id, None)
    assert after.lines == [before.lines[0] + 2]


def test_a_problem_that_comes_back_is_a_new_row_beside_the_old_one(tree):
    for body in (BROKEN, "Well.", BROKEN):
        rewrite(tree, a=selfhelp(body=body))
        run_import(tree)
    first, second = KnownProblem.objects.filter(path="a.md").order_by("pk")
    assert first.gone_in is not None
    assert (second.gone_in, second.new_in) == (None, ImportRun.objects.first())


def test_an_import_of_one_folder_says_nothing_of_the_others(tree):
    run_import(tree)
    rewrite(tree, a=selfhelp(body="Well."), b__c=selfhelp(title="C", body="Well."))
    run_import(tree / "b", root=tree)
    assert paths() == ["a.md"]


def test_a_file_that_left_the_tree_keeps_its_problems_until_it_is_pruned(tree):
    rewrite(tree, d=selfhelp(title="D"), e=selfhelp(title="E"))
    run_import(tree)
    (tree / "a.md").unlink()
    rewrite(tree, d=selfhelp(title="Another D"))
    run_import(tree)
    assert paths() == ["a.md", "b/c.md"]
    run_import(tree, prune=True)
    assert paths() == ["b/c.md"]


def test_a_refused_file_that_is_well_again_is_no_problem_any_more(tree):
    run_import(tree)
    good = (tree / "a.md").read_bytes()
    (tree / "a.md").write_bytes(b"x" * 20_000_000)
    run_import(tree)
    assert "error" in {one.severity for one in listing.problems(Wish())}
    (tree / "a.md").write_bytes(good)
    run_import(tree)
    assert {one.severity for one in listing.problems(Wish())} == {"warning"}


def test_a_second_import_of_the_same_tree_writes_nothing(tree):
    run_import(tree)
    before = list(KnownProblem.objects.values())
    run_import(tree)
    assert list(KnownProblem.objects.values()) == before
    assert ImportRun.objects.count() == 1


def test_it_is_narrowed_to_an_owner(tree):
    run_import(tree)
    assert paths(owner="Team") == ["b/c.md"]
    assert [row["owner"] for row in listing.owners(Wish()) if row["problems"]] == ["", "Team"]


def test_codes_are_counted_by_collection(tree):
    run_import(tree)
    rewrite(tree, a=selfhelp(body="Well."), d=selfhelp(title="D", body=BROKEN))
    run_import(tree)
    (row,) = listing.by_code()
    assert (row["collection"], row["code"], row["open"], row["new"], row["gone"]) == (
        "selfhelp",
        "closed-break",
        2,
        1,
        1,
    )
