"""One file in, one Source out, whatever dialect it is in; what is no article or cannot be read says why."""

import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.markup.reading import MOST_PROBLEMS, read
from portal.markup.source import Kind, NotAnArticle, Source, Unreadable

SELFHELP = """<properties
    pageTitle="A \\_title\\_"
    selfHelpType="Generic"
    articleId=" Some-ID "
    service="Contoso.Things"
    resourceTags="TagOne, tagone, other"
    supportTopicIds="111, 222"
    productPesIds="14749"
    cloudEnvironments="public, FairFax"
    disableClouds="fairfax"
    displayOrder="3"
    authors="ann"
    someKey="kept"
/>

# Title

Words.
"""

ALCHEMY = """---
title: Ett fel
author: ann
ms.author: bob
ms.date: 04/21/2020
ROBOTS: NOINDEX, NOFOLLOW
ms.custom:
- "77"
- "9000123"
ms.openlocfilehash: x
ms.translationtype: MT
ms.contentlocale: sv-SE
ms.lasthandoff: 10/28/2020
---
# <a name="a-fault"></a>Ett fel

Ord.
"""

LEARN = """---
title: A docs article
services: active-directory
ms.service: active-directory
ms.date: 01/26/2023
ms.custom: has-a-label
---

# A docs article
"""

NATIVE = """---
title: Ours
description: Words about it
topics: ["32629809"]
products: ["16666"]
clouds: [public, mooncake]
flow: object-not-syncing
updated: 2026-06-01
translation: human
---

# Ours
"""


def source(text: str) -> Source:
    return read(text.encode(), "folder/file.md")


def codes(text: str) -> list[str]:
    return [problem.code for problem in source(text).problems]


def test_a_self_help_file():
    found = source(SELFHELP)
    header = found.header
    assert (found.dialect, found.kind, header.kind) == ("selfhelp", Kind.GENERIC, Kind.GENERIC)
    assert (header.title, header.article_id) == ("A _title_", "some-id")
    assert (header.service, header.tags) == ("contoso.things", ("tagone", "other"))
    assert (header.topics, header.products) == (("111", "222"), ("14749",))
    assert (header.clouds, header.clouds_stated) == (("public",), True)
    assert (header.display_order, header.authors, header.locale) == (3, ("ann",), None)


def test_the_body_starts_on_the_line_it_says():
    found = source(SELFHELP)
    assert found.body == "# Title\n\nWords.\n"
    assert SELFHELP.split("\n")[found.body_line - 1] == "# Title"


def test_unknown_keys_are_kept_and_noted_with_their_line():
    found = source(SELFHELP)
    assert found.header.raw["somekey"] == "kept"
    assert [(problem.code, problem.line, problem.path) for problem in found.problems] == [
        ("unknown-key", 13, "folder/file.md")
    ]


def test_an_alchemy_file():
    found = source(ALCHEMY)
    header = found.header
    assert (found.dialect, found.kind) == ("alchemy", Kind.ALCHEMY)
    assert (header.topics, header.locale, header.translation) == (("77", "9000123"), "sv-se", "machine")
    assert (header.updated, header.translated_on) == (date(2020, 4, 21), date(2020, 10, 28))
    assert (header.robots, header.authors) == ("noindex, nofollow", ("ann", "bob"))
    assert (len(header.clouds), header.clouds_stated) == (6, False)
    assert found.original_body is None
    assert found.pairs == ()


def test_a_learn_file():
    found = source(LEARN)
    assert (found.dialect, found.kind) == ("learn", Kind.LEARN)
    assert (found.header.topics, found.header.updated) == ((), date(2023, 1, 26))


def test_our_own_file():
    found = source(NATIVE)
    header = found.header
    assert (found.dialect, found.kind) == ("native", Kind.NATIVE)
    assert (header.topics, header.flow) == (("32629809",), "object-not-syncing")
    assert (header.clouds, header.translation, header.updated) == (("public", "mooncake"), "human", date(2026, 6, 1))
    assert found.problems == ()


@pytest.mark.parametrize(
    ("keys", "dialect"),
    [
        ("title: t\nms.custom: 77", "alchemy"),
        ("title: t\nms.custom: ''", "alchemy"),
        ("title: t\nms-custom:\n- '77'", "alchemy"),
        ("title: t\nms.contentlocale: sv-SE", "alchemy"),
        ("title: t\nservices: x\nms.openlocfilehash: y\nms.contentlocale: sv-SE", "learn"),
        ("title: t\nms.service: x", "learn"),
        ("title: t\nms.service: x\nms.custom: label", "learn"),
        ("title: t\ntopics: [1]\nms.date: 01/01/2020", "learn"),
        ("title: t\ntopics: [1]", "native"),
        ("title: t\nclouds: all", "native"),
        ("title: t\ntranslation: machine", "native"),
        ("title: t", "learn"),
    ],
)
def test_the_dialect_shows_in_the_content(keys, dialect):
    assert source(f"---\n{keys}\n---\n# T\n").dialect == dialect


