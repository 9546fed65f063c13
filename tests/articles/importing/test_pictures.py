"""Pictures and drawings: stored, drawn for each language and colour scheme, found again by the texts that name them."""

import pytest

from portal.articles.models import ArticleText, Media
from tests.factories import make_tree, native, run_import, selfhelp

pytestmark = pytest.mark.django_db

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 40" fill="none"><title id="title">A drawing</title>'
    '<desc id="desc">What it shows.</desc><text id="word" x="50" y="20" text-anchor="middle" fill="#1b1f24">Word</text></svg>'
)
WORDS = 'title = "En bild"\ndesc = "Vad den visar."\nword = "Ord"\n'


def paths():
    return set(Media.objects.values_list("path", flat=True))


def test_a_drawing_is_stored_for_each_language_and_scheme(tmp_path):
    files = {"slug/en-us.md": native(), "slug/media/d.svg": DRAWING, "slug/media/d.sv-se.toml": WORDS}
    run_import(make_tree(tmp_path, files))
    assert paths() == {
        f"slug/media/d.{scheme}.{code}.svg" for scheme in ("light", "dark") for code in ("en-us", "sv-se")
    }
    assert "Ord" in bytes(Media.objects.get(path="slug/media/d.light.sv-se.svg").content).decode()


def test_a_language_taken_away_from_a_drawing_is_pruned(tmp_path):
    files = {
        "slug/en-us.md": native(),
        "slug/sv-se.md": native(),
        "slug/media/d.svg": DRAWING,
        "slug/media/d.sv-se.toml": WORDS,
    }
    tree = make_tree(tmp_path, files)
    run_import(tree)
    (tree / "slug/media/d.sv-se.toml").unlink()
    run_import(tree, prune=True)
    assert paths() == {"slug/media/d.light.en-us.svg", "slug/media/d.dark.en-us.svg"}


def test_a_drawing_is_pruned_with_all_its_variants(tmp_path):
    files = {f"s{n}/en-us.md": native() for n in range(4)}
    tree = make_tree(tmp_path, {**files, "slug/media/d.svg": DRAWING, "slug/media/d.sv-se.toml": WORDS})
    assert run_import(tree).pictures == 4
    (tree / "slug/media/d.svg").unlink()
    run_import(tree, prune=True)
    assert paths() == set()


def test_a_broken_drawing_keeps_its_last_good_pictures(tmp_path):
    tree = make_tree(tmp_path, {"slug/en-us.md": native(), "slug/media/d.svg": DRAWING})
    run_import(tree)
    before = paths()
    make_tree(tmp_path, {"slug/media/d.svg": DRAWING.replace("</svg>", "<script>act()</script></svg>")})
    report = run_import(tree, prune=True)
    assert paths() == before
    assert {problem.path for problem in report.problems if problem.severity == "error"} == {"slug/media/d.svg"}


def test_a_picture_that_is_too_large_is_rejected(tmp_path):
    tree = make_tree(tmp_path, {"a.md": selfhelp()})
    with open(tree / "large.png", "wb") as file:
        file.truncate(6 * 1024 * 1024)
    report = run_import(tree)
    assert report.rejected == 1
    assert not Media.objects.exists()


def test_a_text_shows_its_picture_once_it_is_there(tmp_path, client):
    tree = make_tree(tmp_path, {"deep/a.md": selfhelp(body="![A sight](media/p&q.png)")})
    missing = run_import(tree)
    assert {problem.code for problem in missing.problems} >= {"picture-not-found"}
    address = "/en-us/public/articles/selfhelp/deep/a/"
    assert "/media/selfhelp/" not in client.get(address).content.decode()
    make_tree(tmp_path, {"deep/media/p&q.png": b"a picture"})
    found = run_import(tree)
    assert not {problem.code for problem in found.problems} & {"picture-not-found"}
    page = client.get(address).content.decode()
    assert 'src="/media/selfhelp/deep/media/p&amp;q.png"' in page
    assert 'alt="A sight"' in page
    assert bytes(client.get("/media/selfhelp/deep/media/p&q.png").content) == b"a picture"
    assert ArticleText.objects.get().problems == []
