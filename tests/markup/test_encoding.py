"""Bytes become text whatever an editor did to them, and what was repaired is said with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.markup.encoding import LONGEST_FILE, decode
from portal.markup.source import NotAnArticle, Unreadable


def text_of(data: bytes) -> str:
    return decode(data)[0]


def codes_of(data: bytes) -> list[str]:
    return [problem.code for problem in decode(data)[1]]


def test_one_byte_order_mark_is_nothing_to_mention():
    assert decode(b"\xef\xbb\xbfabc") == ("abc", [])


def test_a_double_byte_order_mark_goes_and_is_mentioned():
    assert text_of(b"\xef\xbb\xbf" * 2 + b"abc") == "abc"
    assert codes_of(b"\xef\xbb\xbf" * 2 + b"abc") == ["double-byte-order-mark"]


def test_every_kind_of_line_end_becomes_one():
    assert text_of(b"a\r\nb\rc\nd") == "a\nb\nc\nd"


def test_bytes_that_are_not_utf8_are_read_as_windows_1252():
    text, problems = decode(b"a\n\xa0b\x92s")
    assert text == "a\n\u00a0b’s"
    assert [(problem.code, problem.line) for problem in problems] == [("not-utf-8", 2)]


def test_a_single_wrong_byte_does_not_spoil_the_rest():
    assert text_of("Größe ".encode() + b"\x96 klein") == "Größe – klein"


def test_bytes_that_mean_nothing_in_windows_1252_become_the_replacement_character():
    assert text_of(b"a\x81b") == "a\ufffdb"


def test_utf_16_is_read_and_mentioned():
    assert text_of("hå".encode("utf-16")) == "hå"
    assert codes_of("hå".encode("utf-16")) == ["not-utf-8"]


def test_an_end_of_file_character_goes():
    text, problems = decode(b"a\nb\x1a")
    assert text == "a\nb"
    assert [(problem.code, problem.line) for problem in problems] == [("end-of-file-character", 2)]


def test_a_control_character_goes_and_is_mentioned_with_its_line():
    text, problems = decode(b"a\nb\x07c\td")
    assert text == "a\nbc\td"
    assert [(problem.code, problem.line) for problem in problems] == [("unwanted-character", 2)]


def test_the_marks_of_units_cannot_be_brought_in():
    assert text_of("a\ue000b\ue001c\ue002d".encode()) == "abcd"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Johnâ€™s", "John’s"),
        ("LÃ¶sung", "Lösung"),
        ("Ã–versikt", "Översikt"),
        ("â€œhiâ€\u009d", "“hi”"),
        ("aÂ\u00a0b", "a\u00a0b"),
        ("ðŸ˜€", "😀"),
        ("ã‚¯ãƒªã‚¢", "クリア"),
    ],
)
def test_mojibake_is_repaired(written, meant):
    assert text_of(written.encode()) == meant
    assert codes_of(written.encode()) == ["mojibake"]


@pytest.mark.parametrize("meant", ["„Ä“", "»Ü«", "”Å”", "café”…", "ÅÄÖ", "L’été", "Â", "naïve—so", "クリア", "العربية"])
def test_text_that_only_looks_like_mojibake_stays(meant):
    assert decode(meant.encode()) == (meant, [])


def test_mojibake_is_repaired_beside_text_that_is_right():
    text, problems = decode("Größe\nJohnâ€™s Größe".encode())
    assert text == "Größe\nJohn’s Größe"
    assert problems[0].line == 2


def test_a_binary_file_is_no_article():
    with pytest.raises(NotAnArticle, match="binary"):
        decode(b"\x89PNG\0\0\0")


def test_a_file_too_large_is_refused_with_the_cure():
    with pytest.raises(Unreadable, match="split it"):
        decode(b"a" * (LONGEST_FILE + 1))


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc", "Co"])))
def test_ascii_and_everything_it_does_not_repair_stays_as_it_is(text):
    read, problems = decode(text.encode())
    if not problems:
        assert read == text.lstrip("\ufeff")


@given(st.binary(max_size=400))
def test_no_bytes_break_it(data):
    try:
        text, _ = decode(data)
    except NotAnArticle:
        return
    assert "\r" not in text
    assert "\0" not in text
    text.encode("utf-8")