def test_a_bilingual_file_has_both_sides_and_its_pairs():
    pair = '<span data-ttu-id="ab123-101">Ett</span>'
    pair += '<span class="sxs-lookup"><span data-stu-id="ab123-101">One</span></span>'
    found = source(ALCHEMY.replace("Ett fel\n\nOrd.", f"{pair}\n\nOrd."))
    assert found.body == '# <a name="a-fault"></a>Ett\n\nOrd.\n'
    assert found.original_body == '# <a name="a-fault"></a>One\n\nOrd.\n'
    assert found.marked_body == '# <a name="a-fault"></a>\ue000ab123-101\ue001Ett\ue002\n\nOrd.\n'
    assert [(one.unit, one.target, one.source) for one in found.pairs] == [("ab123-101", "Ett", "One")]
    assert found.header.original_title == "One"


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("resource", Kind.RESOURCE),
        ("Apollo", Kind.APOLLO),
        ("TSG_Content", Kind.TSG_CONTENT),
        ("PartnerCenterQuickStart", Kind.QUICKSTART),
        ("serviceHealthInsights", Kind.SERVICEHEALTHINSIGHTS),
        (" generic ", Kind.GENERIC),
    ],
)
def test_kinds_in_any_spelling(written, kind):
    assert source(SELFHELP.replace("Generic", written)).kind is kind


@pytest.mark.parametrize("written", ["health", "native", "alchemy", "other", ""])
def test_an_unknown_kind_is_kept_for_staff_and_reported(written):
    found = source(SELFHELP.replace("Generic", written))
    assert found.kind is Kind.OTHER
    assert not found.kind.is_for_readers
    assert "unknown-kind" in [problem.code for problem in found.problems]


def test_the_kinds_for_readers_and_those_that_are_data():
    assert [kind for kind in Kind if kind.is_for_readers] == [
        "generic", "resource", "apollo", "tools", "quickstart", "alchemy", "learn", "native",
    ]  # fmt: skip
    assert not any(kind.is_json and kind.is_for_readers for kind in Kind)


def test_a_json_kind_has_data_and_the_words_around_it():
    text = SELFHELP.replace("Generic", "problemScopingQuestions").replace("Words.", '---\n{"title": "x",}\n---')
    found = source(text)
    assert (found.data, found.body) == ({"title": "x"}, "# Title")
    assert ("json-trailing-comma", 19) in [(problem.code, problem.line) for problem in found.problems]


def test_json_that_cannot_be_read_names_file_line_and_cure():
    text = SELFHELP.replace("Generic", "problemScopingQuestions").replace("Words.", '---\n{"title" "x"}\n---')
    with pytest.raises(Unreadable) as caught:
        source(text)
    assert (caught.value.problem.path, caught.value.problem.line) == ("folder/file.md", 19)
    assert "Correct it here." in str(caught.value)


def test_words_before_the_header_become_part_of_the_body():
    text = '# Real title\n<properties\n  selfHelpType="generic"\n  cloudEnvironments="public"\n/>\nWords.\n'
    found = source(text)
    assert found.body == "# Real title\n\n\n\n\nWords.\n"
    assert text.split("\n")[5] == found.body.split("\n")[5] == "Words."
    assert codes(text) == ["text-before-header"]


def test_a_comment_before_the_header_does_not():
    found = source("<!-- note -->\n" + SELFHELP)
    assert found.body == "# Title\n\nWords.\n"
    assert found.body_line == 17


def test_text_on_the_last_line_of_the_header_is_kept():
    assert source('<properties selfHelpType="generic" /> Words.\n').body == " Words.\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\n", "empty"),
        ("# Read me\n\nHow to contribute.\n", "no header"),
        ("## Week of 1 June\n\n| a | b |\n", "no header"),
        ("### YamlMime:FAQ\ntitle: x\n", "YamlMime"),
        ("---\nlayout: post\n---\n# T\n", "no key of an article"),
        ("---\n\nWords\n\n---\n", "no header"),
        ("Write `<properties a='b' />` first.", "no header"),
    ],
)
def test_what_is_no_article_says_why(text, reason):
    with pytest.raises(NotAnArticle, match=reason):
        source(text)


def test_problems_come_in_the_order_of_their_lines_and_not_without_end():
    text = '<properties\nselfHelpType="generic"\n' + 'a="1",\n' * 300 + "/>\n# T\n"
    problems = source(text).problems
    assert len(problems) == MOST_PROBLEMS + 1
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)
    assert problems[-1].code == "more-problems"


@pytest.mark.parametrize("text", [SELFHELP, ALCHEMY, LEARN, NATIVE])
def test_what_is_read_can_be_sent_between_processes(text):
    assert pickle.loads(pickle.dumps(source(text))) == source(text)


def test_refusals_can_be_sent_between_processes():
    with pytest.raises(Unreadable) as unreadable:
        source("---\ntitle: x\n")
    assert pickle.loads(pickle.dumps(unreadable.value)).problem == unreadable.value.problem
    assert pickle.loads(pickle.dumps(NotAnArticle("x"))).reason == "x"


HEADS = st.sampled_from(["", SELFHELP, ALCHEMY, LEARN, NATIVE, SELFHELP.replace("Generic", "TSG_Questions")])
BODIES = st.text(alphabet='<span data-ttu-id="x">/\n`#-{}[]:, \ue000\x00éÃ¶&;', max_size=200)


@given(HEADS, BODIES, st.integers(0, 400), st.binary(max_size=8))
def test_no_file_breaks_it(head, body, cut, noise):
    data = (head + body).encode()
    data = data[:cut] + noise + data[cut:]
    try:
        found = read(data, "a.md")
    except (NotAnArticle, Unreadable):
        return
    assert "\0" not in found.body
    assert found.body_line >= 1
    assert all(problem.message.endswith((".", "?")) and problem.path == "a.md" for problem in found.problems)
