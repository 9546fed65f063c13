"""The line of every key of a TOML file."""

import tomllib

from portal.flows.tables import lines_of
from portal.flows.translating import pieces, plain
from tests.flows.conftest import FLOWS

TEXT = '''\
# a comment with [brackets] and "quotes"
title = "A [title] # with = signs"

[question.one]
ask = """
[not.a.table]
key = "no key"
"""
how = [
  "first ]",   # "]
  'second',
]
answers.yes = { say = "Yes", then = "two" }
"quoted key" = 1

[[rows]]
flow = "a"
[[rows]]
flow = "b"
'''


def test_it_finds_the_line_of_each_key():
    lines = lines_of(TEXT)
    assert lines[("title",)] == 2
    assert lines[("question", "one")] == 4
    assert lines[("question", "one", "ask")] == 5
    assert lines[("question", "one", "how")] == 9
    assert lines[("question", "one", "answers", "yes")] == 13
    assert lines[("question", "one", "quoted key")] == 14
    assert (lines[("rows", "0", "flow")], lines[("rows", "1", "flow")]) == (17, 19)
    assert ("key",) not in lines
    assert ("not",) not in lines


def test_it_knows_every_table_and_key_of_the_files_we_ship():
    for file in FLOWS.glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        lines = lines_of(text)
        assert all((key,) in lines for key in tomllib.loads(text))


def test_code_between_backticks_is_told_apart():
    words = "Run `Get-ADUser -Filter` now."
    assert [(piece.text, piece.code) for piece in pieces(words)] == [
        ("Run ", False),
        ("Get-ADUser -Filter", True),
        (" now.", False),
    ]
    assert plain(words) == "Run Get-ADUser -Filter now."
