"""`manage.py import_articles` and `export_articles`: what they print, and how they end."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.articles.models import ArticleText
from tests.factories import make_text, make_tree, run_import, selfhelp

pytestmark = pytest.mark.django_db

NAMES = {"read", "new", "changed", "unchanged", "removed", "rejected", "pictures"}


def run(*arguments) -> tuple[str, int]:
    """What the command prints, and its exit code."""
    out = StringIO()
    try:
        call_command("import_articles", *map(str, arguments), stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(end.code)
    return out.getvalue(), 0


def test_json_is_one_object_with_counts_and_problems(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp(strangeKey="1"), "notes.pdf": b"x"})
    said, code = run(tree, "--json")
    told = json.loads(said)
    assert code == 0
    assert told["counts"].keys() == NAMES
    assert {problem["path"] for problem in told["problems"]} == {"a.md", "notes.pdf"}
    assert all(problem.keys() == {"path", "line", "severity", "code", "message"} for problem in told["problems"])


def test_words_end_with_the_counts(tmp_path):
    said, code = run(make_tree(tmp_path, {"a.md": selfhelp()}))
    assert said.splitlines()[-1] == "1 read, 1 new, 0 changed, 0 unchanged, 0 removed, 0 rejected, 0 pictures"
    assert code == 0


def test_it_ends_with_1_when_a_file_could_not_be_stored(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp(), "bad.md": selfhelp(selfHelpType="problemScopingQuestions")})
    said, code = run(tree)
    assert code == 1
    assert said.startswith("bad.md:")
    assert run(tree, "--json")[1] == 1


def test_problems_alone_do_not_fail_it(tmp_path):
    said, code = run(make_tree(tmp_path, {"a.md": selfhelp(cloudEnvironments="public, nimbus")}))
    assert "nimbus" in said
    assert code == 0


def test_a_dry_run_says_so(tmp_path):
    said, _ = run(make_tree(tmp_path, {"a.md": selfhelp()}), "--dry-run")
    assert said.endswith("(dry run: nothing was stored)\n")
    assert not ArticleText.objects.exists()


def test_the_terminal_is_not_flooded(tmp_path):
    said, _ = run(
        make_tree(tmp_path, {f"n{number}.md": selfhelp(cloudEnvironments="public, nimbus") for number in range(50)})
    )
    assert "… and 10 more; --json lists them all." in said
    assert len(said.splitlines()) == 42


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere"], "does not exist. Check the path."),
        (["tree/notes.pdf"], "is no article: its ending is none of .markdown, .md, .txt"),
        (["tree", "--collection", "No Good!"], "Use small letters, digits and hyphens."),
        (["tree", "--locale", "klingon"], "Write it like sv-se."),
        (["tree", "--root", "other"], "Name a root that holds it."),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_with_the_cure(tmp_path, monkeypatch, arguments, says):
    make_tree(tmp_path, {"tree/a.md": selfhelp(), "tree/notes.pdf": b"x", "other/b.md": selfhelp()})
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match=says):
        run(*arguments)
    assert not ArticleText.objects.exists()


def test_a_prune_that_is_refused_ends_with_words(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp(), "b.md": selfhelp()})
    run(tree)
    for file in tree.iterdir():
        file.unlink()
    with pytest.raises(CommandError, match="nothing was imported"):
        run(tree, "--prune")


def test_a_tree_without_articles_says_so(tmp_path):
    said, code = run(make_tree(tmp_path, {"notes.pdf": b"x"}))
    assert said.startswith("There is no article file")
    assert code == 0


def test_a_file_that_is_no_article_says_so(tmp_path):
    said, code = run(make_tree(tmp_path, {"a.md": "Just words."}) / "a.md")
    assert "not-an-article" in said
    assert code == 0


def test_locale_collection_and_root_are_taken(tmp_path):
    tree = make_tree(tmp_path, {"deep/a.md": selfhelp()})
    run(tree / "deep", "--locale", "SV_se", "--collection", "mine", "--root", tree)
    text = ArticleText.objects.get()
    assert (text.collection, text.path, text.locale, text.root) == ("mine", "deep/a", "sv-se", str(tree))


def exported(**options):
    out = StringIO()
    call_command("export_articles", stdout=out, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_an_export_holds_every_text_of_every_kind(tmp_path):
    form = '<properties selfHelpType="problemScopingQuestions" pageTitle="Form" />\n---\n{"formElements": []}\n---\n'
    run_import(make_tree(tmp_path, {"a.md": selfhelp("One", supportTopicIds="111"), "form.md": form}))
    article, scoping = exported()
    assert article["title"] == "One"
    assert article["topics"] == ["111"]
    assert article["html"].endswith("<p>Words.</p>")
    assert article["original_html"] is None
    assert (scoping["kind"], scoping["html"]) == ("problemscopingquestions", None)
    assert article.keys() == {
        "collection", "path", "source_path", "locale", "kind", "article_id", "title", "description", "topics", "products",
        "clouds", "html", "text", "original_html", "translation", "updated", "problems",
    }  # fmt: skip


def test_an_export_can_be_narrowed():
    make_text(collection="one", clouds=["public"])
    make_text(collection="two", locale="sv-se", clouds=["public", "fairfax"])
    assert [row["collection"] for row in exported(collection="one")] == ["one"]
    assert [row["collection"] for row in exported(locale="sv-SE")] == ["two"]
    assert [row["collection"] for row in exported(cloud="fairfax")] == ["two"]
    assert exported(collection="none") == []


@pytest.mark.parametrize("options", [{"cloud": "nimbus"}, {"cloud": "public,fairfax"}, {"locale": "klingon"}])
def test_an_export_of_nonsense_is_refused(options):
    with pytest.raises(CommandError):
        exported(**options)
