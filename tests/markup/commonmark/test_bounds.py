"""Hostile input: work stays in proportion to size, nesting stays shallow, nothing raises."""

from xml.etree import ElementTree

import pytest

from portal.markup.commonmark import MAX_DEPTH, MAX_OPEN_BLOCKS
from tests.effort import calls_of, coming_to_an_end

from .rendered import html, unit

N = 20_000
# The parser makes 1 to 43 calls for a character, and some for each cell that it fills up; a quadratic step makes thousands.
CALLS_FOR_A_CHARACTER, CALLS_FOR_CELLS = 80, 1_000_000

INPUTS = {
    "opening brackets": "[" * N,
    "closed brackets": "[" * N + "]" * N,
    "brackets that might be references": "[a]: /u\n\n" + "[ a " * N + "]" * N,
    "unfinished links": "[a](" * N,
    "unfinished pointed links": "[a](<b" * N,
    "unfinished titles": '[a](b "' * N,
    "images in images": "![" * N + "a" + "](b)" * N,
    "stars": "*" * N,
    "openers": "*a " * N,
    "openers of all kinds": "*a _b **c __d ~e " * N,
    "alternating": "**x*_" * N,
    "left and right": "*a **a " * N + "b** b*" * N,
    "emphasis in emphasis": "*a " * N + "a*" * N,
    "strong in strong in strong": "**a " * N + "a**" * N,
    "backtick runs": "".join("`" * (index % 150) + " " for index in range(N // 10)),
    "open tags": "<a " * N,
    "open attributes": '<a b="' * N,
    "open comments": "x <!-- " * N,
    "badly closed comments": "x" + "<!-- " * N + "--->",
    "open instructions": "x<?" * N,
    "open data": "x<![CDATA[" * N,
    "ampersands": "&a" * N,
    "backslashes": "\\" * N,
    "quotes": ">" * N,
    "lists in a line": "- " * N,
    "lists in lists": "".join("  " * depth + "- a\n" for depth in range(1000)),
    "lazy lines": "> " * 90 + "a\n" + "b\n" * N,
    "definitions": "".join(f"[a{number}]: /u\n" for number in range(N)) + "\n[a1]",
    "one long reference, often": "[a]: /" + "u" * N + "\n\n" + "[a]" * N,
    "columns": "|a" * N + "\n" + "|-" * N + "\n|b",
    "rows": "|a|\n|-|\n" + "|b|\n" * N,
    "rows to be filled": "|a" * 2000 + "\n" + "|-" * 2000 + "\n" + "b\n" * 2000,
    "headers that are none": "a\n" + "|-|-|\na\n" * N,
    "a long line": "a" * 1_000_000,
    "many words": "sync " * 200_000,
    "blank lines": "\n" * 200_000,
    "tabs": "\t" * N + "a",
    "bare addresses": "http://" * N,
    "bare hosts": "www._" * N,
    "at signs": "a@" * N,
    "address of parentheses": "http://a.b/" + ")" * N,
    "address of entities": "http://a.b/" + "&a;" * N,
    "units": unit("1", "x*") * N,
    "fences": "```\n" * N,
    "html blocks": "<?\n" * N,
    "signs": "# " + "# " * N,
    "blanks": "a" + " " * N + "b",
}


@pytest.mark.parametrize("name", INPUTS)
def test_its_work_goes_by_size(name):
    source = INPUTS[name]
    with coming_to_an_end():
        assert calls_of(html, source) < CALLS_FOR_CELLS + CALLS_FOR_A_CHARACTER * len(source)
    assert len(html(source)) < 2_000_000 + 10 * len(source)


@pytest.mark.parametrize("source", ["> " * 10_000 + "a", "- " * 10_000 + "a", "*a " * 10_000 + "a*" * 10_000])
def test_it_nests_no_deeper_than_any_reader_can_follow(source):
    tree = ElementTree.fromstring(f"<div>{html(source)}</div>")
    assert depth_of(tree) <= MAX_OPEN_BLOCKS + MAX_DEPTH + 2
    assert "a" in "".join(tree.itertext())


def depth_of(tree: ElementTree.Element) -> int:
    depth, level = 0, [tree]
    while level:
        depth, level = depth + 1, [child for element in level for child in element]
    return depth
