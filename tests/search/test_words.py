"""Texts are taken apart as people search for them."""

import pytest

from portal.search.words import words


def parts(text: str) -> list[str]:
    return [word.text for word in words(text) if not word.whole]


def wholes(text: str) -> list[str]:
    return [word.text for word in words(text) if word.whole]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UserPrincipalName", ["user", "principal", "name"]),
        ("AADConnect", ["aad", "connect"]),
        ("data-blade", ["data", "blade"]),
        ("dn-attributes-failure", ["dn", "attributes", "failure"]),
        ("Set-ADSyncScheduler", ["set", "ad", "sync", "scheduler"]),
        ("the admin's UPN", ["the", "admin", "upn"]),
        ("0x8023134a", ["0x8023134a"]),
        ("Ändra lösenord", ["ändra", "lösenord"]),
        ("FULL WIDTH", ["full", "width"]),
    ],
)
def test_it_splits_compounds(text, expected):
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "whole"),
    [("UserPrincipalName", "userprincipalname"), ("data-blade", "datablade"), ("AADSTS50011", None), ("C#", "c#")],
)
def test_it_keeps_compounds_whole_beside_their_parts(text, whole):
    assert wholes(text) == ([whole] if whole else [])


def test_it_pairs_the_letters_of_japanese_and_chinese():
    assert parts("属性の同期") == ["属性", "性の", "の同", "同期"]
    assert parts("源锚点") == ["源锚", "锚点"]
    assert parts("鍵") == ["鍵"]


def test_it_parts_japanese_from_names_inside_it():
    assert parts("UPNの値") == ["upn", "の値"]


def test_it_drops_marks_that_nobody_sees():
    assert parts("sy\u00adnc \u200bcycle") == ["sync", "cycle"]


def test_it_reads_arabic_without_vowel_marks():
    assert parts("مُزَامَنَة") == parts("مزامنة")


def test_places_count_parts():
    assert [(word.text, word.position) for word in words("AADConnect sync")] == [
        ("aadconnect", 0), ("aad", 0), ("connect", 1), ("sync", 2),
    ]  # fmt: skip
