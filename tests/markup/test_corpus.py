"""Every file of the shared corpus is read as dialects.md says, the twenty nasty ones of its section 7 among them."""

import re
from collections import Counter
from functools import cache

import pytest

from portal.markup.reading import read
from portal.markup.source import Kind, Source, Unreadable
from tests.shared import CORPUS, SHARED, needs_shared

pytestmark = needs_shared

SELFHELP = CORPUS / "selfhelp" / "articles"
LOCALES = ["ar-SA", "de-DE", "ja-JP", "sv-SE"]


@cache
def bytes_of(tree: str) -> dict[str, bytes]:
    root = CORPUS / tree
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@cache
def sources(tree: str) -> tuple[dict[str, Source], list[Unreadable]]:
    found, refused = {}, []
    for path, data in bytes_of(tree).items():
        try:
            found[path] = read(data, path)
        except Unreadable as error:
            refused.append(error)
    return found, refused


def selfhelp(path: str) -> Source:
    return read((SELFHELP / path).read_bytes(), path)


def codes(source: Source) -> set[str]:
    return {problem.code for problem in source.problems}


def test_the_self_help_tree_is_read():
    found, refused = sources("selfhelp")
    assert len(found) + len(refused) == 3121
    assert len(refused) <= 3
    assert {source.dialect for source in found.values()} == {"selfhelp"}
    assert not [path for path, source in found.items() if source.kind is Kind.OTHER]


def test_every_self_help_file_has_its_main_keys():
    found, _ = sources("selfhelp")
    assert all(source.header.article_id for source in found.values())
    assert all(source.header.clouds and source.header.clouds_stated for source in found.values())
    assert all(source.data for source in found.values() if source.kind.is_json)
    assert not [path for path, source in found.items() if "<properties" in source.body[:2000].casefold()]


def test_bodies_start_on_the_lines_they_say():
    for path, data in bytes_of("selfhelp").items():
        source = sources("selfhelp")[0][path]
        first = source.body.split("\n")[0]
        if first.isascii() and not source.kind.is_json:
            line = re.split(b"\r\n|\n", data)[source.body_line - 1].decode("utf-8", "replace")
            assert line.endswith(first), path


@pytest.mark.parametrize("locale", LOCALES)
def test_the_alchemy_tree_is_read(locale):
    found = {path: source for path, source in sources("alchemy")[0].items() if path.startswith(locale)}
    assert len(found) == 300
    assert {(source.dialect, source.header.locale) for source in found.values()} == {("alchemy", locale.casefold())}
    assert not any(source.pairs for source in found.values())


@pytest.mark.parametrize("locale", LOCALES)
def test_the_bilingual_tree_comes_apart(locale):
    found = {path: source for path, source in sources("alchemy-sxs")[0].items() if path.startswith(locale)}
    assert len(found) == 297
    assert all(source.pairs and source.original_body for source in found.values())
    assert not [path for path, source in found.items() if "data-ttu-id" in source.body or "sxs-lookup" in source.body]


def test_no_pair_of_the_bilingual_tree_is_lost():
    found, refused = sources("alchemy-sxs")
    assert refused == []
    spans = sum(data.count(b"data-stu-id=") for data in bytes_of("alchemy-sxs").values())
    assert sum(len(source.pairs) for source in found.values()) == spans == 10_341
    assert not [
        path for path, source in found.items() if any(not pair.target or not pair.source for pair in source.pairs)
    ]


def test_marks_carry_every_unit_on_both_sides():
    for source in sources("alchemy-sxs")[0].values():
        for marked, plain in ((source.marked_body, source.body), (source.marked_original, source.original_body)):
            units = re.findall("\ue000([^\ue001]*)\ue001", marked)
            assert list(dict.fromkeys(units)) == [pair.unit for pair in source.pairs]
            assert re.sub("\ue000[^\ue001]*\ue001|\ue002", "", marked) == plain


def test_no_real_file_gets_a_heap_of_problems():
    counted = Counter(problem.code for source in sources("selfhelp")[0].values() for problem in source.problems)
    assert counted["unknown-key"] == 0
    assert max(counted.values()) < 20


def test_nasty_1_a_quote_never_closed():
    source = selfhelp("microsoft.classiccompute/classiccompute-cantconnecttomylinuxvm-mooncake.md")
    assert (source.header.authors, source.header.display_order) == (("ScottAzure", "scotro"), 2)
    assert (source.header.clouds, codes(source)) == (("mooncake",), {"quote-not-closed"})


def test_nasty_2_a_comma_between_keys():
    source = selfhelp("advisorrecommendation.networkbastionhosts/bastiondeleteandrecreate-public.md")
    assert source.header.raw["ownershipid"] == "CloudNet_AzureBastion"
    assert (source.kind, codes(source)) == (Kind.ADVISOR, {"comma-in-header"})


def test_nasty_3_comments_before_header_and_title():
    source = selfhelp("microsoft.blueprint/blueprint-assignment-issues.md")
    assert source.header.topics == ("32739608",)
    assert source.body.startswith("<!-- H1s")


def test_nasty_4_an_invisible_character_between_keys():
    source = selfhelp("microsoft.network.dns/dns-cantcreaterecord.md")
    assert (source.header.tags, len(source.header.clouds), codes(source)) == ((), 4, {"odd-space"})


def test_nasty_5_a_line_break_in_the_title():
    source = selfhelp(
        "microsoft.billing-questions-about-spending-limit-tsg/"
        "content-free-trial--44p---fairfax-free-trial--ms-azr-usgov-0044p--6.md"
    )
    assert source.header.title == "Free Trial (44P) Fairfax Free Trial (MS-AZR-USGov-0044P)"


