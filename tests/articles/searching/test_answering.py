"""What a search answers: hits by words, operators, cloud and language, a page at a time, with counts beside."""

import pytest

from portal.articles.searching.wishes import BadMark, Count, Way
from portal.clouds import Cloud
from tests.articles.searching.asking import ask, found
from tests.factories import make_tree, native, run_import, selfhelp

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(tmp_path):
    def fill(**files):
        return run_import(
            make_tree(
                tmp_path, {f"{name.replace('__', '/').replace('_', '-')}.md": text for name, text in files.items()}
            )
        )

    return fill


def test_a_title_counts_more_than_a_body(library):
    library(body=selfhelp("Licences", "Of anchors and more."), title=selfhelp("Anchors", "Of licences and more."))
    assert found("anchors") == ["title.md", "body.md"]


def test_other_names_of_a_concept_are_found(library):
    library(a=selfhelp("Change a UPN"), b=selfhelp("Change a licence"))
    assert found("UserPrincipalName")[0] == "a.md"


def test_a_phrase_must_stand_as_it_is(library):
    library(a=selfhelp("A", "The soft match failed."), b=selfhelp("B", "A match, not soft."))
    assert found('"soft match"') == ["a.md"]
    assert set(found("soft match")) == {"a.md", "b.md"}


def test_an_excluded_word_may_not_stand_anywhere(library):
    library(a=selfhelp("Anchors", "In Exchange."), b=selfhelp("Anchors", "In the cloud."))
    assert found("anchors -exchange") == ["b.md"]


def test_it_filters_by_topic_product_and_kind(library):
    library(
        a=selfhelp("Anchors", supportTopicIds="111", productPesIds="14785"),
        b=selfhelp("Anchors", supportTopicIds="222", productPesIds="16666", selfHelpType="resource"),
    )
    assert found("anchors topic:111") == ["a.md"]
    assert found("anchors product:16666") == found("anchors kind:resource") == ["b.md"]
    assert found("topic:222") == ["b.md"]
    assert found("anchors", product="14785") == ["a.md"]


def test_it_filters_by_cloud(library):
    library(a=selfhelp("Anchors"), b=selfhelp("Anchors", cloudEnvironments="fairfax"))
    assert found("anchors", cloud=Cloud.FAIRFAX) == found("anchors cloud:fairfax") == ["b.md"]
    assert found("anchors", cloud=Cloud.PUBLIC) == ["a.md"]
    assert len(found("anchors")) == 2


def test_its_own_language_comes_before_english(library):
    library(
        one__sv_se=native("Källankare", "Om objekt."),
        one__en_us=native("Source anchors", "About objects."),
        two__en_us=native("Källankare in English", "About nothing else."),
    )
    answer = ask("källankare", locale="sv-se")
    assert [hit.locale for hit in answer.hits] == ["sv-se", "en-us"]
    assert answer.says_english


def test_english_is_offered_where_the_language_has_nothing(library):
    library(one__en_us=native("Source anchors", "About objects."))
    answer = ask("source anchors", locale="ar-sa")
    assert [hit.locale for hit in answer.hits] == ["en-us"]
    assert answer.says_english
    assert not ask("source anchors").says_english


def test_the_english_of_an_article_there_is_in_her_language_is_left_out(library):
    library(one__sv_se=native("Källankare", "UserPrincipalName"), one__en_us=native("Anchors", "UserPrincipalName"))
    assert [hit.locale for hit in ask("UserPrincipalName", locale="sv-se").hits] == ["sv-se"]


def test_other_languages_are_offered_where_english_has_nothing(library):
    library(one__sv_se=native("Källankare", "Om objekt."))
    answer = ask("källankare")
    assert [hit.locale for hit in answer.hits] == ["sv-se"]
    assert answer.other_languages


def test_pages_follow_each_other_without_gap_or_double(library):
    library(**{f"a{number}": selfhelp(f"Anchors {number}", "Same words.") for number in range(25)})
    seen, after = [], ""
    while True:
        answer = ask("anchors", limit=10, after=after)
        seen += [hit.text.source_path for hit in answer.hits]
        after = answer.next
        if not after:
            break
    assert answer.total == len(seen) == len(set(seen)) == 25
    assert seen[:10] == found("anchors", limit=10)


@pytest.mark.parametrize("mark", ["x", "W10", "[1,2]", "bnVsbA", "é", "=" * 1000, "\0"])
def test_a_made_up_mark_is_refused(mark):
    with pytest.raises(BadMark):
        ask("x", after=mark)


def test_it_counts_hits_by_collection_kind_and_product(library):
    library(
        a=selfhelp("Anchors", productPesIds="14785"),
        b=selfhelp("Anchors", productPesIds="14785, 16666", selfHelpType="resource"),
    )
    facets = ask("anchors").facets
    assert facets["collection"] == (Count(value="selfhelp", hits=2),)
    assert set(facets["kind"]) == {Count(value="generic", hits=1), Count(value="resource", hits=1)}
    assert facets["product"] == (Count(value="14785", hits=2), Count(value="16666", hits=1))


def test_an_id_leads_straight_to_what_it_names(library):
    library(a=selfhelp("Anchors", supportTopicIds="32629809", productPesIds="16666", articleId="abc"))
    assert [(one.way, one.value) for one in ask("32629809").direct] == [(Way.TOPIC, "32629809")]
    assert [one.way for one in ask("16666").direct] == [Way.PRODUCT]
    assert ask("99").direct == ()


def test_a_slip_of_the_finger_is_corrected(library):
    library(a=selfhelp("Synchronization of anchors"), b=selfhelp("Licences"))
    assert ask("synchronizaton anhcors").did_you_mean == "synchronization anchors"
    assert ask("synchronized anchors").did_you_mean == ""
    assert ask("xyzzyx").did_you_mean == ""


def test_chinese_words_are_found_inside_a_sentence(library):
    library(one__zh_cn=native("源锚点丢失", "属性无法同步。"), two__zh_cn=native("许可证", "没有。"))
    assert [hit.text.title for hit in ask("锚点").hits] == ["源锚点丢失"]


@pytest.mark.parametrize(
    "text", ["", " ", '"', "-", "\0", "\ud800", "topic:", "a" * 1_000_000, "x " * 100_000, "%' OR 1=1 --", "\\", '"("']
)
def test_any_text_is_answered(text):
    assert ask(text).hits == ()


def test_common_words_find_texts_when_rare_ones_do_not(library):
    library(**{f"a{number}": selfhelp(f"Error {number}", "An error.") for number in range(8)})
    assert len(found("error " * 30)) == 8
    assert len(found("error zyzzyva quxquux")) == 8
