"""What an article is called, who may hold a path, and what a prune removes."""

import shutil

import pytest

from portal.articles.importing.tree import choose_root
from portal.articles.models import ArticleText, ContentVersion, Media
from tests.factories import make_tree, native, run_import, selfhelp

pytestmark = pytest.mark.django_db


def stored():
    return set(ArticleText.objects.values_list("collection", "path", "locale", "source_path"))


def codes(report):
    return {(problem.path, problem.code) for problem in report.problems if problem.severity == "error"}


@pytest.mark.parametrize(
    ("name", "path", "locale"),
    [
        ("a.md", "a", "en-us"),
        ("A/B.markdown", "A/B", "en-us"),
        ("x.y.txt", "x.y", "en-us"),
        ("sv-SE/Deep/x.md", "Deep/x", "sv-se"),
        ("slug/ja-jp.md", "slug", "ja-jp"),
        ("ad-ds/x.md", "ad-ds/x", "en-us"),
        ("docs/fr-fr/x.md", "docs/x", "fr-fr"),
        ("en-us.md", "en-us", "en-us"),
    ],
)
def test_a_path_names_article_and_locale(tmp_path, name, path, locale):
    run_import(make_tree(tmp_path, {name: selfhelp()}))
    assert stored() == {("selfhelp", path, locale, name)}


def test_the_locale_given_beats_header_and_path(tmp_path):
    tree = make_tree(tmp_path, {"sv-se/a.md": native(locale="de-de")})
    run_import(tree)
    assert ArticleText.objects.get().locale == "de-de"
    run_import(tree, locale="ja-jp")
    assert ArticleText.objects.get().locale == "ja-jp"


def test_the_dialect_names_the_collection_unless_one_is_given(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp(), "b.md": native()})
    run_import(tree)
    run_import(tree, collection="mine")
    assert {row[0] for row in stored()} == {"selfhelp", "native", "mine"}


def test_a_file_that_changes_its_dialect_moves(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp(), "b.md": selfhelp()})
    run_import(tree)
    make_tree(tmp_path, {"a.md": native()})
    assert run_import(tree).changed == 1
    assert {row[:2] for row in stored()} == {("native", "a"), ("selfhelp", "b")}


def test_two_files_that_change_places_lose_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("portal.articles.importing.batches.SIZE", 1)
    tree = make_tree(tmp_path, {"one/a.md": native("One", locale="sv-se"), "two/a.md": native("Two", locale="de-de")})
    make_tree(tmp_path, {"a.md": native("A", locale="sv-se"), "a.txt": native("B", locale="de-de")})
    run_import(tree)
    make_tree(tmp_path, {"a.md": native("A", locale="de-de"), "a.txt": native("B", locale="sv-se")})
    run_import(tree)
    run_import(tree)
    assert {(text.locale, text.title) for text in ArticleText.objects.filter(path="a")} == {
        ("de-de", "A"),
        ("sv-se", "B"),
    }


def test_the_second_file_of_a_path_is_rejected(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp("One"), "a.txt": selfhelp("Two")})
    report = run_import(tree)
    assert codes(report) == {("a.txt", "path-twice")}
    assert ArticleText.objects.get().title == "One"


def test_a_newcomer_does_not_take_the_place_of_a_stored_file(tmp_path):
    tree = make_tree(tmp_path, {"a.txt": selfhelp("Stored")})
    run_import(tree)
    make_tree(tmp_path, {"a.markdown": selfhelp("Newcomer"), "a.txt": selfhelp("Stored and changed")})
    assert codes(run_import(tree)) == {("a.markdown", "path-twice")}
    assert codes(run_import(tree / "a.markdown")) == {("a.markdown", "path-twice")}
    assert ArticleText.objects.get().title == "Stored and changed"


def test_a_path_from_another_root_is_refused_with_the_cure(tmp_path):
    first, second = (
        make_tree(tmp_path / "1", {"a.md": selfhelp("One")}),
        make_tree(tmp_path / "2", {"a.md": selfhelp("Two")}),
    )
    run_import(first)
    report = run_import(second)
    assert codes(report) == {("a.md", "path-from-another-root")}
    assert "--collection" in report.problems[-1].message
    assert str(first) in report.problems[-1].message
    assert ArticleText.objects.get().title == "One"
    assert run_import(second, collection="other").new == 1


def test_a_picture_from_another_root_is_refused(tmp_path):
    first = make_tree(tmp_path / "1", {"a.md": selfhelp(), "p.png": b"one"})
    second = make_tree(tmp_path / "2", {"b.md": selfhelp(), "p.png": b"two"})
    run_import(first)
    report = run_import(second)
    assert codes(report) == {("p.png", "path-from-another-root")}
    assert report.rejected == 1
    assert bytes(Media.objects.get().content) == b"one"


def test_the_root_is_the_one_given(tmp_path):
    tree = make_tree(tmp_path, {"deep/a.md": selfhelp()})
    run_import(tree / "deep", root=tree)
    assert stored() == {("selfhelp", "deep/a", "en-us", "deep/a.md")}


def test_the_root_is_the_stored_one_that_holds_the_path(tmp_path):
    tree = make_tree(tmp_path, {"deep/a.md": selfhelp(), "b.md": selfhelp()})
    run_import(tree)
    make_tree(tmp_path, {"deep/c.md": selfhelp()})
    run_import(tree / "deep" / "c.md")
    assert ("selfhelp", "deep/c", "en-us", "deep/c.md") in stored()


