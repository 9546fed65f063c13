"""One bad file never stops the rest, and never replaces its last good version; everything is in the report."""

import os
import pwd
import random
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from portal.articles.importing import processes, rows
from portal.articles.models import ArticleText, ImportRun
from tests.factories import make_tree, native, run_import, selfhelp

pytestmark = pytest.mark.django_db


def errors(report):
    return {(problem.path, problem.code) for problem in report.problems if problem.severity == "error"}


def test_the_others_are_stored(tmp_path):
    tree = make_tree(
        tmp_path,
        {"a.md": selfhelp("One"), "bad.md": selfhelp(selfHelpType="problemScopingQuestions"), "z.md": selfhelp("Two")},
    )
    report = run_import(tree)
    assert report.rejected == 1
    assert [path for path, _ in errors(report)] == ["bad.md"]
    assert sorted(ArticleText.objects.values_list("path", flat=True)) == ["a", "z"]


def test_the_last_good_version_stays(tmp_path):
    form = '<properties selfHelpType="problemScopingQuestions" pageTitle="Form" />\n---\n{"formElements": []}\n---\n'
    tree = make_tree(tmp_path, {"form.md": form})
    run_import(tree)
    make_tree(tmp_path, {"form.md": form.replace("{", "")})
    report = run_import(tree, prune=True)
    assert report.rejected == 1
    assert ArticleText.objects.get().data == {"formElements": []}


def test_a_file_that_is_no_article_any_more_keeps_its_text(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp()})
    run_import(tree)
    make_tree(tmp_path, {"a.md": "Just notes."})
    report = run_import(tree, prune=True)
    assert report.rejected == 0
    assert {problem.code for problem in report.problems} == {"not-an-article"}
    assert ArticleText.objects.count() == 1


def test_a_rejection_alone_is_recorded_once(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp(), "bad.md": selfhelp(selfHelpType="problemScopingQuestions")})
    run_import(tree)
    make_tree(tmp_path, {"worse.md": selfhelp(selfHelpType="problemScopingQuestions")})
    run_import(tree)
    run_import(tree)
    assert ImportRun.objects.count() == 2


def test_links_to_nowhere_are_rejected(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp()})
    (tree / "lost.md").symlink_to(tree / "nowhere.md")
    assert errors(run_import(tree)) == {("lost.md", "file-unreadable")}


def test_a_pipe_is_rejected_and_not_waited_for(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp()})
    os.mkfifo(tree / "pipe.md")
    os.mkfifo(tree / "pipe.png")
    assert errors(run_import(tree)) == {("pipe.md", "file-unreadable"), ("pipe.png", "picture-unreadable")}