def test_nasty_6_topics_that_are_words():
    source = selfhelp("microsoft.activedirectory/active-directory-domainservices-healthalert.md")
    assert (source.header.topics, source.header.products) == ((), ("14785", "16577"))
    assert codes(source) == {"topic-not-an-id"}


def test_nasty_7_a_windows_1252_byte_in_json():
    source = selfhelp("problemscopingques.sqlvm/v2-problemscopingques-clusteringtechnologies.md")
    assert codes(source) == {"not-utf-8"}
    assert source.data["formElements"]


def test_nasty_8_a_key_without_quotes():
    source = selfhelp("microsoft.bot/problemscopingques-deploybotcli.md")
    assert codes(source) == {"json-key-not-quoted"}
    assert any(element.get("visibility") for element in source.data["formElements"])


def test_nasty_9_a_trailing_comma_and_an_upper_case_guid():
    source = selfhelp("tsgQuestions/gateway-502-error.md")
    assert source.header.article_id == "d88f3f43-0cc3-4143-aced-c4820b56e8ec"
    assert (source.kind, codes(source)) == (Kind.TSG_QUESTIONS, {"json-trailing-comma"})


def test_nasty_10_a_raw_control_character():
    source = selfhelp(
        "problemscopingques.insights.components/configuring-and-sending-data-from-application-insights-sdks.md"
    )
    assert codes(source) == {"json-control-character"}


@pytest.mark.parametrize(
    "path",
    [
        "problemscopingques.storage/problemscopingques-adlsegn2-datamigration-troubleshooting.md",
        "problemscopingques.orcas.quota/mariadb-quota.md",
    ],
)
def test_nasty_11_and_12_forms_with_odd_values(path):
    source = selfhelp(path)
    assert (source.kind, bool(source.data["formElements"])) == (Kind.PROBLEMSCOPINGQUESTIONS, True)


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("microsoft.storage/storage-accmgmt-recover-acc.md", "<button"),
        ("microsoft.datafactory/datafactory-v2-dataflowdiagnostics-insight.md", "<dl"),
        ("microsoft.mongodb-error-or-unexpected-result-tsg/solution---delete-with-shard-key-issue.md", "<script"),
        (
            "microsoft.virtualmachines.rca.tdp/virtualmachine-tdp-gt-rca-vm-allocation-failure-asr-newvm.md",
            "<!--$ Scenario-->",
        ),
    ],
)
def test_nasty_13_to_16_bodies_are_left_to_the_renderer(path, kept):
    assert kept in selfhelp(path).body


def test_nasty_17_blanks_in_the_path_and_a_guid_topic():
    source = selfhelp("microsoft.sql/database x on server y is not currently available_Apollo.md")
    assert (source.kind, source.header.topics) == (Kind.APOLLO, ("278a9b19-4bb9-af84-f8b6-ec40601d9a5e",))


def test_nasty_18_keys_in_lower_case():
    source = selfhelp("apollo/c590c6e7-defb-4906-93be-c50e3f1ca39f.md")
    assert source.header.article_id == "c590c6e7-defb-4906-93be-c50e3f1ca39f"
    assert "<videoGroup" in source.body


@pytest.mark.parametrize("locale", LOCALES)
def test_nasty_19_a_span_inside_a_span(locale):
    path = f"{locale}/AlchemyInsights/workflow-email-not-being-sent.md"
    source = sources("alchemy-sxs")[0][path]
    assert source.original_body.count("<span>https:</span>") == 1
    assert source.body.count("<span") == source.body.count("</span>")
    assert (len(source.pairs), codes(source)) == (15, set())
    assert "<span>https:</span>" in sources("alchemy")[0][path].body


@pytest.mark.parametrize("locale", LOCALES)
def test_nasty_20_a_misspelt_ms_custom(locale):
    source = sources("alchemy")[0][f"{locale}/AlchemyInsights/find-status-of-your-microsoft-365-ticket.md"]
    assert (source.header.topics, codes(source)) == (("9002251", "4362"), {"misspelt-key"})


def spec() -> list[Source]:
    return [read(path.read_bytes(), path.name) for path in sorted((SHARED / "spec").iterdir())]


def test_the_five_documents_of_the_spec():
    found = [(source.kind, source.header.topics, source.header.article_id) for source in spec()]
    assert found == [
        (Kind.GENERIC, ("32629809",), "57148c7d-b106-4b71-9e27-8048ceb3ea36"),
        (Kind.RESOURCE, (), ""),
        (Kind.GENERIC, ("32629808",), ""),
        (Kind.LEARN, (), ""),
        (Kind.ALCHEMY, ("7855", "9004348"), ""),
    ]


def test_the_clouds_and_tags_of_the_spec():
    first, second, third, *_ = spec()
    assert first.header.clouds == ("public", "fairfax", "mooncake", "usnat", "ussec")
    assert "userandgroups_user" in second.header.tags
    assert third.header.clouds == ("public",)


def test_the_mojibake_of_the_spec_is_repaired():
    learn = spec()[3]
    assert "Joe’s" in learn.body
    assert "â€" not in learn.body
    assert codes(learn) == {"mojibake"}


def test_the_swedish_document_of_the_spec_is_bilingual():
    swedish = spec()[4]
    assert (swedish.header.locale, swedish.header.translation) == ("sv-se", "machine")
    assert [pair.unit for pair in swedish.pairs] == ["5e1d9-102", "5e1d9-103", "5e1d9-104", "5e1d9-105"]
    assert swedish.header.original_title == "User-provisioning sync issues"
    assert "span" not in swedish.body + swedish.original_body
