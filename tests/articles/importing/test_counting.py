"""Importing a tree: what is new, changed and unchanged, and that nothing is written twice."""

import pytest
from django.db import connection

from portal.articles.importing import Request, import_tree, rows
from portal.articles.models import ArticleText, ContentVersion, ImportRun, Media
from tests.factories import make_tree, run_import, selfhelp

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n made up"


def counts(report):
    return {name: number for name, number in report.as_dict()["counts"].items() if number}


def state():
    """Every row with the transaction that wrote it, and the content version."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text, xmin::text, ctid::text FROM portal_articletext "
            "UNION ALL SELECT id::text, xmin::text, ctid::text FROM portal_media ORDER BY 1, 2, 3"
        )
        return cursor.fetchall(), ContentVersion.objects.get().number, ImportRun.objects.count()


def test_it_stores_what_is_new(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp("One"), "deep/b.md": selfhelp("Two"), "pic.png": PNG})
    assert counts(run_import(tree)) == {"read": 2, "new": 2, "pictures": 1}
    assert set(ArticleText.objects.values_list("collection", "path", "locale", "title")) == {
        ("selfhelp", "a", "en-us", "One"),
        ("selfhelp", "deep/b", "en-us", "Two"),
    }
    assert bytes(Media.objects.get().content) == PNG


def test_a_second_run_writes_nothing(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp("One"), "b.md": selfhelp("Two", body="](x) [](y)"), "pic.png": PNG})
    first = run_import(tree)
    before = state()
    second = run_import(tree)
    assert counts(second) == {"read": 2, "unchanged": 2}
    assert second.in_order() == first.in_order()
    assert state() == before


def test_a_second_run_below_writes_nothing_either(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp("One"), "deep/b.md": selfhelp("Two"), "pic.png": PNG})
    run_import(tree)
    before = state()
    assert counts(run_import(tree / "deep")) == {"read": 1, "unchanged": 1}
    assert counts(run_import(tree / "a.md")) == {"read": 1, "unchanged": 1}
    assert counts(run_import(tree)) == {"read": 2, "unchanged": 2}
    assert state() == before


def test_it_stores_only_what_changed(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp("One"), "b.md": selfhelp("Two")})
    run_import(tree)
    untouched = ArticleText.objects.get(path="a").stored_at
    make_tree(tmp_path, {"b.md": selfhelp("Three"), "c.md": selfhelp("Four")})
    assert counts(run_import(tree)) == {"read": 3, "new": 1, "changed": 1, "unchanged": 1}
    assert ArticleText.objects.get(path="b").title == "Three"
    assert ArticleText.objects.get(path="a").stored_at == untouched


def test_a_changed_renderer_renders_every_text_anew(tmp_path, monkeypatch):
    tree = make_tree(tmp_path, {"a.md": selfhelp("One")})
    run_import(tree)
    monkeypatch.setattr(rows, "_code", lambda: b"a newer version")
    assert counts(run_import(tree)) == {"read": 1, "changed": 1}


def test_the_fingerprint_is_of_the_code_and_of_the_locale_given():
    assert rows.fingerprint(None) != rows.fingerprint("sv-se")
    assert rows._code() == rows._code.__wrapped__()


def test_a_changed_picture_is_stored_again(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp(), "pic.png": PNG})
    run_import(tree)
    make_tree(tmp_path, {"pic.png": PNG + b"!"})
    assert counts(run_import(tree)) == {"read": 1, "unchanged": 1, "pictures": 1}
    assert bytes(Media.objects.get().content) == PNG + b"!"


def test_a_dry_run_tells_all_and_stores_nothing(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp(), "gone.md": selfhelp(), "stays.md": selfhelp(), "pic.png": PNG})
    run_import(tree)
    before = state()
    (tree / "gone.md").unlink()
    make_tree(
        tmp_path, {"a.md": selfhelp("Other"), "new.md": selfhelp(), "bad.md": "---\n: [\n", "pic.png": PNG + b"!"}
    )
    report = run_import(tree, dry_run=True, prune=True)
    assert (report.new, report.changed, report.removed, report.pictures) == (1, 1, 1, 1)
    assert state() == before


def test_many_files_are_worked_out_in_processes(tmp_path):
    tree = make_tree(tmp_path, {f"n{number:03}.md": selfhelp(f"Number {number}") for number in range(90)})
    seen = []
    report = import_tree(Request(path=tree), progress=lambda done, total: seen.append((done, total)))
    assert counts(report) == {"read": 90, "new": 90}
    assert seen[0] == (0, 90)
    assert seen[-1] == (90, 90)
    assert ArticleText.objects.get(path="n042").title == "Number 42"


def test_the_version_rises_with_every_change_and_only_then(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp()})
    before = ContentVersion.objects.get().number
    run_import(tree)
    after = ContentVersion.objects.get().number
    assert after > before
    run_import(tree)
    assert ContentVersion.objects.get().number == after


def test_the_record_of_a_run_holds_its_problems(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp(strangeKey="1")})
    report = run_import(tree)
    run = ImportRun.objects.get()
    assert run.collection == "selfhelp"
    assert run.report == report.as_dict()
    assert run.started_at <= run.ended_at
