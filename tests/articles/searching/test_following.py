"""The index follows every import, in the transaction of its texts."""

import pytest
from django.core.management import call_command
from django.db import connection

from portal.articles.importing import batches
from portal.articles.models import ArticleText
from portal.articles.searching import documents, indexing, statistics
from portal.articles.searching.models import Posting, SearchDocument, SearchTerm
from tests.articles.searching.asking import found
from tests.factories import make_tree, run_import, selfhelp

pytestmark = pytest.mark.django_db


def tree(folder, **bodies):
    return make_tree(folder, {f"{name}.md": selfhelp(name, body) for name, body in bodies.items()})


def test_it_finds_what_was_imported(tmp_path):
    run_import(tree(tmp_path, anchors="The source anchor is missing.", licences="Nobody has one."))
    assert found("source anchors") == ["anchors.md"]


def test_it_forgets_the_words_of_an_older_version(tmp_path):
    run_import(tree(tmp_path, one="quarantined"))
    run_import(tree(tmp_path, one="released"))
    assert found("quarantined") == []
    assert found("released") == ["one.md"]


def test_a_prune_takes_rows_out(tmp_path):
    run_import(tree(tmp_path, one="quarantined", two="quarantined", three="x"))
    (tmp_path / "one.md").unlink()
    run_import(tmp_path, prune=True)
    assert found("quarantined") == ["two.md"]
    assert Posting.objects.values("text_id").distinct().count() == SearchDocument.objects.count() == 2


def test_a_text_that_moves_takes_its_rows_along(tmp_path):
    run_import(make_tree(tmp_path, {"one.md": selfhelp("Moved", "quarantined")}), locale="en-us")
    run_import(tmp_path, locale="sv-se")
    assert set(Posting.objects.values_list("text_id", flat=True)) == set(
        ArticleText.objects.values_list("pk", flat=True)
    )


def test_only_what_readers_see_is_indexed(tmp_path):
    run_import(make_tree(tmp_path, {"a.md": selfhelp("Advice", "quarantined", selfHelpType="rca")}))
    assert ArticleText.objects.count() == 1
    assert not Posting.objects.exists()


def test_a_text_that_readers_see_no_more_leaves(tmp_path):
    run_import(make_tree(tmp_path, {"a.md": selfhelp("Advice", "quarantined")}))
    run_import(make_tree(tmp_path, {"a.md": selfhelp("Advice", "quarantined", selfHelpType="rca")}))
    assert not Posting.objects.exists()


def test_a_dry_run_indexes_nothing(tmp_path):
    run_import(tree(tmp_path, one="quarantined"), dry_run=True)
    assert not Posting.objects.exists()


def test_an_import_that_breaks_leaves_the_old_index_serving(tmp_path, monkeypatch):
    run_import(tree(tmp_path, one="quarantined"))

    def broken(rows):
        raise RuntimeError("the index cannot be written")

    monkeypatch.setattr(batches.indexing, "store", broken)
    with pytest.raises(RuntimeError):
        run_import(tree(tmp_path, one="released", two="quarantined"))
    assert found("quarantined") == ["one.md"]
    assert found("released") == []


def test_terms_are_counted_anew(tmp_path):
    run_import(tree(tmp_path, one="quarantined", two="quarantined", three="x"))
    counted = dict(SearchTerm.objects.values_list("term", "texts"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT term, count(*) FROM portal_posting GROUP BY term HAVING count(*) > 1")
        assert counted == dict(cursor.fetchall())


def test_what_an_interrupted_import_left_uncounted_is_counted_by_the_next(tmp_path, monkeypatch):
    with monkeypatch.context() as interrupted:
        interrupted.setattr(statistics, "refresh", lambda: None)
        run_import(tree(tmp_path, one="quarantined", two="quarantined"))
    run_import(tree(tmp_path, three="x"))
    assert 2 in SearchTerm.objects.values_list("texts", flat=True)


def test_texts_of_an_older_index_are_indexed_anew(tmp_path, monkeypatch, capsys):
    with monkeypatch.context() as older:
        older.setattr(documents, "version", lambda: "older")
        run_import(tree(tmp_path, one="quarantined"))
    before = set(Posting.objects.values_list("term", "impact"))
    Posting.objects.all().update(impact=1)
    call_command("index_search")
    assert set(Posting.objects.values_list("term", "impact")) == before
    assert indexing.lacking() == []
    capsys.readouterr()
    call_command("index_search")
    assert "holds every text" in capsys.readouterr().out


def test_texts_stored_before_there_was_an_index_get_into_it(tmp_path):
    run_import(tree(tmp_path, one="quarantined"))
    SearchDocument.objects.all().delete()
    Posting.objects.all().delete()
    call_command("index_search")
    assert found("quarantined") == ["one.md"]