def test_the_root_is_else_the_path_or_its_folder(tmp_path):
    tree = make_tree(tmp_path, {"deep/a.md": selfhelp(), "other/b.md": selfhelp()})
    run_import(tree / "deep")
    run_import(tree / "other" / "b.md")
    assert {row[1] for row in stored()} == {"a", "b"}


def test_a_root_that_does_not_hold_the_path_is_refused(tmp_path):
    tree = make_tree(tmp_path, {"deep/a.md": selfhelp(), "other/b.md": selfhelp()})
    with pytest.raises(ValueError, match="Name a root that holds it"):
        run_import(tree / "deep", root=tree / "other")


def test_a_root_inside_the_checkout_survives_its_move(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    make_tree(tmp_path, {"articles/a.md": selfhelp()})
    run_import(tmp_path / "articles")
    assert ArticleText.objects.get().root == "articles"
    assert choose_root(tmp_path / "articles" / "a.md", given=None, stored=["articles"]) == tmp_path / "articles"


def test_hidden_files_and_folders_are_left_out(tmp_path):
    run_import(make_tree(tmp_path, {"a.md": selfhelp(), ".git/b.md": selfhelp(), ".c.md": selfhelp()}))
    assert {row[1] for row in stored()} == {"a"}


def test_links_out_of_the_tree_are_left_out_and_told(tmp_path):
    make_tree(tmp_path, {"outside/secret.md": selfhelp(), "outside/p.png": b"secret"})
    tree = make_tree(tmp_path / "tree", {"a.md": selfhelp(), "real/b.md": selfhelp()})
    (tree / "secret.md").symlink_to(tmp_path / "outside" / "secret.md")
    (tree / "p.png").symlink_to("../outside/p.png")
    (tree / "folder").symlink_to(tmp_path / "outside")
    (tree / "inside").symlink_to(tree / "real")
    (tree / "same.md").symlink_to(tree / "a.md")
    report = run_import(tree)
    assert {row[1] for row in stored()} == {"a", "real/b", "same"}
    assert not Media.objects.exists()
    told = {(problem.path, problem.code) for problem in report.problems}
    assert told >= {("secret.md", "link-out-of-tree"), ("folder", "link-out-of-tree"), ("inside", "link-to-folder")}


def test_a_prune_removes_what_is_gone_and_nothing_outside(tmp_path):
    files = {f"{folder}/{name}.md": selfhelp() for folder in ("in", "out") for name in "abc"}
    tree = make_tree(tmp_path, {**files, "in/p.png": b"in", "in/q.png": b"q", "out/p.png": b"out"})
    run_import(tree)
    for name in ("in/a.md", "out/a.md", "in/p.png", "out/p.png"):
        (tree / name).unlink()
    before = ContentVersion.objects.get().number
    report = run_import(tree / "in", prune=True)
    assert report.removed == 1
    assert {row[1] for row in stored()} == {"in/b", "in/c", "out/a", "out/b", "out/c"}
    assert set(Media.objects.values_list("path", flat=True)) == {"in/q.png", "out/p.png"}
    assert ContentVersion.objects.get().number > before


def test_without_prune_nothing_is_removed(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp(), "b.md": selfhelp(), "p.png": b"p"})
    run_import(tree)
    (tree / "a.md").unlink()
    (tree / "p.png").unlink()
    assert run_import(tree).removed == 0
    assert (ArticleText.objects.count(), Media.objects.count()) == (2, 1)


@pytest.mark.parametrize(("kept", "refused"), [(0, True), (1, True), (2, False), (3, False)])
def test_a_prune_of_more_than_half_is_refused_and_writes_nothing(tmp_path, kept, refused):
    tree = make_tree(tmp_path, {f"{name}.md": selfhelp() for name in "abcd"})
    run_import(tree)
    for name in "abcd"[kept:]:
        (tree / f"{name}.md").unlink()
    make_tree(tmp_path, {"new.md": selfhelp()})
    if refused:
        with pytest.raises(ValueError, match=f"remove {4 - kept} of the 4 texts"):
            run_import(tree, prune=True)
        assert {row[1] for row in stored()} == set("abcd")
    else:
        assert run_import(tree, prune=True).removed == 4 - kept
        assert {row[1] for row in stored()} == {*"abcd"[:kept], "new"}


def test_a_prune_of_an_emptied_folder_is_refused(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp(), "deep/b.md": selfhelp()})
    run_import(tree)
    shutil.rmtree(tree / "deep")
    (tree / "deep").mkdir()
    with pytest.raises(ValueError, match="1 of the 1 texts"):
        run_import(tree / "deep", prune=True)


def test_pictures_alone_can_be_pruned(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp(), "b.md": selfhelp(), "p.png": b"p"})
    run_import(tree)
    (tree / "p.png").unlink()
    run_import(tree, prune=True)
    assert not Media.objects.exists()


def test_a_renamed_ending_keeps_the_article_through_a_prune(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp("Same"), "b.md": selfhelp()})
    run_import(tree)
    (tree / "a.md").rename(tree / "a.markdown")
    run_import(tree, prune=True)
    run_import(tree, prune=True)
    assert stored() == {("selfhelp", "a", "en-us", "a.markdown"), ("selfhelp", "b", "en-us", "b.md")}
