"""Translations that are older than their source: by its words, by the version another language was made from, by dates."""

import pytest

from portal.articles.health.comparing import share_changed
from portal.articles.health.models import Finding, Kind
from portal.articles.health.sources import sources
from portal.articles.health.staleness import Sign
from tests.factories import make_tree, native, run_import

pytestmark = pytest.mark.django_db


def stale() -> list[tuple[str, str]]:
    found = Finding.objects.filter(kind=Kind.STALE).order_by("text__locale")
    return list(found.values_list("text__locale", "code"))


def alchemy(locale: str, commit: str, day: str, body: str = "Ord.") -> str:
    header = f"title: T\nms.contentlocale: {locale}\nms.translationtype: MT\nms.sourcegitcommit: {commit}\nms.lasthandoff: {day}"
    return f"---\n{header}\n---\n# T\n\n{body}\n"


def sentence(target: str, source: str) -> str:
    return f'<span data-ttu-id="a-1">{target}</span><span class="sxs-lookup"><span data-stu-id="a-1">{source}</span></span>'


@pytest.fixture
def own(tmp_path):
    return make_tree(
        tmp_path, {"x/en-us.md": native(body="One.\n\nTwo."), "x/sv-se.md": native(title="Vår", body="Ett.\n\nTvå.")}
    )


def test_what_was_stored_together_is_fresh(own):
    run_import(own)
    assert stale() == []


def test_a_changed_source_makes_its_translation_stale_and_both_editions_are_kept(own):
    run_import(own)
    make_tree(own, {"x/en-us.md": native(body="One.\n\nThree.")})
    run_import(own)
    assert stale() == [("sv-se", Sign.SOURCE_CHANGED)]
    found = Finding.objects.select_related("text").get(kind=Kind.STALE)
    both = sources([found])[found.pk]
    assert ("Two." in both.then, "Three." in both.now) == (True, True)
    assert 0 < share_changed(both.then, both.now) < 1


def test_a_new_translation_is_fresh_again(own):
    run_import(own)
    make_tree(own, {"x/en-us.md": native(body="Three.")})
    run_import(own)
    make_tree(own, {"x/sv-se.md": native(title="Vår", body="Tre.")})
    run_import(own)
    assert stale() == []


def test_a_source_that_changes_back_frees_its_translation(own):
    run_import(own)
    for body in ("Three.", "One.\n\nTwo."):
        make_tree(own, {"x/en-us.md": native(body=body)})
        run_import(own)
    assert stale() == []


def test_a_later_date_of_the_source_is_a_sign_too(tmp_path):
    files = {"x/en-us.md": native(updated="2026-10-01"), "x/sv-se.md": native(title="Vår", updated="2026-03-01")}
    run_import(make_tree(tmp_path, files))
    assert stale() == [("sv-se", Sign.SOURCE_IS_NEWER)]


def test_another_language_made_later_from_another_version_tells(tmp_path):
    files = {
        "sv-SE/a.md": alchemy("sv-SE", "c1", "09/14/2020"),
        "de-DE/a.md": alchemy("de-DE", "c2", "08/05/2021"),
        "ja-JP/a.md": alchemy("ja-JP", "c2", "08/05/2021"),
    }
    run_import(make_tree(tmp_path, files))
    assert stale() == [("sv-se", Sign.OTHER_IS_NEWER)]


@pytest.mark.parametrize(("english", "found"), [("Words.", []), ("Other words.", [("sv-se", Sign.OTHER_IS_NEWER)])])
def test_the_english_kept_in_both_decides_over_the_version(tmp_path, english, found):
    files = {
        "sv-SE/a.md": alchemy("sv-SE", "c1", "09/14/2020", sentence("Ord.", "Words.")),
        "de-DE/a.md": alchemy("de-DE", "c2", "08/05/2021", sentence("Worte.", english)),
    }
    run_import(make_tree(tmp_path, files))
    assert stale() == found
    if found:
        finding = Finding.objects.select_related("text").get(kind=Kind.STALE)
        both = sources([finding])[finding.pk]
        assert (both.then, both.now) == ("Words.", english)