@contextmanager
def unprivileged():
    """Root may read everything; as nobody it meets the refusals that others meet."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(before)


@pytest.fixture
def open_path():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_a_forbidden_file_is_rejected(open_path):
    tree = make_tree(open_path, {"a.md": selfhelp(), "secret.md": selfhelp()})
    (tree / "secret.md").chmod(0)
    with unprivileged():
        assert errors(run_import(tree)) == {("secret.md", "file-unreadable")}


def test_texts_of_a_forbidden_folder_are_not_pruned(open_path):
    tree = make_tree(open_path, {"a.md": selfhelp(), "b.md": selfhelp(), "shut/c.md": selfhelp()})
    run_import(tree)
    (tree / "shut").chmod(0)
    with unprivileged():
        report = run_import(tree, prune=True)
    assert errors(report) == {("shut", "folder-unreadable")}
    assert ArticleText.objects.count() == 3


def test_a_folder_called_like_an_article_is_a_folder(tmp_path):
    tree = make_tree(tmp_path, {"folder.md/a.md": selfhelp()})
    report = run_import(tree)
    assert (report.read, report.rejected) == (1, 0)
    assert ArticleText.objects.get().path == "folder.md/a"


def test_a_file_that_vanishes_while_it_is_read_is_rejected(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp()})
    placing = rows.Placing(
        root=tree, root_name="x", collection=None, locale=None, pictures=frozenset(), fingerprint=b""
    )
    outcome = rows.outcome_of("vanished.md", placing)
    assert outcome.rejected
    assert "No such file" in outcome.problems[0].message


def test_a_huge_file_is_rejected(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp()})
    with open(tree / "huge.md", "wb") as file:
        file.truncate(rows.MOST_BYTES + 1)
    assert errors(run_import(tree)) == {("huge.md", "file-unreadable")}


def test_names_that_are_not_utf8_are_rejected_and_can_be_told(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp()})
    with open(os.fsencode(tree) + b"/caf\xe9.md", "w") as file:
        file.write(selfhelp())
    make_tree(tmp_path, {"line\nbreak.md": selfhelp()})
    report = run_import(tree)
    assert errors(report) == {("caf\\xe9.md", "name-unusable"), ("line\\nbreak.md", "name-unusable")}
    assert report.rejected == 2
    assert ArticleText.objects.count() == 1


def test_a_path_too_long_for_an_index_is_rejected(tmp_path):
    deep = "/".join("d" * 200 for _ in range(6))
    tree = make_tree(tmp_path, {"a.md": selfhelp(), f"{deep}/b.md": selfhelp()})
    assert [code for _, code in errors(run_import(tree))] == ["name-too-long"]


@pytest.mark.parametrize(
    "name", ["blank s.md", "100%.md", "a?b#c.md", "åäö/名前.md", "zero\u200bwidth.md", "quote\"'.md", "a&b<c>.md"]
)
def test_strange_names_are_stored_and_have_a_page(tmp_path, client, name):
    tree = make_tree(tmp_path, {name: selfhelp("Strange")})
    assert run_import(tree).rejected == 0
    text = ArticleText.objects.get()
    found = client.get("/api/v1/articles").json()["articles"][0]
    assert text.path == name.removesuffix(".md")
    assert client.get(found["url"].removeprefix("http://testserver")).status_code == 200


def test_nul_bytes_and_half_characters_do_no_harm(tmp_path):
    form = selfhelp(selfHelpType="problemScopingQuestions").partition("#")[0] + '---\n{"a": "\\ud800 \\u0000"}\n---\n'
    files = {"form.md": form, "half.md": native('"Half \\ud800 and \\0"'), "nul.md": selfhelp("N\x00ul")}
    report = run_import(make_tree(tmp_path, files))
    assert report.rejected == 0
    assert [problem.path for problem in report.problems if problem.code == "not-an-article"] == ["nul.md"]
    assert ArticleText.objects.get(path="form").data == {"a": "\ufffd \ufffd"}
    assert ArticleText.objects.filter(path="half").exists()


@pytest.mark.parametrize("data", ['{"a": ' * 5000 + "1" + "}" * 5000, '{"a": ' * 600 + "1" + "}" * 600, "[" * 100_000])
def test_json_of_any_depth_does_no_harm(tmp_path, data):
    form = f'<properties selfHelpType="problemScopingQuestions" pageTitle="Form" />\n---\n{data}\n---\n'
    tree = make_tree(tmp_path, {"deep.md": form, "z.md": selfhelp()} | {f"n{n}.md": selfhelp() for n in range(70)})
    report = run_import(tree)
    assert report.rejected <= 1
    assert ArticleText.objects.filter(path="z").exists()


def test_header_values_too_long_for_an_index_are_left_out_and_told(tmp_path):

    long = "".join(random.Random(7).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=9000))
    tree = make_tree(tmp_path, {"a.md": selfhelp(articleId=long, service=long, resource=long), "b.md": selfhelp()})
    report = run_import(tree)
    assert report.rejected == 0
    assert [problem.code for problem in report.problems].count("value-too-long") == 3
    text = ArticleText.objects.get(path="a")
    assert (text.article_id, text.service) == ("", "")
    assert text.header["articleid"] == long


def test_a_row_that_the_database_refuses_is_told_and_the_others_stay(tmp_path, monkeypatch):
    made = rows._row
    monkeypatch.setattr(rows, "_row", lambda name, *rest: made(name, *rest) | ({"title": ""} if name == "b.md" else {}))
    tree = make_tree(tmp_path, {f"{letter}.md": selfhelp() for letter in "abcde"})
    report = run_import(tree)
    assert errors(report) == {("b.md", "not-stored")}
    assert (report.new, report.rejected) == (4, 1)
    assert ArticleText.objects.count() == 4


def test_a_reader_that_breaks_is_told_and_the_others_stay(tmp_path, monkeypatch):
    def break_on_b(data, path):
        if path == "b.md":
            raise ZeroDivisionError("made up")
        return read(data, path)

    read = rows.read
    monkeypatch.setattr(rows, "read", break_on_b)
    report = run_import(make_tree(tmp_path, {"a.md": selfhelp(), "b.md": selfhelp()}))
    assert errors(report) == {("b.md", "not-read")}
    assert ArticleText.objects.get().path == "a"


def test_a_killed_process_ends_the_import_with_words(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "outcome_of", lambda *_: os._exit(9))
    tree = make_tree(tmp_path, {f"n{number}.md": selfhelp() for number in range(70)})
    with pytest.raises(ValueError, match="run the import again"):
        run_import(tree)


def test_the_batch_size_leaves_no_text_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("portal.articles.importing.batches.SIZE", 3)
    tree = make_tree(tmp_path, {f"n{number}.md": selfhelp() for number in range(10)})
    assert run_import(tree).new == 10
    assert ArticleText.objects.count() == 10
